// Numbers as people read them. Machines get the raw ones.

/** 1234567.8 → `1,234,567.8` with `digits` decimals. */
export function decimal(value: number, digits = 1): string {
  return value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

export const integer = (value: number): string => decimal(value, 0);

/** Three significant digits, never in exponents: 0.0123, 1.23, 123, 12,345. */
export function significant(value: number): string {
  if (value === 0) return "0";
  const rounded = Number(value.toPrecision(3));
  const digits = Math.max(0, Math.min(6, 2 - Math.floor(Math.log10(Math.abs(rounded)))));
  return decimal(rounded >= 1000 ? value : rounded, digits);
}

/** A count with a metric suffix: `7.09 M`. */
export function count(value: number): string {
  const units = ["", " K", " M", " B", " T"];
  const step = value < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(value) / 3));
  return step === 0 ? integer(value) : `${significant(value / 1000 ** step)}${units[step]}`;
}

/** A duration in the unit that suits it. */
export function duration(seconds: number): string {
  if (seconds >= 1) return `${significant(seconds)} s`;
  if (seconds >= 1e-3) return `${significant(seconds * 1e3)} ms`;
  return seconds >= 1e-6 ? `${significant(seconds * 1e6)} µs` : `${significant(seconds * 1e9)} ns`;
}

export const percent = (fraction: number): string => {
  const value = fraction * 100;
  if (value === 0) return "0 %";
  return value && value < 0.1 ? "< 0.1 %" : `${decimal(value, 1)} %`;
};

/** A unit for a column, chosen so that its largest value reads well, and one decimal for every entry. */
export interface Unit {
  readonly name: string;
  readonly show: (value: number) => string;
}

const scaled = (name: string, size: number): Unit => ({
  name,
  show: (value) => (value === 0 ? "0" : value / size < 0.05 ? "< 0.1" : decimal(value / size)),
});

export const flopUnit = (largest: number): Unit =>
  largest >= 1e14 ? scaled("TFLOP", 1e12) : largest >= 1e8 ? scaled("GFLOP", 1e9) : scaled("MFLOP", 1e6);

/** A decimal unit and its binary neighbour: MB with MiB, GB with GiB. */
export function byteUnits(largest: number): readonly [Unit, Unit] {
  if (largest >= 1e11) return [scaled("GB", 1e9), scaled("GiB", 2 ** 30)];
  return largest >= 1e7
    ? [scaled("MB", 1e6), scaled("MiB", 2 ** 20)]
    : [scaled("KB", 1e3), scaled("KiB", 2 ** 10)];
}

/** For running text: `17.2 GB`, `38 MB`. */
export const gigabytes = (bytes: number): string =>
  bytes >= 1e9 ? `${decimal(bytes / 1e9)} GB` : `${significant(bytes / 1e6)} MB`;
