import type { LinearAttributes } from "../../../src/ops/linear/epilogue.js";
import type { DType } from "../../../src/tensor/dtype.js";
import { operands, type Case, type Coverage } from "../case.js";

type Shape = readonly (string | number)[];

const product = (shapes: Shape[], attributes?: unknown, terms = 20): Case => ({
  operands: operands(...shapes),
  attributes,
  terms,
});

/** The attributes of a linear layer. */
const ending = (given: Partial<LinearAttributes>): LinearAttributes => ({
  bias: false,
  activation: undefined,
  residual: false,
  ...given,
});

const floats: readonly DType[] = ["float32", "float64", "float16", "bfloat16"];
const bool: Case["operands"][number] = { shape: ["n", "m"], dtype: "bool", values: [1, 0, 1, 1] };
const added: Case["operands"][number] = {
  shape: ["n", "m"],
  dtype: "float32",
  values: [0, -1.5, -Infinity, 2],
};
const ids = [0, 6, 3, 3, 1];

const attention = (shapes: Shape[], causal: boolean, scale?: number): Case =>
  product(shapes, { causal, scale });
const heads: Shape[] = [
  ["B", 2, "n", "d"],
  ["B", 2, "m", "d"],
  ["B", 2, "m", 3],
];
const rotary = { theta: 10000, scaling: undefined, style: "half", offset: 0 };

export const products = {
  cosineSimilarity: {
    cases: [
      product(
        [
          ["B", "d"],
          ["B", "d"],
        ],
        { axis: 1, eps: 1e-8 },
      ),
      product([["d"], ["n", "d"]], { axis: 1, eps: 1e-8 }),
      product(
        [
          [2, 1, 5],
          [3, 5],
        ],
        { axis: 2, eps: 1e-8 },
      ),
    ],
  },
  dot: { cases: [product([["n"], ["n"]]), product([[67], [67]], undefined, 70), product([[0], [0]])] },
  einsum: {
    cases: [
      product(
        [
          ["n", "d"],
          ["d", "m"],
        ],
        "nd,dm->nm",
      ),
      product(
        [
          ["B", 2, "n", "d"],
          ["B", 2, "m", "d"],
        ],
        "bhqd,bhkd->bhqk",
      ),
      product([["n", "n"]], "ii->i"),
      product([["n", "m"]], "nm->"),
      product([["n", 3], [3, "m"], ["m"]], "ij,jk,k->i", 60),
    ],
  },
  embedding: {
    cases: [
      { operands: [{ shape: ["B", "n"], dtype: "int32", values: ids }, { shape: [7, "d"] }], terms: 0 },
      { operands: [{ shape: [], dtype: "int64", values: ids }, { shape: [7, 3] }], terms: 0 },
      { operands: [{ shape: [0], dtype: "int32", values: ids }, { shape: [7, 3] }], terms: 0 },
    ],
  },
  layerNorm: {
    cases: [
      product([["B", "n", "d"], ["d"], ["d"]], { eps: 1e-5, weight: true, bias: true }),
      product([["n", 67], [67]], { eps: 1e-5, weight: true, bias: false }, 70),
      product([[3, 8], [8]], { eps: 1e-5, weight: false, bias: true }),
      product([["d"]], { eps: 1e-5, weight: false, bias: false }),
      product([[0, 4]], { eps: 1e-5, weight: false, bias: false }),
    ],
  },
  linear: {
    cases: [
      product([["B", "n", "d"], ["m", "d"], ["m"]], ending({ bias: true })),
      product(
        [
          ["n", "d"],
          [3, "d"],
        ],
        ending({}),
      ),
      product([["d"], ["m", "d"], ["m"]], ending({ bias: true })),
      product([[33, 70], [35, 70], [35]], ending({ bias: true }), 70),
      product([[0, 3], [2, 3], [2]], ending({ bias: true })),
      product([["n", "d"], ["m", "d"], ["m"], ["n", "m"]], ending({ bias: true, residual: true })),
      ...(["relu", "gelu", "geluTanh", "silu"] as const).map((activation) => ({
        ...product(
          [[33, 70], [35, 70], [35], [33, 35]],
          ending({ bias: true, activation, residual: true }),
          70,
        ),
        dtypes: floats,
      })),
      {
        ...product(
          [
            ["B", 3],
            ["m", 3],
            ["B", "m"],
          ],
          ending({ activation: "silu", residual: true }),
        ),
        dtypes: floats,
      },
    ],
  },
  matmul: {
    cases: [
      product([
        ["n", "d"],
        ["d", "m"],
      ]),
      product([
        ["B", 2, "n", "d"],
        ["B", 2, "d", "m"],
      ]),
      product([
        ["B", 1, "n", "d"],
        [3, "d", "m"],
      ]),
      product([["d"], ["d"]]),
      product([["d"], ["B", "d", "m"]]),
      product([["B", "n", "d"], ["d"]]),
      product(
        [
          [33, 70],
          [70, 35],
        ],
        undefined,
        70,
      ),
      product(
        [
          [1, 67],
          [67, 129],
        ],
        undefined,
        70,
      ),
      product([
        [0, 3],
        [3, 2],
      ]),
      product([
        [2, 0],
        [0, 3],
      ]),
    ],
  },
  outer: {
    cases: [
      product([["n"], ["m"]], undefined, 1),
      product([[1], [67]], undefined, 1),
      product([[0], [3]], undefined, 1),
    ],
  },
  rmsNorm: {
    cases: [
      product([["B", "n", "d"], ["d"]], { eps: 1e-5 }),
      product([["n", 67]], { eps: 1e-5 }, 70),
      product([[0, 4], [4]], { eps: 1e-5 }),
    ],
  },
  rotaryEmbedding: {
    cases: [
      product([["B", 2, "n", "d"]], rotary, 2),
      product([["n", 8]], { ...rotary, style: "interleaved", offset: 3 }, 2),
      {
        operands: [{ shape: ["n", 4] }, { shape: ["n"], dtype: "int32", values: [5, 0, 2] }],
        attributes: rotary,
        terms: 2,
      },
    ],
  },
  scaledDotProductAttention: {
    cases: [
      attention(heads, false),
      attention(heads, true, 0.25),
      attention(
        heads.map(([batch, , ...matrix]) => [batch, 0, ...matrix]),
        false,
      ),
      attention(
        [
          [2, 4, 5, 6],
          [2, 2, 5, 6],
          [2, 2, 5, 3],
        ],
        true,
      ),
      { ...attention(heads, false), operands: [...operands(...heads), bool] },
      { ...attention(heads, true), operands: [...operands(...heads), added], dtypes: floats },
    ],
  },
  tensordot: {
    cases: [
      product(
        [
          ["B", 2, "d"],
          [2, "d", "m"],
        ],
        2,
        30,
      ),
      product(
        [
          ["n", 3],
          [3, "m"],
        ],
        [[-1], [0]],
      ),
      product([["n"], ["m"]], 0, 1),
    ],
  },
} satisfies Record<string, Coverage>;
