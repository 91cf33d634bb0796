import type { Bindings, OpRecord, Storage } from "./record.js";
import { blockTree, repeatedBlocks } from "./blocks.js";
import { bytesOfStorages, keptBy, keptForBackward, unique } from "./gradient.js";
import { readOptions, requireFunction } from "../base/options.js";
import { checkByName } from "../shape/checks.js";
import { Polynomial } from "../shape/polynomial.js";
import { bytesOf } from "../tensor/dtype.js";
import { requireTrace, type Trace } from "./trace.js";

/** Bytes that a training step holds. Without checkpointing, or with every repeated block recomputed. */
export interface TrainingMemory {
  readonly weightsBytes: number;
  readonly gradientsBytes: number;
  readonly optimizerBytes: number;
  readonly activationsBytes: number;
  /** The largest set of gradients of activations that one op's backward holds at once. */
  readonly workspaceBytes: number;
  readonly totalBytes: number;
}

/** The bytes of a storage. Another rule than the default prices a trace for other sizes without binding it. */
export type SizeOf = (storage: Storage) => number;

const knownSize: SizeOf = ({ bytes }) => Number(bytes.value());

/**
 * The bytes of each storage when its names have these sizes: prices a trace for other sizes without binding
 * it.
 *
 * @example
 * const symbolic = trace(new Mlp(64, 256), [input(["B", 64])]);
 * peakActivationBytes(symbolic, sizesAt({ B: 32 })); // 65536
 */
export function sizesAt(bindings: Bindings): SizeOf {
  checkByName(bindings);
  const sizes = new Map<number, number>();
  return ({ id, bytes }) => {
    const size = sizes.get(id) ?? Number(bytes.substitute(bindings).value());
    sizes.set(id, size);
    return size;
  };
}

const sumOf = (storages: Iterable<Storage>, sizeOf: SizeOf): number =>
  [...storages].reduce((sum, storage) => sum + sizeOf(storage), 0);

/**
 * Bytes of the parameters of a traced model.
 *
 * @example
 * weightsBytes(trace(new Linear(64, 256), [input([1, 64])])); // 66560
 */
export function weightsBytes(trace: Trace): number {
  requireTrace("weightsBytes", trace);
  return sumOf(
    trace.parameters.map(({ storage }) => storage),
    knownSize,
  );
}

/**
 * Bytes of Adam's state: two float32 moments per parameter; parameters held in a half type have a float32
 * master copy too.
 *
 * @example
 * optimizerBytes(trace(new Linear(64, 256), [input([1, 64])])); // 133120
 */
export function optimizerBytes(trace: Trace): number {
  requireTrace("optimizerBytes", trace);
  return trace.parameters.reduce((total, { storage, dtype }) => {
    const count = Number(storage.bytes.value()) / bytesOf(dtype);
    return total + count * (bytesOf(dtype) === 2 ? 12 : 8);
  }, 0);
}

/**
 * What a training step keeps between forward and backward, as a formula in bytes where sizes are names.
 *
 * @example
 * activationBytes(trace(new Mlp(64, 256), [input(["B", 64])])).toCanonicalString(); // "2304·B"
 */
export const activationBytes = (trace: Trace): Polynomial => bytesOfStorages(keptForBackward(trace));

/**
 * A training budget in bytes for a trace whose sizes are known. Throws `ShapeError` when one is not.
 *
 * @example
 * trainingMemory(trace(new Mlp(64, 256), [input([32, 64])])).totalBytes; // 668672
 */
export function trainingMemory(
  trace: Trace,
  options: { readonly checkpointing?: boolean; readonly sizeOf?: SizeOf } = {},
): TrainingMemory {
  const op = "trainingMemory";
  const { checkpointing = false, sizeOf = knownSize } = readOptions(op, options, ["checkpointing", "sizeOf"]);
  requireTrace(op, trace);
  requireFunction(op, "sizeOf", sizeOf);
  const weights = weightsBytes(trace);
  const optimizer = optimizerBytes(trace);
  const kept = checkpointing ? checkpointedBytes(trace, sizeOf) : sumOf(keptForBackward(trace), sizeOf);
  const workspace = Math.max(0, ...trace.ops.map((record) => gradientsInFlight(record, sizeOf)));
  return {
    weightsBytes: weights,
    gradientsBytes: weights,
    optimizerBytes: optimizer,
    activationsBytes: kept,
    workspaceBytes: workspace,
    totalBytes: weights * 2 + optimizer + kept + workspace,
  };
}

