import { dot } from "../../ops/dot/op.js";
import { matmul } from "../../ops/matmul/op.js";
import { full } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import { trace } from "../recorder.js";
import { workOf } from "../roofline.js";
import { fastest, type Bench } from "./bench.js";

/** One op of a BLAS level, measured. FLOPs and bytes are what the op's cost rule says. */
export interface BlasLevel {
  readonly level: 1 | 2 | 3;
  readonly op: "dot" | "gemv" | "gemm";
  /** Elements of a vector; rows, and columns, of a matrix. */
  readonly n: number;
  readonly flops: number;
  readonly bytes: number;
  readonly seconds: number;
  readonly flopsPerSecond: number;
  readonly bytesPerSecond: number;
  readonly flopsPerByte: number;
}

const filled = (...shape: readonly number[]): Tensor => full(shape, 0.5, { dtype: "float32" });

/** A dot product, a matrix-vector and a matrix-matrix product in float32, on the engine in charge. */
export function blasLevels(bench: Bench): BlasLevel[] {
  const length = bench.vectorElements;
  const order = bench.ordersSize;
  const side = Math.floor(Math.sqrt(length));
  const measured = (
    { level, op, n }: Pick<BlasLevel, "level" | "op" | "n">,
    run: () => Tensor,
  ): BlasLevel => {
    const { flops, bytes } = workOf(trace(run).totals);
    const seconds = fastest(run, bench);
    return {
      level,
      op,
      n,
      flops,
      bytes,
      seconds,
      flopsPerSecond: flops / seconds,
      bytesPerSecond: bytes / seconds,
      flopsPerByte: flops / bytes,
    };
  };
  const [x, y] = [filled(length), filled(length)];
  const [a, v] = [filled(side, side), filled(side)];
  const [b, c] = [filled(order, order), filled(order, order)];
  return [
    measured({ level: 1, op: "dot", n: length }, () => dot(x, y)),
    measured({ level: 2, op: "gemv", n: side }, () => matmul(a, v)),
    measured({ level: 3, op: "gemm", n: order }, () => matmul(b, c)),
  ];
}
