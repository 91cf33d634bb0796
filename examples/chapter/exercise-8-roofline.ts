// Exercise 8: a 2048 × 2048 product on 100 TFLOP/s and 900 GB/s: time and bottleneck.
import { input } from "lintel";
import { hardware, intensityOf, ridge, roofline, trace } from "lintel/cost";
import { binaryBytes, count, flops, heading, milliseconds, show } from "./format.js";

const { totals } = trace(() => input([2048, 2048]).matmul(input([2048, 2048])));
const work = Number(totals.flops.value());
const moved = Number(totals.bytesRead.plus(totals.bytesWritten).value());

console.log("(1) FLOPs");
show("2 · 2048³", `${count(work)} ≈ ${flops(work)}`);

heading("(2) Memory transferred");
show("A and B read", `${count(totals.bytesRead.value())} bytes`);
show("C written", `${count(totals.bytesWritten.value())} bytes`);
show("total", `${count(moved)} bytes = ${binaryBytes(moved)}`);

heading("(3) Arithmetic intensity");
show("intensity", `${intensityOf(totals).toFixed(1)} FLOP/byte`);

const { peakFlopsPerSecond, ...a100 } = hardware["a100-40gb"];
const gpu = {
  ...a100,
  bandwidthBytesPerSecond: 900e9,
  peakFlopsPerSecond: { ...peakFlopsPerSecond, float32: 100e12 },
};
const time = roofline(totals, gpu);
heading("(4) Execution time at full utilisation");
show("compute time", milliseconds(time.computeSeconds));
show("memory time", milliseconds(time.memorySeconds, 4));
show("execution time", milliseconds(time.seconds));

heading("(5) Bottleneck");
show("bound by", time.bound);
show("compute-bound above", `${ridge(gpu).toFixed(1)} FLOP/byte`);
