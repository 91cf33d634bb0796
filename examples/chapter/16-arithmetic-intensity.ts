// Arithmetic intensity: 0.125 FLOP/byte for ReLU, n/6 for a product of n × n matrices.
import { input, matmul, relu } from "lintel";
import { hardware, intensityOf, ridge, trace } from "lintel/cost";
import { heading, show } from "./format.js";

const x = input(["n"]);
const A = input(["n", "n"]);
const elementwise = trace(() => relu(x));
const product = trace(() => matmul(A, A.transpose()));

console.log("FLOPs and bytes as formulas, 4 bytes per element:");
for (const [name, { totals }] of Object.entries({
  "ReLU of n elements": elementwise,
  "n × n product": product,
})) {
  const moved = totals.bytesRead.plus(totals.bytesWritten).toCanonicalString();
  show(name, `${totals.flops} FLOPs, ${moved} bytes`);
}

const a100 = { ...hardware["a100-40gb"], bandwidthBytesPerSecond: 1.6e12 }; // rounded as in the chapter
const peaks = ["float16", "float32"] as const;
const ridges = peaks.map((dtype) => ridge(a100, { dtype }));
heading("An A100 is busy with arithmetic above:");
show("FP16 tensor cores, 312 TFLOP/s", `${ridges[0].toFixed(1)} FLOP/byte`);
show("FP32 cores, 19.5 TFLOP/s", `${ridges[1].toFixed(1)} FLOP/byte`);

heading("FLOP per byte, and what bounds it at either peak:");
const verdict = (intensity: number) =>
  peaks.map((dtype, i) => `${dtype} ${intensity > ridges[i] ? "compute" : "memory"}`).join(", ");
for (const n of [1024, 1 << 20]) {
  const intensity = intensityOf(elementwise.bind({ n }).totals);
  show(`ReLU, n = ${n}`, `${intensity}  (${verdict(intensity)})`);
}
for (const n of [64, 1024, 4096]) {
  const intensity = intensityOf(product.bind({ n }).totals);
  show(`product, n = ${n}: n/6 =`, `${intensity.toFixed(1)}  (${verdict(intensity)})`);
}
