import type { Hardware, TrainingMemory } from "../cost/index.js";
import type { DType } from "../tensor/dtype.js";

export type Mode = "training" | "inference";
export type AttentionKind = "eager" | "fused";

/** The size of an axis: a number, or in a symbolic analysis a formula such as `B` or `12·seq`. */
export type Extent = number | string;

/** One op of the forward pass. Sizes and costs are numbers for the batch and sequence of the analysis. */
export interface OpRow {
  readonly path: string;
  readonly op: string;
  readonly inputs: readonly (readonly Extent[])[];
  readonly output: readonly Extent[];
  readonly dtype: DType;
  readonly params: number;
  readonly flops: number;
  readonly matmulFlops: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  /** FLOPs per byte. */
  readonly intensity: number;
  /** What bounds it on the chosen GPU; `null` without one. */
  readonly bound: "compute" | "memory" | null;
  readonly seconds: number | null;
  /** The FLOPs as a formula: `2·B·12·seq²·64`. */
  readonly formula: string;
}

/** The ops of one kind directly in a module, together. */
export interface OpGroup {
  readonly op: string;
  readonly count: number;
  readonly flops: number;
  readonly bytes: number;
  readonly seconds: number | null;
  readonly bound: "compute" | "memory" | null;
}

/** A module with everything inside it. Totals are of one instance; there are `count` of them. */
export interface BlockRow {
  readonly name: string;
  readonly count: number;
  readonly paths: readonly string[];
  readonly params: number;
  readonly flops: number;
  readonly matmulFlops: number;
  readonly bytes: number;
  readonly seconds: number | null;
  /** What most of the time is bound by. */
  readonly bound: "compute" | "memory" | null;
  /** What runs directly in the module, not in one of its children. */
  readonly ops: readonly OpGroup[];
  readonly children: readonly BlockRow[];
}

export interface Times {
  /** One step of the chosen mode: every op at its roofline, one after the other. */
  readonly boundSeconds: number;
  readonly forwardSeconds: number;
  /** The parts of a training step; 0 in inference. */
  readonly backwardSeconds: number;
  readonly optimizerSeconds: number;
  /** Contractions of the step at peak and nothing else: what "FLOPs / peak" gives. */
  readonly computeSeconds: number;
  /** The bytes of the forward pass at full bandwidth. */
  readonly forwardMemorySeconds: number;
  /** Reading every weight once. */
  readonly weightReadSeconds: number;
  /** Share of the forward time in ops that arithmetic bounds. */
  readonly computeBoundFraction: number;
  readonly bound: "compute" | "memory";
  readonly tokensPerSecond: number;
  readonly ridgeFlopsPerByte: number;
  /** One token per sequence after `seq` positions, for models that generate. */
  readonly decodeSeconds: number | null;
}

export interface InferenceMemory {
  readonly weightsBytes: number;
  /** The most that is alive at once during the forward pass. */
  readonly activationsBytes: number;
  /** Keys and values of `batch` sequences of `seq` positions. */
  readonly kvCacheBytes: number;
  readonly totalBytes: number;
}

export interface Fit {
  readonly fits: boolean;
  readonly neededBytes: number;
  readonly availableBytes: number;
  /** The largest batch that fits at this sequence length; 0 when none does. */
  readonly largestBatch: number;
  /** For training: whether it fits when every repeated block is recomputed. */
  readonly fitsWithCheckpointing: boolean | null;
}

/** How the weights on disk compare with the model's definition. */
export interface CheckpointCheck {
  readonly parameters: number;
  /** Definition minus disk, in parameters. */
  readonly difference: number;
  readonly matches: boolean;
  /** Tensors that are missing, left over, or of another shape. */
  readonly differences: readonly string[];
}

/** Everything that `lintel analyze` says, as raw numbers with the unit in the key. The JSON contract. */
export interface Analysis {
  readonly schema: "lintel.analyze/1";
  readonly model: {
    readonly name: string;
    /** `model_type` of its config: `"phi"`. */
    readonly modelType: string;
    /** Which of Lintel's definitions it is built from: `"neox"`. */
    readonly family: string;
    readonly layers: number;
    readonly maxPositions: number;
  };
  readonly settings: {
    readonly batch: number;
    readonly seq: number;
    readonly dtype: DType;
    readonly mode: Mode;
    readonly attention: AttentionKind;
    readonly efficiency: number;
    readonly tf32: boolean;
    readonly gpu: string | null;
  };
  readonly params: { readonly total: number; readonly embedding: number; readonly unused: number };
  readonly flops: {
    readonly forward: number;
    readonly matmulForward: number;
    /** The dX and dW products of every contraction, counted one by one. */
    readonly matmulBackward: number;
    /** `forward` + `matmulBackward`. */
    readonly trainingStep: number;
    readonly matmulTrainingStep: number;
  };
  readonly bytes: { readonly forwardRead: number; readonly forwardWritten: number };
  readonly memory: {
    readonly weightsBytes: number;
    /** Kept for backward in training, alive at once in inference. */
    readonly activationsBytes: number;
    readonly kvCacheBytesPerToken: number;
    /** The whole budget of the chosen mode. */
    readonly totalBytes: number;
    readonly training: TrainingMemory;
    readonly trainingWithCheckpointing: TrainingMemory & { readonly recomputedFlops: number };
    readonly inference: InferenceMemory;
  };
  readonly time: Times | { readonly [K in keyof Times]: null };
  readonly fit: Fit | null;
  readonly hardware: Hardware | null;
  readonly ops: readonly OpRow[];
  readonly blocks: BlockRow;
  /** Totals as polynomials in `B` and `seq`, when asked for. */
  readonly symbolic: Readonly<Record<SymbolicTotal, string>> | null;
  readonly checkpoint: CheckpointCheck | null;
  readonly notes: readonly string[];
}

export type SymbolicTotal =
  | "flops.forward"
  | "flops.matmulForward"
  | "flops.matmulBackward"
  | "flops.trainingStep"
  | "bytes.forwardRead"
  | "bytes.forwardWritten"
  | "memory.training.activationsBytes"
  | "memory.inference.kvCacheBytes";
