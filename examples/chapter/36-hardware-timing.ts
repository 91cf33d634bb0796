// How long BERT-base takes on an A100 at 70 % of its peak: forward, batch, training step, tokens per second.
import { input } from "lintel";
import { hardware, roofline, trace, weightsBytes } from "lintel/cost";
import { buildModel } from "lintel/models";
import { bytes, count, flops, heading, milliseconds, show } from "./format.js";

const gpu = { ...hardware["a100-40gb"], bandwidthBytesPerSecond: 1.6e12 }; // rounded as in the chapter
const model = buildModel("textbook-bert", { device: "abstract" });
const formulas = trace(model, [input(["B", "n"], { dtype: "int32" })]);

/** Seconds that the products of a forward pass take, and reading every weight once. */
function time(batch: number, efficiency: number) {
  const work = Number(formulas.bind({ B: batch, n: 512 }).totals.matmulFlops.value());
  const timing = roofline({ flops: work, matmulFlops: work, bytes: weights }, gpu, {
    dtype: "float16",
    efficiency,
  });
  return { work, ...timing };
}
const weights = weightsBytes(formulas);

const single = time(1, 0.7);
const batch = time(32, 0.7);
console.log("Arithmetic, 312 TFLOP/s at 70 %, n = 512");
show("one sequence, forward", `${flops(single.work)} in ${milliseconds(single.computeSeconds, 2)}`);
show("a batch of 32", milliseconds(batch.computeSeconds, 1));
show("training step, 3 × forward", milliseconds(3 * batch.computeSeconds, 1));
show("training throughput", `${count(Math.round((32 * 512) / (3 * batch.computeSeconds)))} tokens/s`);

heading("Bandwidth, 1.6 TB/s: reading every weight once");
show("weights", `${count(model.parameterCount)} × 4 bytes = ${bytes(weights)}`);
show("time", milliseconds(time(1, 1).memorySeconds, 2));
