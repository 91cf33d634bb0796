import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { input } from "lintel";
import { trace } from "lintel/cost";
import * as linalg from "lintel/linalg";
import { root } from "../types/run-tsc.js";

// docs/choosing-a-decomposition.md says what each decomposition costs; these are its formulas, beside what is traced.
const guide = readFileSync(`${root}/docs/choosing-a-decomposition.md`, "utf8").split("\n");
const [m, n, k] = [30_000, 20_000, 500];
const l = (7 * (k + 8)) / 4;
const tall = input([m, n]);
const square = input([n, n]);

type Row = readonly [use: string, formula: string, flops: number, call: () => unknown, tolerance?: number];
const rows: readonly Row[] = [
  [
    "`solve`",
    "2n³/3 + 2n² per right side",
    (2 * n ** 3) / 3 + 2 * n ** 2,
    () => linalg.solve(square, input([n])),
  ],
  ["`cholesky`, then", "n³/3 + 2n² per right side", n ** 3 / 3, () => linalg.cholesky(square)],
  ["`inv`", "2n³", 2 * n ** 3, () => linalg.inv(square)],
  ["`slogdet`, `det`", "2n³/3", (2 * n ** 3) / 3, () => linalg.det(square)],
  ["`lstsq`", "6mn² + 20n³", 6 * m * n ** 2 + 20 * n ** 3, () => linalg.lstsq(tall, input([m]))],
  ["`qr`", "4mn² − 4n³/3", 4 * m * n ** 2 - (4 * n ** 3) / 3, () => linalg.qr(tall)],
  ["`matrixRank`", "2mn² + 2n³", 2 * m * n ** 2 + 2 * n ** 3, () => linalg.matrixRank(tall)],
  ["`cond`", "2mn² + 2n³", 2 * m * n ** 2 + 2 * n ** 3, () => linalg.cond(tall)],
  ["`eigvalsh`", "4n³/3", (4 * n ** 3) / 3, () => linalg.eigvalsh(square)],
  ["`eigh`", "9n³", 9 * n ** 3, () => linalg.eigh(square)],
  ["`eigvals`, `eig`", "10n³, 25n³", 10 * n ** 3, () => linalg.eigvals(square)],
  ["`eigvals`, `eig`", "10n³, 25n³", 25 * n ** 3, () => linalg.eig(square)],
  ["`svd`", "6mn² + 20n³", 6 * m * n ** 2 + 20 * n ** 3, () => linalg.svd(tall)],
  ["`lowRank`", "6mn² + 20n³", 6 * m * n ** 2 + 20 * n ** 3, () => linalg.lowRank(tall, k)],
  [
    "`svdLowrank`",
    "≈ 4mnl + 5(m+n)l², l = 7(k + 8)/4",
    4 * m * n * l + 5 * (m + n) * l ** 2,
    () => linalg.svdLowrank(tall, { rank: k }),
    0.05,
  ],
];

const cases = rows.map(([use, formula, flops, call, tolerance = 0.002]) => ({
  use,
  formula,
  flops,
  call,
  tolerance,
}));

test.each(cases)("$use: $formula", ({ use, formula, flops, call, tolerance }) => {
  expect(guide.filter((line) => line.includes(`| ${use}`) && line.includes(`| ${formula} `))).not.toEqual([]);
  const traced = Number(trace(call).totals.flops.value());
  expect(Math.abs(traced / flops - 1)).toBeLessThan(tolerance);
});
