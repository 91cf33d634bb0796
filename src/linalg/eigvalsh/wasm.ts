import type { Kernel } from "../../op/define.js";
import type { EighAttributes } from "../eigh/reference.js";
import { solveSymmetric } from "../eigh/wasm.js";

/** Tridiagonal reduction and square-root free QL: assembly/linalg/symmetric/eigh.ts. */
export const eigvalshWasm: Kernel<EighAttributes> = ([a], [values], { uplo }) =>
  solveSymmetric("eigvalsh", a, values, undefined, uplo);
