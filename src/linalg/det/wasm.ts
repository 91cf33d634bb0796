import type { Kernel } from "../../op/define.js";
import { writeValues } from "../../op/loops.js";
import type { Tensor } from "../../tensor/tensor.js";
import { eachFactored } from "../lu/wasm.js";
import { determinant } from "./determinant.js";

/** Shows the pivots of every matrix to `use`, and whether an odd number of rows was exchanged. */
export function eachPivotsWasm(
  op: string,
  a: Tensor,
  use: (index: number, pivots: Float64Array, odd: boolean) => void,
): void | false {
  const n = a.sizes.at(-1)!;
  const pivots = new Float64Array(n);
  return eachFactored(op, a, 0, (_, { first, matrices, memory, at, stride, swaps }) => {
    const start = at / memory.BYTES_PER_ELEMENT;
    for (let g = 0; g < matrices; g++) {
      let odd = false;
      for (let i = 0; i < n; i++) {
        pivots[i] = memory[start + (g * n + i) * stride + i];
        if (swaps[g * n + i] !== i) odd = !odd;
      }
      use(first + g, pivots, odd);
    }
  });
}

/** From the pivots of the recursive LU factorisation. */
export const detWasm: Kernel<undefined> = ([a], [y]) => {
  const values = new Float64Array(y.size);
  const ran = eachPivotsWasm("det", a, (index, pivots, odd) => {
    values[index] = determinant(pivots, odd);
  });
  if (ran === false) return false;
  writeValues(y, values);
};
