import { Polynomial } from "../shape/polynomial.js";
import { isFloat } from "../tensor/dtype.js";
import { requireRecord, requireRecords, requireStorages } from "./checks.js";
import type { OpRecord, Operand, Storage } from "./record.js";
import { requireTrace, type Trace } from "./trace.js";

/** Ops whose gradient needs no float operand, at most the indices or the condition they were given. */
const linear = new Set(
  (
    "add sub neg sum mean cast contiguous concat stack pad where tile repeat flip roll tril triu cumsum take gather " +
    "embedding rotaryEmbedding"
  ).split(" "),
);

/** Ops whose gradient is written in terms of their result. */
const byResult = new Set(
  "softmax logSoftmax exp sqrt rsqrt tanh sigmoid relu reciprocal logsumexp".split(" "),
);

/** Products: the gradient of one operand is the other operand times what comes back. */
const products = new Set("mul matmul linear einsum dot outer tensordot".split(" "));

/** The gradient passes through the op only when some operand needs it. */
const isOnPath = ({ outputs }: OpRecord): boolean => outputs.some(({ storage }) => storage.needsGradient);

/** The operands that this op's gradient reads again, before asking who owns them. */
function needed({ op, inputs, outputs }: OpRecord): readonly Operand[] {
  if (linear.has(op)) return inputs.filter(({ dtype }) => !isFloat(dtype));
  if (byResult.has(op)) return outputs;
  if (products.has(op)) {
    return inputs.filter((_, i) => inputs.some(({ storage }, j) => i !== j && storage.needsGradient));
  }
  if (op === "div" && !inputs[1].storage.needsGradient) return inputs.slice(1);
  return inputs;
}

/**
 * What a training step must keep of an op for its backward pass, parameters and outside tensors aside.
 *
 * @example
 * const { records } = trace(new Mlp(64, 256), [input([1, 64])]);
 * records.map((record) => `${record.op} ${keptBy(record).length}`); // ["linear 0", "gelu 1", "linear 1"]
 */
export function keptBy(record: OpRecord): readonly Storage[] {
  requireRecord("keptBy", record);
  if (record.isView || !isOnPath(record)) return [];
  const storages = needed(record).map(({ storage }) => storage);
  return storages.filter(({ producer }) => producer !== undefined);
}

/**
 * Everything that the forward pass of a training step must keep for the backward pass, each storage once: for
 * every op the operands (or the result) that its derivative is written in, and the outputs, which the loss
 * reads. Dropout masks, the loss and the few numbers that a normalisation keeps per row are not traced, so
 * not here.
 *
 * @example
 * keptForBackward(trace(new Mlp(64, 256), [input([1, 64])])).length; // 3
 */
export function keptForBackward(trace: Trace): readonly Storage[] {
  requireTrace("keptForBackward", trace);
  const outputs = trace.outputs
    .map(({ storage }) => storage)
    .filter(({ producer }) => producer !== undefined);
  return unique([...trace.records.flatMap((record) => keptBy(record)), ...outputs]);
}

export function unique(storages: Iterable<Storage>): readonly Storage[] {
  return [...new Map([...storages].map((storage) => [storage.id, storage])).values()];
}

/**
 * The bytes of storages together, as a formula where sizes are names.
 *
 * @example
 * String(bytesOfStorages(keptForBackward(trace(new Linear(64, 256), [input(["B", 64])])))); // "B·256·4"
 */
export function bytesOfStorages(storages: Iterable<Storage>): Polynomial {
  requireStorages("bytesOfStorages", storages);
  return Polynomial.sum([...storages].map(({ bytes }) => bytes));
}

/**
 * How many products the backward pass of a contraction `Y = A·B` has: dA = dY·Bᵀ when A needs a gradient,
 * dB = Aᵀ·dY when B does. Fused attention counts as a contraction of q and k: its four backward products have
 * twice its forward FLOPs.
 *
 * @example
 * const { records } = trace(new Mlp(64, 256), [input([1, 64])]);
 * records.map(gradientProducts); // [1, 0, 2]
 */
export function gradientProducts(record: OpRecord): number {
  requireRecord("gradientProducts", record);
  const { inputs, matmulFlops } = record;
  if (matmulFlops.equals(0)) return 0;
  return inputs.slice(0, 2).filter(({ storage }) => storage.needsGradient).length;
}

/**
 * The exact FLOPs of all dX and dW products.
 *
 * @example
 * const { records } = trace(new Linear(64, 256), [input(["B", 64])]);
 * backwardMatmulFlops(records).toCanonicalString(); // "32768·B"
 */
export function backwardMatmulFlops(records: readonly OpRecord[]): Polynomial {
  requireRecords("backwardMatmulFlops", records);
  return Polynomial.sum(records.map((record) => record.matmulFlops.times(gradientProducts(record))));
}
