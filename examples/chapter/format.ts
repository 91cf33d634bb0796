// Numbers with units, and a line of output: all that the programs of this folder share.

/** 1048576 -> "1,048,576" */
export const count = (n: number | bigint): string => n.toLocaleString("en-US");

/** A decimal multiple: 137438953472 -> "137.4 G". */
const decimal = (n: number, digits: number): string => {
  const steps = ["", "K", "M", "G", "T", "P"];
  const step = Math.min(steps.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(n, 1)) / 3)));
  return `${(n / 1000 ** step).toFixed(step === 0 ? 0 : digits)} ${steps[step]}`;
};

/** 137438953472 -> "137.4 GFLOPs" */
export const flops = (n: number | bigint, digits = 1): string => `${decimal(Number(n), digits)}FLOPs`;

/** Decimal megabytes or gigabytes, 10⁶ or 10⁹ bytes: 201326592 -> "201.3 MB". */
export const bytes = (n: number | bigint, digits = 1): string => `${decimal(Number(n), digits)}B`;

/** Binary ones, 2²⁰ or 2³⁰ bytes: 201326592 -> "192.0 MiB". */
export const binaryBytes = (n: number | bigint, digits = 1): string =>
  Number(n) < 2 ** 30
    ? `${(Number(n) / 2 ** 20).toFixed(digits)} MiB`
    : `${(Number(n) / 2 ** 30).toFixed(digits)} GiB`;

/** Seconds as milliseconds: 0.0001258 -> "0.126 ms". */
export const milliseconds = (seconds: number, digits = 3): string => `${(seconds * 1000).toFixed(digits)} ms`;

export const percent = (fraction: number, digits = 1): string => `${(fraction * 100).toFixed(digits)} %`;

/** [32, 512, 768] -> "32 × 512 × 768" */
export const times = (shape: readonly { toString(): string }[]): string => shape.join(" × ");

/** The values of a tensor, rounded: [-0.5, 1.6] */
export const values = (x: { toArray(): unknown }, digits = 4): string =>
  JSON.stringify(x.toArray(), (_, v: unknown) =>
    typeof v === "number" ? Number(v.toFixed(digits)) + 0 : v,
  ).replaceAll(",", ", ");

/** One line: what it is, and how much. */
export const show = (label: string, value: unknown): void =>
  console.log(`  ${label.padEnd(38)} ${String(value)}`);

/** A heading between parts of the output. */
export const heading = (text: string): void => console.log(`\n${text}`);

/** A line whose numbers belong to the machine that it ran on; the tests compare it without them. */
export const measured = (label: string, value: unknown): void => show(`measured: ${label}`, value);

/** An equality in floating point: the residual beside its bound, usually c·n·ε. */
export const law = (label: string, residual: number, bound: number): void =>
  measured(label, `${residual.toExponential(1)} ≤ ${bound.toExponential(1)}: ${residual <= bound}`);
