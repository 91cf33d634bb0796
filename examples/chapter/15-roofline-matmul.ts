// The roofline of one product on an A100: does arithmetic or memory decide how long it takes?
import { input, matmul } from "lintel";
import { hardware, ridge, roofline, trace } from "lintel/cost";
import { binaryBytes, bytes, count, flops, heading, milliseconds, show } from "./format.js";

const a100 = hardware["a100-40gb"];
/** The chapter rounds the bandwidth of 1,555 GB/s to 1.6 TB/s. */
const rounded = { ...a100, bandwidthBytesPerSecond: 1.6e12 };

const A = input([4096, 4096]);
const B = input([4096, 4096]);
const { totals } = trace(() => matmul(A, B));
const work = Number(totals.flops.value());
const moved = Number(totals.bytesRead.plus(totals.bytesWritten).value());

console.log("C = A B with 4096 × 4096 matrices of 4-byte floats");
show("FLOPs", `${count(work)} ≈ ${flops(work)}`);
show("bytes: A and B read, C written", `${count(moved)} = ${binaryBytes(moved)} = ${bytes(moved)}`);

for (const [label, gpu] of [
  ["A100, bandwidth rounded to 1.6 TB/s", rounded],
  [`${a100.name}, as published`, a100],
] as const) {
  const time = roofline(totals, gpu, { dtype: "float16" });
  heading(label);
  show("peak, FP16 tensor cores", `${gpu.peakFlopsPerSecond.float16 / 1e12} TFLOP/s`);
  show("bandwidth", `${gpu.bandwidthBytesPerSecond / 1e9} GB/s`);
  show("compute time", milliseconds(time.computeSeconds, 2));
  show("memory time", milliseconds(time.memorySeconds));
  show("bound by", time.bound);
}

const half = trace(() =>
  matmul(input([4096, 4096], { dtype: "float16" }), input([4096, 4096], { dtype: "float16" })),
);
const halfBytes = Number(half.totals.bytesRead.plus(half.totals.bytesWritten).value());
const time = roofline(half.totals, rounded, { dtype: "float16" });
heading("FP16 arithmetic works on 2-byte numbers, so half of that moves:");
show("bytes", `${count(halfBytes)} = ${binaryBytes(halfBytes)}`);
show("memory time", milliseconds(time.memorySeconds));
show("arithmetic intensity", `${(work / halfBytes).toFixed(0)} FLOP/byte`);
show("compute-bound above", `${ridge(rounded, { dtype: "float16" })} FLOP/byte`);
