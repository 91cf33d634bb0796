import type { DType } from "../../../src/tensor/dtype.js";
import { operands, type Case, type Coverage, type Operand } from "../case.js";

const floats: readonly DType[] = ["float32", "float64", "float16", "bfloat16"];

interface Lanes {
  /** Rounding errors grow with the lane. */
  readonly exact?: boolean;
  readonly acceptsEmpty?: boolean;
  readonly values?: Operand["values"];
  readonly more?: Readonly<Record<string, unknown>>;
}

function reduction({
  exact = false,
  acceptsEmpty = true,
  values = "signed",
  more = {},
}: Lanes = {}): Coverage {
  const make = (shape: (string | number)[], axes: number[], keepdims = false, given = values): Case => ({
    operands: [{ shape, values: given }],
    attributes: { axes, keepdims, ...more },
    terms: exact ? 0 : 40,
  });
  return {
    cases: [
      make(["B", "n", "d"], [2]),
      make(["B", "n", "d"], [0, 2]),
      make(["B", "n", "d"], [0, 1, 2], true),
      make(["B", "n", "d"], [1], true),
      make(["n", 1], [1]),
      make(["n"], []),
      make([], []),
      make([3, 67], [1]),
      make([0, 3], [1]),
      ...(acceptsEmpty ? [make([0, 3], [0]), make([2, 0], [0, 1])] : []),
      ...[[NaN, 1, 2], [Infinity, 1], [-Infinity, Infinity, 0], [-Infinity]].map((lane): Case => ({
        ...make([2, 6], [1], false, lane),
        dtypes: floats,
      })),
    ],
  };
}

const variance = (correction: number): Case[] =>
  reduction({ more: { correction } }).cases.map((one) => ({ ...one }));

/** Along one axis, keeping the shape; the attribute is the axis. */
function along(terms: number): Coverage {
  const make = (shape: (string | number)[], axis: number): Case => ({
    operands: operands(shape),
    attributes: axis,
    terms,
  });
  return {
    cases: [
      make(["B", "n", "d"], 2),
      make(["B", "n", "d"], 1),
      make(["B", "n", "d"], 0),
      make(["n"], 0),
      make([3, 67], 1),
      make([2, 1], 1),
      make([0, 3], 1),
      make([3, 0], 1),
    ],
  };
}

export const reductions = {
  all: reduction({ exact: true }),
  any: reduction({ exact: true }),
  argmax: reduction({ exact: true, acceptsEmpty: false }),
  argmin: reduction({ exact: true, acceptsEmpty: false }),
  cumsum: along(70),
  logSoftmax: along(10),
  logsumexp: reduction(),
  max: reduction({ exact: true, acceptsEmpty: false }),
  mean: reduction(),
  min: reduction({ exact: true, acceptsEmpty: false }),
  prod: reduction({ values: "positive" }),
  softmax: along(10),
  std: { cases: [...variance(0), ...variance(1)] },
  sum: reduction(),
  var: { cases: [...variance(0), ...variance(1)] },
} satisfies Record<string, Coverage>;
