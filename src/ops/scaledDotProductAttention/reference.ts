import type { Kernel } from "../../op/define.js";
import { broadcastStrides, readValues, writeValues } from "../../op/loops.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { AttentionAttributes } from "./attributes.js";

/** One query at a time, in float64: scores over its keys, softmax, weighted sum of values. */
export const attentionReference: Kernel<AttentionAttributes> = ([q, k, v, mask], [y], { causal, scale }) => {
  const [n, d] = q.sizes.slice(-2);
  const [m, e] = v.sizes.slice(-2);
  const lead = q.sizes.slice(0, -2);
  const factor = scale ?? 1 / Math.sqrt(d);
  const [queries, keys, values] = [readValues(q), readValues(perHead(k, lead)), readValues(perHead(v, lead))];
  const biases = mask === undefined ? undefined : additive(mask, [...lead, n, m]);
  const out = new Float64Array(y.size);
  const scores = new Float64Array(m);
  for (let row = 0; row < out.length / e; row++) {
    const head = Math.floor(row / n);
    const visible = causal ? Math.max(0, Math.min(m, (row % n) + 1 + m - n)) : m;
    let largest = -Infinity;
    for (let j = 0; j < visible; j++) {
      let total = 0;
      for (let p = 0; p < d; p++) total += queries[row * d + p] * keys[(head * m + j) * d + p];
      scores[j] = total * factor + (biases?.[row * m + j] ?? 0);
      largest = Math.max(largest, scores[j]);
    }
    if (largest === -Infinity) continue; // nothing to attend to
    let total = 0;
    for (let j = 0; j < visible; j++) total += scores[j] = Math.exp(scores[j] - largest);
    for (let j = 0; j < visible; j++) {
      for (let p = 0; p < e; p++) out[row * e + p] += (scores[j] / total) * values[(head * m + j) * e + p];
    }
  }
  writeValues(y, out);
};

/** Keys or values with the leading axes of the queries: [...batch, g, m, d] repeated to [...batch, h, m, d]. */
function perHead(x: Tensor, lead: readonly number[]): Tensor {
  const sizes = [...lead, ...x.sizes.slice(-2)];
  if (x.ndim === 2 || lead.length === 0) {
    return x.withView({ dims: sizes, strides: broadcastStrides(x, sizes) });
  }
  const [heads, shared] = [lead[lead.length - 1], x.sizes[x.ndim - 3]];
  const grouped = [...lead.slice(0, -1), shared, shared === 0 ? 1 : heads / shared, ...x.sizes.slice(-2)];
  const strides = broadcastStrides(x, [...lead.slice(0, -1), ...x.sizes.slice(-3)]);
  return x.withView({ dims: grouped, strides: strides.toSpliced(-2, 0, 0) });
}

/** What the mask adds to every score: 0 or −∞ for booleans. */
function additive(mask: Tensor, scores: readonly number[]): Float64Array {
  const values = readValues(mask.withView({ dims: scores, strides: broadcastStrides(mask, scores) }));
  return mask.dtype === "bool" ? values.map((value) => (value === 0 ? -Infinity : 0)) : values;
}
