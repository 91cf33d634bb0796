import type { Analysis, BlockRow } from "./analysis.js";
import type { Part } from "./bar.js";
import {
  byteUnits,
  count as shortCount,
  duration,
  flopUnit,
  integer,
  percent,
  significant,
} from "./format.js";

export interface Column {
  readonly name: string;
  readonly align: "left" | "right";
  /** Left out where the table would be too wide. */
  readonly optional?: boolean;
}

/** A table before it is drawn: for the terminal, as Markdown, … */
export interface Section {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  /** Index of the row that sums up the others. */
  readonly total?: number;
}

const left = (name: string): Column => ({ name, align: "left" });
const right = (name: string): Column => ({ name, align: "right" });
const optional = (name: string): Column => ({ name, align: "right", optional: true });

/** What takes memory in the chosen mode. */
export function memoryParts({ memory, settings }: Analysis): readonly Part[] {
  if (settings.mode === "inference") {
    const { weightsBytes, activationsBytes, kvCacheBytes } = memory.inference;
    return [
      { label: "weights", value: weightsBytes },
      { label: "activations, peak", value: activationsBytes },
      { label: "key-value cache", value: kvCacheBytes },
    ];
  }
  const { weightsBytes, gradientsBytes, optimizerBytes, activationsBytes, workspaceBytes } = memory.training;
  return [
    { label: "weights", value: weightsBytes },
    { label: "gradients", value: gradientsBytes },
    { label: "optimiser (Adam)", value: optimizerBytes },
    { label: "activations kept", value: activationsBytes },
    { label: "backward workspace", value: workspaceBytes },
  ];
}

export function memorySection(analysis: Analysis, mark: (part: number) => string = () => ""): Section {
  const parts = memoryParts(analysis).filter(({ value }) => value > 0);
  const { totalBytes, trainingWithCheckpointing } = analysis.memory;
  const [decimal, binary] = byteUnits(totalBytes);
  const row = (label: string, value: number, share: string) => [
    label,
    decimal.show(value),
    binary.show(value),
    share,
  ];
  const rows = parts.map(({ label, value }, i) => row(mark(i) + label, value, percent(value / totalBytes)));
  rows.push(row("total", totalBytes, percent(1)));
  if (analysis.settings.mode === "training") {
    const bytes = trainingWithCheckpointing.totalBytes;
    rows.push(row("with checkpointing", bytes, percent(bytes / totalBytes)));
  }
  return {
    title: "Memory",
    columns: [left(""), right(decimal.name), right(binary.name), right("share")],
    rows,
    total: parts.length,
  };
}

export function computeSection({ flops, settings, memory }: Analysis): Section {
  const unit = flopUnit(flops.trainingStep);
  const tokens = settings.batch * settings.seq;
  const row = (label: string, all: number, contractions: number) => [
    label,
    unit.show(all),
    unit.show(contractions),
    significant(all / tokens / 1e6),
  ];
  const rows = [row("forward", flops.forward, flops.matmulForward)];
  if (settings.mode === "training") {
    rows.push(
      row("dX and dW products", flops.matmulBackward, flops.matmulBackward),
      row("training step", flops.trainingStep, flops.matmulTrainingStep),
    );
    const { recomputedFlops } = memory.trainingWithCheckpointing;
    rows.push([
      "checkpointing adds",
      unit.show(recomputedFlops),
      "",
      significant(recomputedFlops / tokens / 1e6),
    ]);
  }
  return {
    title: "Arithmetic",
    columns: [left(""), right(unit.name), right("contractions"), right("MFLOP/token")],
    rows,
  };
}

export function timeSection({ time, settings }: Analysis): Section | undefined {
  if (time.boundSeconds === null) return undefined;
  const training = settings.mode === "training";
  const share = (seconds: number) => percent(seconds / time.boundSeconds);
  const rows = [["forward", duration(time.forwardSeconds), share(time.forwardSeconds)]];
  if (training) {
    rows.push(
      ["backward", duration(time.backwardSeconds), share(time.backwardSeconds)],
      ["optimiser step", duration(time.optimizerSeconds), share(time.optimizerSeconds)],
      ["step", duration(time.boundSeconds), percent(1)],
    );
  }
  rows.push(
    ["contractions at peak, nothing else", duration(time.computeSeconds), share(time.computeSeconds)],
    ["reading every weight once", duration(time.weightReadSeconds), share(time.weightReadSeconds)],
  );
  if (time.decodeSeconds !== null) rows.push(["one more token each", duration(time.decodeSeconds), ""]);
  return {
    title: "Time (lower bounds)",
    columns: [left(""), right("time"), right("of the step")],
    rows,
    ...(training ? { total: 3 } : {}),
  };
}

