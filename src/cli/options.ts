import { ConfigError } from "../base/errors.js";

const refuse = (flag: string, what: string, text: string): never => {
  throw new ConfigError(`${flag} must be ${what}, got '${text}'`, { key: flag, value: text });
};

/** A whole number above 0, or from `least`. */
export const whole =
  (flag: string, least = 1) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
    return refuse(flag, least === 0 ? "a whole number from 0" : `a whole number above ${least - 1}`, text);
  };

/** A fraction such as `0.7` or `70%`. */
export const fraction =
  (flag: string) =>
  (text: string): number => {
    const match = /^(\d*\.?\d+)(%?)$/.exec(text.trim());
    if (match === null) return refuse(flag, "a fraction such as 0.7 or 70%", text);
    return Number(match[1]) / (match[2] === "%" ? 100 : 1);
  };

export const oneOf =
  <const T extends string>(flag: string, ...allowed: readonly T[]) =>
  (text: string): T =>
    allowed.find((value) => value === text) ?? refuse(flag, allowed.join(" or "), text);

const units: Readonly<Record<string, number>> = {
  "": 1,
  B: 1,
  MB: 1e6,
  GB: 1e9,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
};

/** An amount of memory: `24GB`, `24GiB`, or plain bytes. */
export const bytes =
  (flag: string) =>
  (text: string): number => {
    const match = /^(\d+(?:\.\d+)?)\s*([A-Za-z]*)$/.exec(text.trim());
    const unit = match === null ? undefined : units[match[2]];
    if (unit === undefined) return refuse(flag, "an amount of memory such as 24GB or 24GiB", text);
    return Number(match![1]) * unit;
  };

/** Token ids: `1,403,407`. */
export const idList =
  (flag: string) =>
  (text: string): number[] => {
    const parts = text.split(",").map((part) => part.trim());
    if (parts.every((part) => /^\d+$/.test(part))) return parts.map(Number);
    return refuse(flag, "token ids separated by commas, such as 1,403,407", text);
  };
