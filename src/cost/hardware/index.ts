import { describe } from "../../base/describe.js";
import { closestNames } from "../../base/closest.js";
import { ConfigError } from "../../base/errors.js";
import { a100With40GB, a100With80GB } from "./a100.js";
import { rtx4090 } from "./ada.js";
import type { Hardware } from "./hardware.js";
import { h100Sxm, h200 } from "./hopper.js";

export type { Hardware, PeakType } from "./hardware.js";

/**
 * The devices that a cost can be timed on, by id.
 *
 * @example
 * hardware["a100-40gb"].memoryBytes; // 40000000000
 */
export const hardware: Readonly<Record<string, Hardware>> = Object.fromEntries(
  [a100With40GB, a100With80GB, h100Sxm, h200, rtx4090].map((device) => [device.id, device]),
);

/**
 * The id of the computer that this runs on, which is measured rather than looked up.
 *
 * @example
 * thisMachine; // "this-machine"
 */
export const thisMachine = "this-machine";

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, "");

/** Whether a name means `thisMachine`, whatever its case and punctuation. */
export const isThisMachine = (name: string): boolean => plain(name) === plain(thisMachine);

/**
 * A device by its id, whatever the case and punctuation. Throws `ConfigError` with the close matches.
 *
 * @example
 * findHardware("A100 40GB").bandwidthBytesPerSecond; // 1555000000000
 */
export function findHardware(name: string): Hardware {
  if (typeof name !== "string") {
    throw new ConfigError(`a device is called by its id, got ${describe(name)}`, { key: "gpu", value: name });
  }
  const ids = Object.keys(hardware);
  const found = ids.find((id) => plain(id) === plain(name));
  if (found !== undefined) return hardware[found];
  const known = [...ids, thisMachine];
  if (isThisMachine(name)) {
    throw new ConfigError("this-machine must be measured first: gpu: await measureMachine()", {
      key: "gpu",
      value: name,
    });
  }
  const close = closestNames(name, known);
  const hint = close.length > 0 ? `did you mean ${close.join(" or ")}?` : `known: ${known.join(", ")}`;
  throw new ConfigError(`unknown GPU '${name}'; ${hint}`, { key: "gpu", value: name, known });
}