function gradientsInFlight({ inputs, outputs }: OpRecord, sizeOf: SizeOf): number {
  const gradients = [...inputs, ...outputs].filter(
    ({ storage }) => storage.needsGradient && storage.parameter === undefined,
  );
  return sumOf(unique(gradients.map(({ storage }) => storage)), sizeOf);
}

/**
 * Kept bytes when every repeated block keeps only what enters it and is run again in the backward pass: all
 * entries, what the rest of the model keeps, and the largest block's own activations while it is recomputed.
 *
 * @example
 * const model = buildModel("gpt2", { device: "abstract" });
 * const run = trace(model, [input([1, 512], { dtype: "int32" })]);
 * checkpointedBytes(run) < Number(activationBytes(run).value()); // true
 */
export function checkpointedBytes(trace: Trace, sizeOf = knownSize): number {
  requireTrace("checkpointedBytes", trace);
  requireFunction("checkpointedBytes", "sizeOf", sizeOf);
  const owner = blockOwners(trace);
  const always = new Map<number, Storage>();
  const recomputed = new Map<string, Storage[]>();
  trace.outputs.forEach(({ storage }) => storage.producer !== undefined && always.set(storage.id, storage));
  for (const record of trace.records) {
    const block = owner[record.index];
    if (block === undefined) {
      for (const storage of keptBy(record)) always.set(storage.id, storage);
      continue;
    }
    const isInside = ({ producer }: Storage) => producer !== undefined && owner[producer] === block;
    for (const { storage } of record.inputs) {
      if (storage.producer !== undefined && !isInside(storage)) always.set(storage.id, storage);
    }
    const own = recomputed.get(block) ?? [];
    recomputed.set(block, own.concat(keptBy(record).filter(isInside)));
  }
  const largest = [...recomputed.values()].map((storages) =>
    sumOf(
      unique(storages).filter(({ id }) => !always.has(id)),
      sizeOf,
    ),
  );
  return sumOf(always.values(), sizeOf) + Math.max(0, ...largest);
}

/** The repeated block that each record is in. */
function blockOwners(trace: Trace): readonly (string | undefined)[] {
  const blocks = new Set(repeatedBlocks(blockTree(trace.records)).flat());
  const owners = new Map<string, string | undefined>();
  const ownerOf = (path: string): string | undefined => {
    if (blocks.has(path) || path === "") return path === "" ? undefined : path;
    if (!owners.has(path)) owners.set(path, ownerOf(path.slice(0, Math.max(0, path.lastIndexOf(".")))));
    return owners.get(path);
  };
  return trace.records.map(({ path }) => ownerOf(path));
}

/**
 * FLOPs that checkpointing adds: one more forward pass of every repeated block.
 *
 * @example
 * recomputedFlops(trace(new Mlp(64, 256), [input([32, 64])])).toCanonicalString(); // "0"
 */
export function recomputedFlops(trace: Trace): Polynomial {
  requireTrace("recomputedFlops", trace);
  const owner = blockOwners(trace);
  return Polynomial.sum(
    trace.records.filter(({ index }) => owner[index] !== undefined).map(({ flops }) => flops),
  );
}

/**
 * The most bytes of activations alive at once in a forward pass: a tensor lives from the op that makes it
 * (or, when it comes from outside, first reads it) to the last op that reads it or a view of it. Weights are
 * not counted.
 *
 * @example
 * peakActivationBytes(trace(new Mlp(64, 256), [input([32, 64])])); // 65536
 */
export function peakActivationBytes(trace: Trace, sizeOf = knownSize): number {
  requireTrace("peakActivationBytes", trace);
  requireFunction("peakActivationBytes", "sizeOf", sizeOf);
  const lives = new Map<number, { bytes: number; last: number }>();
  const born = new Map<number, number>();
  for (const { index, inputs, outputs } of trace.records) {
    for (const { storage } of [...inputs, ...outputs]) {
      if (storage.parameter !== undefined) continue;
      const life = lives.get(storage.id) ?? { bytes: sizeOf(storage), last: index };
      if (!lives.has(storage.id)) born.set(index, (born.get(index) ?? 0) + life.bytes);
      lives.set(storage.id, life);
      life.last = index;
    }
  }
  const dying = new Map<number, number>();
  const returned = new Set(trace.outputs.map(({ storage }) => storage.id));
  for (const [id, { bytes, last }] of lives) {
    if (!returned.has(id)) dying.set(last, (dying.get(last) ?? 0) + bytes);
  }
  let alive = 0;
  let peak = 0;
  for (const { index } of trace.records) {
    alive += born.get(index) ?? 0;
    peak = Math.max(peak, alive);
    alive -= dying.get(index) ?? 0;
  }
  return peak;
}
