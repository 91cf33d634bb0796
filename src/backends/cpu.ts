import { native } from "#native";
import { registerBackend } from "../op/backend.js";
import type { Kernel, Op } from "../op/define.js";
import { argmaxOp } from "../ops/argmax/op.js";
import { argmaxWasm } from "../ops/argmax/wasm.js";
import { argminOp } from "../ops/argmin/op.js";
import { argminWasm } from "../ops/argmin/wasm.js";
import { cumsumOp } from "../ops/cumsum/op.js";
import { cumsumWasm } from "../ops/cumsum/wasm.js";
import { elementwiseWasm } from "../ops/elementwise-wasm.js";
import { erfOp } from "../ops/erf/op.js";
import { erfWasm } from "../ops/erf/wasm.js";
import { expOp } from "../ops/exp/op.js";
import { expWasm } from "../ops/exp/wasm.js";
import { geluOp } from "../ops/gelu/op.js";
import { geluWasm } from "../ops/gelu/wasm.js";
import { geluTanhOp } from "../ops/geluTanh/op.js";
import { geluTanhWasm } from "../ops/geluTanh/wasm.js";
import { layerNormOp } from "../ops/layerNorm/op.js";
import { layerNormWasm } from "../ops/layerNorm/wasm.js";
import { linearOp } from "../ops/linear/op.js";
import { linearWasm } from "../ops/linear/wasm.js";
import { logOp } from "../ops/log/op.js";
import { logWasm } from "../ops/log/wasm.js";
import { logSoftmaxOp } from "../ops/logSoftmax/op.js";
import { logSoftmaxWasm } from "../ops/logSoftmax/wasm.js";
import { logsumexpOp } from "../ops/logsumexp/op.js";
import { logsumexpWasm } from "../ops/logsumexp/wasm.js";
import { matmulOp } from "../ops/matmul/op.js";
import { matmulWasm } from "../ops/matmul/wasm.js";
import { maxOp } from "../ops/max/op.js";
import { maxWasm } from "../ops/max/wasm.js";
import { meanOp } from "../ops/mean/op.js";
import { meanWasm } from "../ops/mean/wasm.js";
import { minOp } from "../ops/min/op.js";
import { minWasm } from "../ops/min/wasm.js";
import { prodOp } from "../ops/prod/op.js";
import { prodWasm } from "../ops/prod/wasm.js";
import { reluOp } from "../ops/relu/op.js";
import { reluWasm } from "../ops/relu/wasm.js";
import { rmsNormOp } from "../ops/rmsNorm/op.js";
import { rmsNormWasm } from "../ops/rmsNorm/wasm.js";
import { rotaryEmbeddingOp } from "../ops/rotaryEmbedding/op.js";
import { rotaryWasm } from "../ops/rotaryEmbedding/wasm.js";
import { rsqrtOp } from "../ops/rsqrt/op.js";
import { rsqrtWasm } from "../ops/rsqrt/wasm.js";
import { scaledDotProductAttentionOp } from "../ops/scaledDotProductAttention/op.js";
import { attentionWasm } from "../ops/scaledDotProductAttention/wasm.js";
import { sigmoidOp } from "../ops/sigmoid/op.js";
import { sigmoidWasm } from "../ops/sigmoid/wasm.js";
import { siluOp } from "../ops/silu/op.js";
import { siluWasm } from "../ops/silu/wasm.js";
import { softmaxOp } from "../ops/softmax/op.js";
import { softmaxWasm } from "../ops/softmax/wasm.js";
import { sqrtOp } from "../ops/sqrt/op.js";
import { sqrtWasm } from "../ops/sqrt/wasm.js";
import { stdOp } from "../ops/std/op.js";
import { stdWasm } from "../ops/std/wasm.js";
import { sumOp } from "../ops/sum/op.js";
import { sumWasm } from "../ops/sum/wasm.js";
import { tanhOp } from "../ops/tanh/op.js";
import { tanhWasm } from "../ops/tanh/wasm.js";
import { varianceOp } from "../ops/var/op.js";
import { varianceWasm } from "../ops/var/wasm.js";
import { countElements, sizeValue } from "../shape/dim.js";
import { fromElements } from "../tensor/create.js";
import { forcedEngine } from "./engines.js";
import { allocateResult } from "./memory.js";

/** One line per op that has kernels of an engine, best first. Each may decline. */
const overlay = <A>(op: Op<A>, ...kernels: readonly Kernel<A>[]): [Op<never>, readonly Kernel<never>[]] => [
  op,
  kernels,
];

const wasmKernels = new Map([
  ...elementwiseWasm,
  overlay(argmaxOp, argmaxWasm),
  overlay(argminOp, argminWasm),
  overlay(cumsumOp, cumsumWasm),
  overlay(erfOp, erfWasm),
  overlay(expOp, expWasm),
  overlay(geluOp, geluWasm),
  overlay(geluTanhOp, geluTanhWasm),
  overlay(layerNormOp, layerNormWasm),
  overlay(linearOp, linearWasm),
  overlay(logOp, logWasm),
  overlay(logSoftmaxOp, logSoftmaxWasm),
  overlay(logsumexpOp, logsumexpWasm),
  overlay(matmulOp, matmulWasm),
  overlay(maxOp, maxWasm),
  overlay(meanOp, meanWasm),
  overlay(minOp, minWasm),
  overlay(prodOp, prodWasm),
  overlay(reluOp, reluWasm),
  overlay(rmsNormOp, rmsNormWasm),
  overlay(rotaryEmbeddingOp, rotaryWasm),
  overlay(rsqrtOp, rsqrtWasm),
  overlay(scaledDotProductAttentionOp, attentionWasm),
  overlay(sigmoidOp, sigmoidWasm),
  overlay(siluOp, siluWasm),
  overlay(softmaxOp, softmaxWasm),
  overlay(sqrtOp, sqrtWasm),
  overlay(stdOp, stdWasm),
  overlay(sumOp, sumWasm),
  overlay(tanhOp, tanhWasm),
  overlay(varianceOp, varianceWasm),
]);

const nativeKernels = new Map([
  overlay(linearOp, native.kernels.linear),
  overlay(matmulOp, native.kernels.matmul),
  overlay(scaledDotProductAttentionOp, native.kernels.scaledDotProductAttention),
]);

const none: readonly Kernel<never>[] = [];

/** The native kernels laid over the WASM kernels; both lie over the references. */
const allKernels = new Map<Op<never>, readonly Kernel<never>[]>();
const layOver = (op: Op<never>): void => {
  allKernels.set(op, [...(nativeKernels.get(op) ?? none), ...(wasmKernels.get(op) ?? none)]);
};
for (const op of [...wasmKernels.keys(), ...nativeKernels.keys()]) layOver(op);

/** Adds the kernels of an op that stands on a higher floor than this one: the decompositions. */
export function addKernels<A>(
  op: Op<A>,
  kernels: { readonly wasm?: Kernel<A>; readonly native?: Kernel<A> },
): void {
  if (kernels.wasm !== undefined) wasmKernels.set(...overlay(op, kernels.wasm));
  if (kernels.native !== undefined) nativeKernels.set(...overlay(op, kernels.native));
  layOver(op);
}

function kernelsOf(op: Op<never>): readonly Kernel<never>[] {
  const engine = forcedEngine();
  if (engine === "reference") return none;
  return (engine === "wasm" ? wasmKernels : allKernels).get(op) ?? none;
}

registerBackend({
  device: "cpu",
  allocate: (dims, dtype) => fromElements(allocateResult(dtype, sizeValue(countElements(dims))), dims, dtype),
  kernels: kernelsOf,
});
