import { operands, type Case, type Coverage, type ReadSize } from "../case.js";

type Shape = readonly (string | number)[];

/** One tensor in, elements moved and not changed. */
const moved = (shape: Shape, attributes: unknown): Case => ({
  operands: operands(shape),
  attributes,
  terms: 0,
});

const sized =
  (...shape: Shape) =>
  (size: ReadSize) =>
    shape.map(size);

const picked = (shape: Shape, indices: Shape, values: readonly number[], axis: number): Case => ({
  operands: [{ shape }, { shape: indices, dtype: "int32", values }],
  attributes: axis,
  terms: 0,
});

const joined = (shapes: Shape[], axis: number): Case => ({
  operands: operands(...shapes),
  attributes: axis,
  terms: 0,
});

const triangle: Coverage = {
  cases: [
    moved(["n", "m"], 0),
    moved(["B", "n", "n"], 1),
    moved(["B", "m", "n"], -2),
    moved([3, 3], 7),
    moved([0, 3], 0),
    moved([2, 0], 0),
  ],
};

export const movement = {
  concat: {
    cases: [
      joined(
        [
          ["B", "n"],
          ["B", "m"],
          ["B", 1],
        ],
        1,
      ),
      joined(
        [
          ["n", 3],
          ["n", 3],
        ],
        0,
      ),
      joined([["B", 2, 3]], 2),
      joined(
        [
          [0, 3],
          [2, 3],
          [0, 3],
        ],
        0,
      ),
    ],
  },
  contiguous: { cases: [moved(["B", "n", "m"], undefined), moved([], undefined), moved([0, 2], undefined)] },
  expand: {
    cases: [
      moved([1, "n"], sized("B", "n")),
      moved(["n"], sized("B", 3, "n")),
      moved([1, 1], sized(0, 4)),
      moved([], sized(2)),
    ],
  },
  flip: {
    cases: [
      moved(["B", "n"], [0, 1]),
      moved(["B", "n", "m"], [1]),
      moved([], []),
      moved([0, 2], [0]),
      moved([7], [0]),
    ],
  },
  gather: {
    cases: [
      picked(["n", 6], ["n", 2], [0, 5, -1, 3], 1),
      picked([5, "m"], [3, "m"], [4, 0, -5], 0),
      picked([2, 3, 4], [2, 1, 4], [2, 1, 0], 1),
      picked([4], [0], [0], 0),
    ],
  },
  pad: {
    cases: [
      moved(["B", "n"], {
        widths: [
          [1, 2],
          [0, 3],
        ],
        value: 0,
      }),
      moved(["n"], { widths: [[2, 0]], value: 1 }),
      moved([], { widths: [], value: 0 }),
      moved([0, 2], {
        widths: [
          [1, 1],
          [0, 0],
        ],
        value: 1,
      }),
    ],
  },
  permute: { cases: [moved(["B", "n", "m"], [2, 0, 1]), moved([], []), moved([0, 3], [1, 0])] },
  rearrange: {
    cases: [
      moved(["B", "n", 6], { pattern: "b n (h d) -> b h n d", sizes: { h: 3 } }),
      moved(["B", 2, "n", 3], { pattern: "b h n d -> b n (h d)", sizes: {} }),
      moved(["n", "m"], { pattern: "n m -> m n", sizes: {} }),
      moved([2, 0], { pattern: "a b -> (a b)", sizes: {} }),
    ],
  },
  repeat: {
    cases: [
      moved(["B", "n"], { count: 3, axis: 1 }),
      moved(["B", "n", 2], { count: 2, axis: 0 }),
      moved([3], { count: 0, axis: 0 }),
    ],
  },
  // Strides that allow it make it a view; the public function copies first otherwise.
  reshape: { cases: [moved([1, 6, 1], sized(6, 1)), moved(["B"], sized("B", 1)), moved([1, 1], sized())] },
  select: {
    cases: [
      moved(["B", "n", "m"], (size: ReadSize) => ({ axis: 1, index: size("n-1") })),
      moved(["n"], { axis: 0, index: 2 }),
    ],
  },
  slice: {
    cases: [
      moved(["B", "n", "m"], (size: ReadSize) => ({ axis: 1, start: 1, step: 1, length: size("n-2") })),
      moved([9, 2], { axis: 0, start: 1, step: 3, length: 3 }),
      moved(["n"], { axis: 0, start: 2, step: 1, length: 0 }),
    ],
  },
  squeeze: { cases: [moved([1, "n", 1], [0, 2]), moved(["n", 1], [1]), moved(["n"], [])] },
  stack: {
    cases: [
      joined(
        [
          ["B", "n"],
          ["B", "n"],
        ],
        1,
      ),
      joined([[3], [3], [3]], 0),
      joined([[], []], 0),
      joined([[0, 2]], 2),
    ],
  },
  take: {
    cases: [
      picked(["n", "d"], ["B", 3], [0, 4, -1, 2], 0),
      picked(["B", 5, "m"], [2], [4, -5], 1),
      picked(["B", 5], [], [3], 1),
      picked([3, 2], [0], [0], 0),
    ],
  },
  tile: {
    cases: [moved(["B", "n"], [2, 3]), moved(["n"], [2, 1, 2]), moved(["B", "n", "m"], [2]), moved([2], [0])],
  },
  transpose: { cases: [moved(["n", "m"], [0, 1]), moved(["B", "n", "m"], [0, 2]), moved([2, 0], [0, 1])] },
  tril: triangle,
  triu: triangle,
  unsqueeze: { cases: [moved(["n"], 0), moved(["B", "n"], 2), moved([], 0)] },
} satisfies Record<string, Coverage>;
