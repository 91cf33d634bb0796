// Exercise 5: batched attention scores: shape, FLOPs, arithmetic intensity, and what bounds them.
import { input } from "lintel";
import { hardware, intensityOf, ridge, roofline, trace } from "lintel/cost";
import { count, flops, heading, milliseconds, show, times } from "./format.js";

const Q = input(["B", "n", "d_k"]);
const K = input(["B", "n", "d_k"]);
const { totals, outputs } = trace(() => Q.matmul(K.transpose())).bind({ B: 16, n: 1024, d_k: 64 });

console.log("(1) Dimensions of A = QKᵀ");
show("A", times(outputs[0].dims));

heading("(2) FLOPs");
const work = Number(totals.flops.value());
show("B · 2n²d_k", `${count(work)} ≈ ${flops(work, 2)}`);

heading("(3) Arithmetic intensity");
const moved = Number(totals.bytesRead.plus(totals.bytesWritten).value());
show("read: Q and K", `${count(totals.bytesRead.value())} bytes`);
show("written: A", `${count(totals.bytesWritten.value())} bytes`);
show("transferred", `${count(moved)} bytes`);
show("intensity", `${intensityOf(totals).toFixed(1)} FLOP/byte`);

heading("(4) On 312 TFLOP/s and 1.6 TB/s");
const gpu = { ...hardware["a100-40gb"], bandwidthBytesPerSecond: 1.6e12 };
const tensorCores = { dtype: "float16" } as const;
const time = roofline(totals, gpu, tensorCores);
show("compute-bound above", `${ridge(gpu, tensorCores)} FLOP/byte`);
show("compute time", milliseconds(time.computeSeconds, 4));
show("memory time", milliseconds(time.memorySeconds, 4));
show("bound by", time.bound);

// 312 TFLOP/s is for 2-byte numbers. The 4-byte ones above run on other units of the same GPU.
const single = roofline(totals, gpu, { dtype: "float32" });
heading(`Honest 32-bit arithmetic, ${gpu.peakFlopsPerSecond.float32 / 1e12} TFLOP/s`);
show("compute-bound above", `${ridge(gpu, { dtype: "float32" }).toFixed(1)} FLOP/byte`);
show("compute time", milliseconds(single.computeSeconds, 4));
show("bound by", single.bound);
