import type { Kernel } from "../../op/define.js";
import { readValues, writeValues } from "../../op/loops.js";
import { broadcastStrides } from "../../op/loops.js";
import type { Tensor } from "../../tensor/tensor.js";

/** Lifts 1-D operands to matrices: a row on the left, a column on the right. */
export function asMatrices(a: Tensor, b: Tensor): [Tensor, Tensor] {
  const row = a.ndim > 1 ? a : a.withView({ dims: [1, ...a.dims], strides: [0, ...a.strides] });
  const column = b.ndim > 1 ? b : b.withView({ dims: [...b.dims, 1], strides: [...b.strides, 0] });
  return [row, column];
}

/** The three loops of the definition, summed in float64. */
export const matmulReference: Kernel<undefined> = ([left, right], [output]) => {
  const [a, b] = asMatrices(left!, right!);
  const [m, k] = a.sizes.slice(-2) as [number, number];
  const n = b.sizes.at(-1)!;
  const batch = [
    ...output!.sizes.slice(0, output!.ndim - (left!.ndim > 1 ? 1 : 0) - (right!.ndim > 1 ? 1 : 0)),
  ];
  const expand = (x: Tensor) =>
    readValues(
      x.withView({
        dims: [...batch, ...x.dims.slice(-2)],
        strides: [
          ...broadcastStrides(x, [...batch, ...x.sizes.slice(-2)]).slice(0, -2),
          ...x.strides.slice(-2),
        ],
      }),
    );
  const [av, bv] = [expand(a), expand(b)];
  const out = new Float64Array(output!.size);
  for (let s = 0; s < out.length; s += m * n) {
    const [aStart, bStart] = [(s / (m * n)) * m * k, (s / (m * n)) * k * n];
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let total = 0;
        for (let p = 0; p < k; p++) total += av[aStart + i * k + p]! * bv[bStart + p * n + j]!;
        out[s + i * n + j] = total;
      }
    }
  }
  writeValues(output!, out);
};
