import { gemmBatched, type BatchedGemmCall } from "../../kernels/index.js";
import { nativeTakes, planGemm, preparingPays, type NativeGemm } from "../../native/index.js";
import type { Kernel } from "../../op/define.js";
import { convert } from "../native.js";
import type { AttentionAttributes } from "./attributes.js";
import { attendInBlocks } from "./wasm.js";

/** The blocks of the WASM kernel with both products on BLAS; masks and softmax stay where they are. */
export const attentionNative: Kernel<AttentionAttributes> = ([q, k, v, mask], outputs, attributes) => {
  const [n, d] = q.sizes.slice(-2);
  if (outputs[0].dtype === "float64" || !nativeTakes(n, k.sizes[k.ndim - 2], d)) return false;
  for (const x of [k, v])
    if (x.dtype !== "float32" && !(x.dtype !== "int64" && preparingPays(n))) return false;
  const inputs = [q, convert(k, "float32"), convert(v, "float32"), ...(mask === undefined ? [] : [mask])];
  return attendInBlocks(inputs, outputs, attributes, multiply);
};

/** Blocks too small for BLAS, or cut by a causal mask to strides that it does not know, run on the WASM engine. */
function multiply(call: BatchedGemmCall): void {
  const run = planGemm(call as BatchedGemmCall & NativeGemm);
  if (run === undefined) gemmBatched(call);
  else run();
}
