import { dtypeOf, forwardTiming, intensityOf, type Block, type OpRecord, type Trace } from "../cost/index.js";
import { isKnown, type Size } from "../shape/dim.js";
import type { BlockRow, Extent, OpRow } from "./analysis.js";
import type { Settings } from "./options.js";

const extent = (size: Size): Extent =>
  typeof size === "object" && !isKnown(size) ? size.toCanonicalString() : Number(size.valueOf());

const timeOf = (record: OpRecord, { device, efficiency, tf32 }: Settings) =>
  device && forwardTiming(record, device, { efficiency, tf32 });

/** One row per op, views aside: `numbers` has sizes for all names, `named` prints formulas and shapes. */
export function opRows(named: Trace, numbers: Trace, settings: Settings): OpRow[] {
  return numbers.ops.map((record): OpRow => {
    const { path, op, params, index } = record;
    const { inputs, outputs, flops } = named.records[index];
    const timing = timeOf(record, settings);
    return {
      path,
      op,
      inputs: inputs.map(({ dims }) => dims.map(extent)),
      output: outputs[0].dims.map(extent),
      dtype: dtypeOf(record),
      params,
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

/** Seconds that one instance of a block spends in ops bound by arithmetic and by bandwidth. */
function blockTimes(block: Block, settings: Settings): { compute: number; memory: number } {
  const times = { compute: 0, memory: 0 };
  for (const record of block.ops) {
    const timing = record.isView ? undefined : timeOf(record, settings);
    if (timing !== undefined) times[timing.bound] += timing.seconds;
  }
  for (const child of block.children) {
    const { compute, memory } = blockTimes(child, settings);
    times.compute += compute * child.paths.length;
    times.memory += memory * child.paths.length;
  }
  return times;
}

/** The tree of modules with what one instance of each costs. */
export function blockRow(block: Block, settings: Settings): BlockRow {
  const { name, paths, totals, children } = block;
  const { compute, memory } = blockTimes(block, settings);
  const timed = settings.device !== undefined;
  return {
    name,
    count: paths.length,
    paths,
    params: totals.params,
    flops: Number(totals.flops.value()),
    matmulFlops: Number(totals.matmulFlops.value()),
    bytes: Number(totals.bytesRead.plus(totals.bytesWritten).value()),
    seconds: timed ? compute + memory : null,
    bound: timed ? (compute >= memory ? "compute" : "memory") : null,
    children: children.map((child) => blockRow(child, settings)),
  };
}
