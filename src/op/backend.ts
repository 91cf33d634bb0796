import type { Size } from "../shape/dim.js";
import type { DType } from "../tensor/dtype.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Kernel, Op } from "./define.js";

/** What a device brings: memory for results and kernels, fastest first. */
export interface Backend {
  readonly device: string;
  allocate(dims: readonly Size[], dtype: DType): Tensor;
  /** Kernels to try before the reference; each may decline. */
  kernels(op: Op<never>): readonly Kernel<never>[];
}

const backends = new Map<string, Backend>();

/** Makes a device known. Registering the same device again replaces it. */
export function registerBackend(backend: Backend): void {
  backends.set(backend.device, backend);
}

export const findBackend = (device: string): Backend | undefined => backends.get(device);
