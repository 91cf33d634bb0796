// The references and both WebAssembly builds give the same answers and the same errors.
import { afterEach, describe, expect, test } from "vitest";
import { withEngine } from "../backends/engines.js";
import { selectWasmBuild, wasmAvailable } from "../kernels/index.js";
import { matmul } from "../ops/matmul/op.js";
import { transpose } from "../ops/transpose/op.js";
import { abstractTensor, ones, randn, tensor } from "../tensor/create.js";
import type { Tensor } from "../tensor/tensor.js";
import { largestDifference } from "../../test/expect.js";
import type { RealType } from "../../test/hard-matrices.js";
import { cholesky, det, inv, lu, slogdet, solve, solveTriangular, trace } from "./index.js";

type Call = (a: Tensor<[2, 30, 30]>, b: Tensor<[30, 7]>) => readonly Tensor[];

const calls: Readonly<Record<string, Call>> = {
  cholesky: (a) => [cholesky(a), cholesky(a, { upper: true })],
  lu: (a) => Object.values(lu(a)),
  solve: (a, b) => [solve(a, b), solve(a, ones([30]))],
  solveTriangular: (a, b) =>
    [false, true].flatMap((lower) =>
      [false, true].map((transposed) => solveTriangular(a, b, { lower, transpose: transposed })),
    ),
  inv: (a) => [inv(a)],
  det: (a) => [det(a)],
  slogdet: (a) => Object.values(slogdet(a)),
};

/** Positive definite and well conditioned, so that every answer is near. */
function operand(dtype: RealType | "float16"): Tensor<[2, 30, 30]> {
  const g = randn([2, 30, 30], { seed: 1, dtype: dtype === "float16" ? "float32" : dtype });
  const gram = matmul(g, transpose(g)).dataSync() as Float64Array;
  const values = gram.map((x, at) => x / 30 + ((at % 900) % 31 === 0 ? 1 : 0));
  return tensor(values, { shape: [2, 30, 30], dtype }) as Tensor<[2, 30, 30]>;
}

afterEach(() => selectWasmBuild("auto"));

const builds = (["plain", "relaxed"] as const).filter((build) => {
  selectWasmBuild(build);
  return wasmAvailable();
});

describe.each(builds)("the %s build against the references", (build) => {
  describe.each([
    ["float64", 1e-12],
    ["float32", 2e-4],
    ["float16", 0.05],
  ] as const)("%s", (dtype, tolerance) => {
    test.each(Object.entries(calls))("%s", (_, call) => {
      selectWasmBuild(build);
      const [a, b] = [operand(dtype), randn([30, 7], { seed: 2, dtype }) as Tensor<[30, 7]>];
      const theirs = withEngine("reference", () => call(a, b));
      withEngine("wasm", () => call(a, b)).forEach((ours, i) => {
        expect(ours.dtype).toBe(theirs[i].dtype);
        const scale = Math.max(...[...theirs[i].dataSync()].map((x) => Math.abs(Number(x))));
        expect(largestDifference(ours, theirs[i])).toBeLessThanOrEqual(tolerance * scale);
      });
    });
  });
});

const messageOf = (call: () => unknown): string => {
  try {
    call();
  } catch (error) {
    return (error as Error).message;
  }
  return "no error";
};

const singular = tensor([
  [
    [1, 0],
    [0, 1],
  ],
  [
    [1, 2],
    [2, 4],
  ],
]) as Tensor<[2, 2, 2]>;
const infinite = tensor([
  [1, 1],
  [0, Infinity],
]);

test.each<[string, () => unknown]>([
  ["cholesky", () => cholesky(singular)],
  ["cholesky with infinity", () => cholesky(infinite)],
  ["lu with infinity", () => lu(infinite)],
  [
    "lu out of range",
    () =>
      lu(
        tensor([
          [1, 3e38],
          [-1, 3e38],
        ]),
      ),
  ],
  ["solve", () => solve(singular, ones([2]))],
  ["solve with NaN", () => solve(singular, tensor([1, NaN]))],
  ["solve out of range", () => solve(tensor([[1e-30]]), tensor([1e30]))],
  [
    "solveTriangular",
    () =>
      solveTriangular(
        tensor([
          [1, 1],
          [1, 0],
        ]),
        ones([2]),
      ),
  ],
  ["solveTriangular with infinity", () => solveTriangular(infinite, ones([2]))],
  ["inv", () => inv(singular)],
  ["inv out of range", () => inv(tensor([[1e-40]]))],
  ["det with infinity", () => det(infinite)],
  ["slogdet with infinity", () => slogdet(infinite)],
])("engines fail in the same words: %s", (_, call) => {
  const message = messageOf(() => withEngine("wasm", call));
  expect(message).toMatch(/^(cholesky|lu|solve|solveTriangular|inv|det|slogdet): /);
  expect(messageOf(() => withEngine("reference", call))).toBe(message);
});

test("trace takes batches and matrices that are not square", () => {
  const a = tensor([
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
    [
      [7, 8, 9],
      [1, 2, 3],
    ],
  ]);
  expect(trace(a).toArray()).toEqual([6, 9]);
  expect(trace(transpose(a)).toArray()).toEqual([6, 9]);
  expect(trace(tensor(new Float32Array(0), { shape: [2, 0, 3] })).toArray()).toEqual([0, 0]);
  expect(String(trace(abstractTensor(["B", "n", "n"])).dims)).toBe("B");
});