/** Where the forward time goes (the FLOPs, when there is no GPU), by kind of op. */
export function opsSection({ ops, time, flops }: Analysis): Section {
  const timed = time.forwardSeconds !== null;
  const kinds = new Map<
    string,
    { uses: number; flops: number; bytes: number; seconds: number; memory: number }
  >();
  for (const row of ops) {
    const kind = kinds.get(row.op) ?? { uses: 0, flops: 0, bytes: 0, seconds: 0, memory: 0 };
    kinds.set(row.op, kind);
    kind.uses++;
    kind.flops += row.flops;
    kind.bytes += row.bytesRead + row.bytesWritten;
    kind.seconds += row.seconds ?? 0;
    if (row.bound === "memory") kind.memory += row.seconds ?? 0;
  }
  const weight = (kind: { flops: number; seconds: number }) => (timed ? kind.seconds : kind.flops);
  const whole = timed ? time.forwardSeconds : flops.forward;
  const unit = flopUnit(flops.forward);
  const rows = [...kinds]
    .toSorted(([, a], [, b]) => weight(b) - weight(a))
    .map(([op, kind]) => [
      op,
      integer(kind.uses),
      unit.show(kind.flops),
      significant(kind.flops / kind.bytes),
      ...(timed ? [duration(kind.seconds)] : []),
      percent(weight(kind) / whole),
      ...(timed ? [kind.memory >= kind.seconds / 2 ? "memory" : "compute"] : []),
    ]);
  return {
    title: "Forward pass by kind of op",
    columns: [
      left("op"),
      optional("uses"),
      right(unit.name),
      optional("FLOP/B"),
      ...(timed ? [right("time")] : []),
      right("share"),
      ...(timed ? [left("bound by")] : []),
    ],
    rows,
  };
}

/**
 * The tree of modules, `depth` levels deep, with what runs in a module outside its children. Costs are of all
 * instances together; parameters of one.
 */
export function blocksSection({ blocks, time, flops }: Analysis, depth = 4): Section {
  const timed = time.forwardSeconds !== null;
  const unit = flopUnit(flops.forward);
  const [bytes] = byteUnits(Math.min(9e10, blocks.bytes));
  const rows: string[][] = [];
  interface Costs {
    readonly flops: number;
    readonly bytes: number;
    readonly seconds: number | null;
    readonly bound: string | null;
  }
  const add = (name: string, count: number, params: string, each: Costs, times: number): void => {
    const seconds = (each.seconds ?? 0) * times;
    rows.push([
      name,
      count > 1 ? `×${count}` : "",
      params,
      unit.show(each.flops * times),
      bytes.show(each.bytes * times),
      each.bytes === 0 ? "" : significant(each.flops / each.bytes),
      ...(timed ? [duration(seconds)] : []),
      percent(timed ? seconds / time.forwardSeconds : (each.flops * times) / flops.forward),
      ...(timed ? [each.bound ?? ""] : []),
    ]);
  };
  const visit = (block: BlockRow, lead: string, below: string, outer: number, level: number): void => {
    const times = outer * block.count;
    add(lead + block.name, block.count, block.params === 0 ? "" : shortCount(block.params), block, times);
    if (level >= depth || block.children.length === 0) return;
    const last = block.children.length + block.ops.length - 1;
    block.ops.forEach((group, i) =>
      add(`${below}${i === last ? "└" : "├"} · ${group.op}`, group.count, "", group, times),
    );
    block.children.forEach((child, i) => {
      const end = i + block.ops.length === last;
      visit(child, `${below}${end ? "└ " : "├ "}`, `${below}${end ? "  " : "│ "}`, times, level + 1);
    });
  };
  visit(blocks, "", "", 1, 0);
  return {
    title: "Forward pass by module",
    columns: [
      left("module"),
      right("×"),
      right("params"),
      right(unit.name),
      optional(`${bytes.name} moved`),
      optional("FLOP/B"),
      ...(timed ? [right("time")] : []),
      right("share"),
      ...(timed ? [left("bound by")] : []),
    ],
    rows,
    total: 0,
  };
}

export function symbolicSection({ symbolic }: Analysis): Section | undefined {
  if (symbolic === null) return undefined;
  return {
    title: "As formulas",
    columns: [left("total"), left("in B (batch) and seq")],
    rows: Object.entries(symbolic).map(([key, formula]) => [key, formula]),
  };
}
