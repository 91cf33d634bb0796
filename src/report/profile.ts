import { blockTree, forwardTiming, type Block, type Hardware, type OpRecord } from "../cost/index.js";
import { measuredPeaks } from "./notes.js";

/** Seconds of one pass: as predicted by the roofline, and as the clock saw them. */
export interface Comparison {
  readonly predictedSeconds: number;
  readonly measuredSeconds: number;
  /** Measured over predicted; `null` where nothing is predicted. */
  readonly ratio: number | null;
}

/** All ops of one kind. Changes of shape and strides, which move no data, are the kind `views`. */
export interface ProfiledOp extends Comparison {
  readonly op: string;
  /** How many in one pass. */
  readonly uses: number;
  /** What bounds most of the predicted time. */
  readonly bound: "compute" | "memory" | null;
}

/** A module with everything inside it, all its equal instances together. */
export interface ProfiledBlock extends Comparison {
  readonly name: string;
  readonly count: number;
  /** What runs directly in the module, not in one of its children. */
  readonly ops: readonly ProfiledOp[];
  readonly children: readonly ProfiledBlock[];
}

/** Passes of the same kind, averaged: everything here is of one pass. */
export interface ProfiledPhase extends Comparison {
  readonly passes: number;
  /** Tokens that a pass computes. */
  readonly tokens: number;
  /** The part of the measured time that is in no op: the model's own code. */
  readonly outsideOpsSeconds: number;
  readonly ops: readonly ProfiledOp[];
  readonly blocks: ProfiledBlock;
}

/** A run as it was measured, beside what was predicted. */
export interface Profile {
  readonly hardware: Hardware;
  /** The forward pass of the prompt. */
  readonly prefill: ProfiledPhase;
  /** The passes of one token each that follow; `null` when nothing was generated after the first token. */
  readonly decode: ProfiledPhase | null;
  readonly notes: readonly string[];
}

/** One forward pass that was watched. */
export interface Pass {
  readonly records: readonly OpRecord[];
  readonly tokens: number;
  /** Wall-clock seconds from start to end. */
  readonly seconds: number;
}

/** Seconds of some ops, over all passes. */
class Sum {
  uses = 0;
  measured = 0;
  compute = 0;
  memory = 0;

  static of(parts: Iterable<Sum>): Sum {
    const total = new Sum();
    for (const { uses, measured, compute, memory } of parts) {
      total.uses += uses;
      total.measured += measured;
      total.compute += compute;
      total.memory += memory;
    }
    return total;
  }

  add(record: OpRecord, device: Hardware): void {
    this.uses++;
    this.measured += record.seconds;
    if (record.isView) return;
    const { bound, seconds } = forwardTiming(record, device);
    this[bound] += seconds;
  }

  over(passes: number): Comparison {
    return compare((this.compute + this.memory) / passes, this.measured / passes);
  }
}

const compare = (predictedSeconds: number, measuredSeconds: number): Comparison => ({
  predictedSeconds,
  measuredSeconds,
  ratio: predictedSeconds === 0 ? null : measuredSeconds / predictedSeconds,
});

type Kinds = ReadonlyMap<string, Sum>;

function merged(parts: readonly Kinds[]): Kinds {
  const names = new Set(parts.flatMap((kinds) => [...kinds.keys()]));
  const sumOf = (name: string) => Sum.of(parts.flatMap((kinds) => kinds.get(name) ?? []));
  return new Map([...names].map((name) => [name, sumOf(name)]));
}

/** What ran directly in each module, by kind of op. */
function byModule(records: readonly OpRecord[], device: Hardware): ReadonlyMap<string, Kinds> {
  const modules = new Map<string, Map<string, Sum>>();
  for (const record of records) {
    const kinds = modules.get(record.path) ?? new Map<string, Sum>();
    modules.set(record.path, kinds);
    const kind = record.isView ? "views" : record.op;
    const sum = kinds.get(kind) ?? new Sum();
    kinds.set(kind, sum);
    sum.add(record, device);
  }
  return modules;
}

const profiledOps = (kinds: Kinds, passes: number): ProfiledOp[] =>
  [...kinds].map(([op, sum]) => ({
    op,
    uses: sum.uses / passes,
    ...sum.over(passes),
    bound: sum.compute + sum.memory === 0 ? null : sum.compute >= sum.memory ? "compute" : "memory",
  }));

/** Passes that did the same, compared with the rooflines of a device, module by module. */
export function profiledPhase(passes: readonly Pass[], device: Hardware, name: string): ProfiledPhase {
  const records = passes.flatMap((pass) => pass.records);
  const modules = byModule(records, device);
  // The children of folded siblings are those of the first: `paths` has their places in all of them.
  const visit = (block: Block, paths: readonly string[]): { row: ProfiledBlock; sum: Sum } => {
    const kinds = merged(paths.flatMap((path) => modules.get(path) ?? []));
    const { length } = block.paths[0];
    const children = block.children.map((child) =>
      visit(
        child,
        paths.flatMap((path) => child.paths.map((below) => path + below.slice(length))),
      ),
    );
    const sum = Sum.of([...kinds.values(), ...children.map((child) => child.sum)]);
    const row = {
      name: block.name,
      count: block.paths.length,
      ...sum.over(passes.length),
      ops: profiledOps(kinds, passes.length),
      children: children.map((child) => child.row),
    };
    return { row, sum };
  };
  const { row: blocks, sum } = visit(blockTree(records, name), [""]);
  const measured = passes.reduce((total, { seconds }) => total + seconds, 0) / passes.length;
  return {
    passes: passes.length,
    tokens: passes[0].tokens,
    ...compare(sum.over(passes.length).predictedSeconds, measured),
    outsideOpsSeconds: Math.max(0, measured - sum.measured / passes.length),
    ops: profiledOps(merged([...modules.values()]), passes.length).toSorted(
      (a, b) => b.measuredSeconds - a.measuredSeconds,
    ),
    blocks,
  };
}

/**
 * Passes compared with the rooflines of a device: the first is the prompt's, the others are of one token
 * each.
 *
 * @example
 * const pass = { ...trace(new Linear(64, 256), [randn([5, 64])]), tokens: 5, seconds: 0.001 };
 * profileOf([pass], hardware["a100-40gb"], "linear").prefill.tokens; // 5
 */
export function profileOf([prompt, ...steps]: readonly Pass[], device: Hardware, name: string): Profile {
  return {
    hardware: device,
    prefill: profiledPhase([prompt], device, name),
    decode: steps.length === 0 ? null : profiledPhase(steps, device, name),
    notes: [
      `Predicted: every op by itself, the longer of its arithmetic and its bytes at ${measuredPeaks(device)}.`,
      "Ratio: measured over predicted. 1 is the roofline. Above it is what calls (microseconds for every op, however " +
        "small), copies and slower kernels cost. Below it, operands came from a cache, which is faster than the " +
        "memory that the prediction assumes, or the machine was busy when it was measured (--remeasure).",
      "Measured: the wall clock around each op of this run, after one pass over the prompt that is not counted. " +
        "Outside ops: the model's own code. Views change shapes and strides and move no data.",
    ],
  };
}
