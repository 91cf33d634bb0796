// Ops that are written as other ops may end in a view. What an abstract run says of the result must be what data gets:
// a later reshape copies, or does not, in both.
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { kron, matrixPower } from "../src/linalg/index.js";
import {
  dot,
  einsum,
  expand,
  input,
  matmul,
  outer,
  randn,
  rearrange,
  repeat,
  reshape,
  stack,
  tensordot,
  tile,
  transpose,
  type Tensor,
} from "../src/index.js";
import { trace } from "../src/cost/index.js";

const matrices: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  tile: (x) => tile(x, [2, 1]),
  "tile once": (x) => tile(x, [1]),
  repeat: (x) => repeat(x, 3, 1),
  "repeat once": (x) => repeat(x, 1, 0),
  stack: (x) => stack([x, x], 1),
  permutation: (x) => einsum("ij->ji", x),
  diagonal: (x) => einsum("ii->i", x),
  "turned product": (x) => einsum("ij,kj->ki", x, x),
  rearrange: (x) => rearrange(x, "a b -> b a"),
  merged: (x) => rearrange(x, "a b -> (b a)"),
  tensordot: (x) => tensordot(x, x, 1),
  outer: (x) => outer(reshape(x, [-1]), reshape(x, [-1])),
  dot: (x) => dot(reshape(x, [-1]), reshape(x, [-1])),
  kron: (x) => kron(x, x),
  "power 0": (x) => matrixPower(x, 0),
  "power 1": (x) => matrixPower(x, 1),
};
const layouts: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  "row-major": (x) => x,
  transposed: (x) => transpose(x),
  "one row": (x) => expand(x.slice(0, 0, 1), x.shape),
};

test("an abstract result lies as the real one, and what follows costs the same", () => {
  const size = fc.integer({ min: 1, max: 4 });
  const any = <T>(choices: Readonly<Record<string, T>>) => fc.constantFrom(...Object.keys(choices));
  const law = fc.property(any(matrices), any(layouts), size, (op, layout, n) => {
    const run = (x: Tensor): Tensor => {
      const y = matrices[op](layouts[layout](x));
      const turned = y.ndim < 2 ? y : transpose(y, 0, -1);
      return matmul(reshape(turned, [-1, 1]), reshape(y, [1, -1]));
    };
    const priced = trace(run, [input([n, n])]).records;
    const measured = trace(run, [randn([n, n])]).records;
    expect(priced.map((record) => record.op)).toEqual(measured.map((record) => record.op));
    priced.forEach((record, i) => {
      expect(record.bytesRead.value()).toBe(measured[i].bytesRead.value());
      expect(record.bytesWritten.value()).toBe(measured[i].bytesWritten.value());
    });
  });
  fc.assert(law, { numRuns: 300 });
});
