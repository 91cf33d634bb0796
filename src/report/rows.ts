import {
  dtypeOf,
  forwardTiming,
  intensityOf,
  totalOf,
  type Block,
  type OpRecord,
  type Trace,
} from "../cost/index.js";
import type { Size } from "../shape/dim.js";
import type { BlockRow, Extent, OpGroup, OpRow } from "./analysis.js";
import type { Settings } from "./options.js";

const extent =
  ({ symbolic }: Settings) =>
  (size: Size): Extent =>
    symbolic && typeof size === "object" ? size.toCanonicalString() : size.valueOf();

const timeOf = (record: OpRecord, { device, efficiency, tf32 }: Settings) =>
  device && forwardTiming(record, device, { efficiency, tf32 });

/** One row per op, views aside. `named` and `numbers` are one trace, before and after its names became numbers. */
export function opRows(named: Trace, numbers: Trace, settings: Settings): OpRow[] {
  return numbers.ops.map((record): OpRow => {
    const { path, op, params, index } = record;
    const { inputs, outputs, flops } = named.records[index];
    const timing = timeOf(record, settings);
    return {
      path,
      op,
      inputs: inputs.map(({ dims }) => dims.map(extent(settings))),
      output: outputs[0].dims.map(extent(settings)),
      dtype: dtypeOf(record),
      params: Number(params.value()),
      flops: Number(record.flops.value()),
      matmulFlops: Number(record.matmulFlops.value()),
      bytesRead: Number(record.bytesRead.value()),
      bytesWritten: Number(record.bytesWritten.value()),
      intensity: intensityOf(record),
      bound: timing?.bound ?? null,
      seconds: timing?.seconds ?? null,
      formula: String(flops),
    };
  });
}

interface Seconds {
  compute: number;
  memory: number;
}

const boundOf = ({ compute, memory }: Seconds): "compute" | "memory" =>
  compute >= memory ? "compute" : "memory";

/** Seconds in ops bound by arithmetic and by bandwidth. */
function timesOf(records: readonly OpRecord[], settings: Settings): Seconds {
  const times = { compute: 0, memory: 0 };
  for (const record of records) {
    const timing = record.isView ? undefined : timeOf(record, settings);
    if (timing !== undefined) times[timing.bound] += timing.seconds;
  }
  return times;
}

function groupsOf(records: readonly OpRecord[], settings: Settings): OpGroup[] {
  const kinds = new Map<string, OpRecord[]>();
  for (const record of records) {
    if (!record.isView) kinds.set(record.op, [...(kinds.get(record.op) ?? []), record]);
  }
  return [...kinds].map(([op, uses]) => {
    const { flops, bytesRead, bytesWritten } = totalOf(uses);
    const times = timesOf(uses, settings);
    return {
      op,
      count: uses.length,
      flops: Number(flops.value()),
      bytes: Number(bytesRead.plus(bytesWritten).value()),
      seconds: settings.device === undefined ? null : times.compute + times.memory,
      bound: settings.device === undefined ? null : boundOf(times),
    };
  });
}

/** The tree of modules with what one instance of each costs. */
export function blockRow(block: Block, settings: Settings): BlockRow {
  return timedRow(block, settings).row;
}

function timedRow(block: Block, settings: Settings): { row: BlockRow; times: Seconds } {
  const { name, paths, totals } = block;
  const children = block.children.map((child) => timedRow(child, settings));
  const times = timesOf(block.ops, settings);
  for (const { row, times: below } of children) {
    times.compute += below.compute * row.count;
    times.memory += below.memory * row.count;
  }
  const timed = settings.device !== undefined;
  const row = {
    name,
    count: paths.length,
    paths,
    params: Number(totals.params.value()),
    flops: Number(totals.flops.value()),
    matmulFlops: Number(totals.matmulFlops.value()),
    bytes: Number(totals.bytesRead.plus(totals.bytesWritten).value()),
    seconds: timed ? times.compute + times.memory : null,
    bound: timed ? boundOf(times) : null,
    ops: groupsOf(block.ops, settings),
    children: children.map((child) => child.row),
  };
  return { row, times };
}
