import {
  attendBlocks,
  gemmBatched,
  softmaxRows,
  type BatchedGemmCall,
  type Operand,
} from "../../kernels/index.js";
import type { Kernel } from "../../op/define.js";
import { broadcastStrides } from "../../op/loops.js";
import type { Tensor } from "../../tensor/tensor.js";
import { batchOffsets, computesInFloat32, float32Values, matrixOperand, writeFloat32 } from "../wasm.js";
import { ScoreMask } from "./mask.js";
import type { AttentionAttributes } from "./attributes.js";

/** Scores held at a time: 1 MiB, which stays in the second-level cache between the two products. */
const BLOCK = 2 ** 18;

/** Queries in a causal block: small enough to skip most keys that none of them sees. */
const CAUSAL_ROWS = 128;

/**
 * Blocks of queries at a time: q kᵀ, mask, softmax, · v. The queries that share a key head lie behind each other,
 * so a group of heads is one taller product and no key is repeated.
 */
export function attendInBlocks(
  [q, k, v, mask]: readonly Tensor[],
  [y]: readonly Tensor[],
  { causal, scale }: AttentionAttributes,
  multiply: (call: BatchedGemmCall) => void,
): void | false {
  const [n, d] = q.sizes.slice(-2);
  const [m, e] = v.sizes.slice(-2);
  const lead = q.sizes.slice(0, -2);
  const keyHeads = k.sizes[k.ndim - 3] ?? 1;
  if (![q, k, v, y].every(computesInFloat32) || keyHeads !== (v.sizes[v.ndim - 3] ?? 1)) return false;

  const shared = lead.length === 0 ? lead : [...lead.slice(0, -1), keyHeads];
  const rows = ((lead.at(-1) ?? 1) / keyHeads) * n; // queries of one key head
  const [keys, values] = [matrixOperand(k)!, matrixOperand(v)!];
  const keysTransposed = { ...keys, rowStride: keys.colStride, colStride: keys.rowStride };
  const [keyOffsets, valueOffsets] = [headOffsets(k, shared), headOffsets(v, shared)];
  const queries = scaled(float32Values(q)!, scale ?? 1 / Math.sqrt(d));
  const masking = new ScoreMask(mask, lead, n, m, causal);

  return writeFloat32(y, (out) => {
    const scores = new Float32Array(Math.min(Math.max(BLOCK, m), keyOffsets.length * rows * m));
    /** The queries `first` to `first + height` of each of `count` key heads. */
    const attend = (head: number, count: number, first: number, height: number, sees: number): void => {
      const start = head * rows + first;
      const block = scores.subarray(0, count * height * sees);
      multiply({
        m: height,
        n: sees,
        k: d,
        a: rowMajor(queries, start * d, d),
        b: keysTransposed,
        c: rowMajor(block, 0, sees),
        aOffsets: multiples(count, rows * d),
        bOffsets: keyOffsets.slice(head, head + count),
        cOffsets: multiples(count, height * sees),
      });
      const blind = masking.apply(block, start, count * height, sees);
      softmaxRows({ input: block, output: block, columns: sees });
      for (const row of blind) block.fill(0, row * sees, (row + 1) * sees);
      multiply({
        m: height,
        n: e,
        k: sees,
        a: rowMajor(block, 0, sees),
        b: values,
        c: rowMajor(out, start * e, e),
        aOffsets: multiples(count, height * sees),
        bOffsets: valueOffsets.slice(head, head + count),
        cOffsets: multiples(count, rows * e),
      });
    };
    const height = Math.max(1, Math.min(n, causal ? CAUSAL_ROWS : n, Math.floor(BLOCK / m)));
    const together = Math.floor(BLOCK / (rows * m));
    for (let head = 0; head < keyOffsets.length;) {
      if (together > 0 && height === n) {
        const count = Math.min(together, keyOffsets.length - head);
        attend(head, count, 0, rows, m);
        head += count;
        continue;
      }
      for (let first = 0; first < rows;) {
        const query = first % n;
        const count = Math.min(height, n - query); // a block stays within one query head
        const sees = causal ? Math.max(0, Math.min(m, query + count + m - n)) : m;
        if (sees > 0) attend(head, 1, first, count, sees);
        first += count;
      }
      head++;
    }
  });
}

/** Fewer queries share packed keys too rarely: the products then read them in place. */
const FEW_QUERIES = 16;

/** One pass over the keys without a matrix of scores; a few queries, and what does not fit, in blocks of scores. */
export const attentionWasm: Kernel<AttentionAttributes> = (inputs, outputs, attributes) =>
  attendInOnePass(inputs, outputs, attributes)
    ? undefined
    : attendInBlocks(inputs, outputs, attributes, gemmBatched);

function attendInOnePass(
  [q, k, v, mask]: readonly Tensor[],
  [y]: readonly Tensor[],
  { causal, scale }: AttentionAttributes,
): boolean {
  const [n, d] = q.sizes.slice(-2);
  const [m, e] = v.sizes.slice(-2);
  const lead = q.sizes.slice(0, -2);
  const keyHeads = k.sizes[k.ndim - 3] ?? 1;
  if (n < FEW_QUERIES || y.size === 0 || ![q, k, v, y].every(computesInFloat32)) return false;
  if (keyHeads !== (v.sizes[v.ndim - 3] ?? 1)) return false;
  const shared = lead.length === 0 ? lead : [...lead.slice(0, -1), keyHeads];
  let done = false;
  writeFloat32(y, (output) => {
    done = attendBlocks({
      n,
      m,
      d,
      e,
      scale: scale ?? 1 / Math.sqrt(d),
      causal,
      q: matrixOperand(q)!,
      k: matrixOperand(k)!,
      v: matrixOperand(v)!,
      qOffsets: batchOffsets(lead, q.strides.slice(0, -2)),
      kOffsets: headOffsets(k, shared),
      vOffsets: headOffsets(v, shared),
      bias: new ScoreMask(mask, lead, n, m, causal).bias,
      output,
    });
  });
  return done;
}

function scaled(values: Float32Array, factor: number): Float32Array {
  const result = new Float32Array(values.length);
  for (let i = 0; i < values.length; i++) result[i] = values[i] * factor;
  return result;
}

const rowMajor = (data: Float32Array, offset: number, width: number): Operand<Float32Array> => ({
  data,
  offset,
  rowStride: width,
  colStride: 1,
});

const multiples = (count: number, step: number): number[] =>
  Array.from({ length: count }, (_, i) => i * step);

/** Where each key head of each batch starts. */
const headOffsets = (x: Tensor, shared: readonly number[]): number[] =>
  batchOffsets(shared, broadcastStrides(x, [...shared, ...x.sizes.slice(-2)]).slice(0, -2));
