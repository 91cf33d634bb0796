import { describe } from "../base/describe.js";
import { ConfigError } from "../base/errors.js";
import { requireString } from "../base/options.js";
import { showShape } from "../shape/dim.js";
import { requireRecords } from "./checks.js";
import type { OpRecord, Operand } from "./record.js";
import { totalOf, type Totals } from "./trace.js";

/** A module of the model with everything inside it. Equal numbered siblings are folded into one. */
export interface Block {
  /** The last segments of the path: `query`, or `layer.{0..11}` for folded siblings. */
  readonly name: string;
  /** Paths of all instances: one, or one per folded sibling. */
  readonly paths: readonly string[];
  /** What one instance costs, with everything inside it. */
  readonly totals: Totals;
  /** The ops directly in this module, of the first instance. */
  readonly ops: readonly OpRecord[];
  readonly children: readonly Block[];
}

interface Node {
  readonly path: string;
  readonly ops: OpRecord[];
  readonly children: Map<string, Node>;
}

const node = (path: string): Node => ({ path, ops: [], children: new Map() });

/**
 * The ops as a tree of modules, in the order in which they ran. Siblings that are numbered (`layer.0`,
 * `layer.1` …) and equal in shape and cost are one block with many paths.
 *
 * @example
 * const { records } = trace(new Mlp(64, 256), [input(["B", 64])]);
 * blockTree(records, "mlp").children.map(({ name }) => name); // ["up_proj", "down_proj"]
 */
export function blockTree(records: readonly OpRecord[], name = ""): Block {
  requireRecords("blockTree", records);
  requireString("blockTree", "the name", name);
  const root = node("");
  for (const record of records) {
    let at = root;
    for (const segment of record.path === "" ? [] : record.path.split(".")) {
      let child = at.children.get(segment);
      if (child === undefined) {
        child = node(at.path === "" ? segment : `${at.path}.${segment}`);
        at.children.set(segment, child);
      }
      at = child;
    }
    at.ops.push(record);
  }
  return fold(root, name, new Map()).block;
}

interface Folded {
  readonly block: Block;
  /** Of everything below the path, even where `block` stands for one of several. */
  readonly totals: Totals;
  /** Equal for blocks that do the same: a number for each different description. */
  readonly signature: number;
}

function fold({ path, ops, children }: Node, name: string, seen: Map<string, number>): Folded {
  const folded = [...children].map(([segment, child]) => ({ segment, ...fold(child, segment, seen) }));
  const groups = new Map<string | number, typeof folded>();
  for (const child of folded) {
    const key = /^\d+$/.test(child.segment) ? child.signature : `${child.segment}: ${child.signature}`;
    groups.set(key, [...(groups.get(key) ?? []), child]);
  }
  const blocks = [...groups.values()].map((group): Block => {
    const [{ block }] = group;
    if (group.length === 1) return block;
    const paths = group.map((child) => child.block.paths[0]);
    return { ...block, name: `{${ranges(group.map((child) => Number(child.segment)))}}`, paths };
  });
  const totals = totalOf([...ops, ...folded.map((child) => child.totals)]);
  const block = { name, paths: [path], totals, ops, children: blocks };
  const below = folded.map((child) => `${child.segment}=${child.signature}`);
  const description = [...ops.map(signatureOf), ...below].join("; ");
  const signature = seen.get(description) ?? seen.size;
  seen.set(description, signature);
  return { block: path === "" ? block : joinNumbered(block), totals, signature };
}

/** `layer` that holds nothing but one run of numbers becomes `layer.{0..11}`. */
function joinNumbered(block: Block): Block {
  const [only, ...others] = block.children;
  if (only === undefined || others.length > 0 || block.ops.length > 0 || only.paths.length === 1)
    return block;
  return { ...only, name: `${block.name}.${only.name}` };
}

const operandSignature = ({ dims, dtype }: Operand): string => `${dtype}${showShape(dims)}`;

function signatureOf(record: OpRecord): string {
  const costs = [record.flops, record.matmulFlops, record.bytesRead, record.bytesWritten];
  return [
    record.op,
    record.params.toCanonicalString(),
    ...record.inputs.map(operandSignature),
    ...record.outputs.map(operandSignature),
    ...costs.map((cost) => cost.toCanonicalString()),
  ].join(" ");
}

/** 0, 1, 2, 5 → `0..2,5`; every second one: `0..4:2`; two apart are listed: `1,4`. */
export function ranges(numbers: readonly number[]): string {
  const parts: string[] = [];
  for (let i = 0; i < numbers.length;) {
    const step = numbers[i + 1] - numbers[i];
    let end = i;
    while (numbers[end + 1] - numbers[end] === step) end++;
    if (end === i + 1 && step !== 1) end = i; // two points are no pattern
    parts.push(end === i ? `${numbers[i]}` : `${numbers[i]}..${numbers[end]}${step === 1 ? "" : `:${step}`}`);
    i = end + 1;
  }
  return parts.join(",");
}

/**
 * The largest blocks that repeat, as lists of instance paths: what gradient checkpointing recomputes.
 *
 * @example
 * const model = buildModel("gpt2", { device: "abstract" });
 * const { records } = trace(model, [input([1, 8], { dtype: "int32" })]);
 * repeatedBlocks(blockTree(records))[0].length; // 12
 */
export function repeatedBlocks(block: Block): readonly (readonly string[])[] {
  if (!Array.isArray((block as Block | null | undefined)?.children)) {
    throw new ConfigError(`repeatedBlocks: takes what blockTree(records) answers, got ${describe(block)}`, {
      value: block,
    });
  }
  return block.paths.length > 1 ? [block.paths] : block.children.flatMap((child) => repeatedBlocks(child));
}
