import { describe, expect, it } from "vitest";
import { add } from "../ops/add/op.js";
import { exp } from "../ops/exp/op.js";
import { abstractTensor } from "../tensor/create.js";
import { parsePolynomial } from "../shape/parse.js";
import { encoder, encoderInputs } from "./encoder.fixture.js";
import {
  activationBytes,
  checkpointedBytes,
  peakActivationBytes,
  recomputedFlops,
  trainingMemory,
} from "./memory.js";
import { trace } from "./recorder.js";

const bert = trace(encoder(), encoderInputs("B", "seq"));
const sized = bert.bind({ B: 32, seq: 512 });

describe("training memory", () => {
  it("keeps what Korthikanti et al. (2022) count, dropout aside", () => {
    // Their 34·sbh + 5·as²b bytes are in float16. Dropout's part is 2 bytes of masks of width h, and of the scores
    // a mask and a second copy: without it 32·sbh + 2·as²b, here in float32 with h = 768 and a = 12.
    const [one, two] = [1, 2].map((layers) =>
      activationBytes(trace(encoder({ layers }), encoderInputs("B", "seq"))),
    );
    const perLayer = two.minus(one);
    expect(perLayer.equals(parsePolynomial("2*32*B*seq*768 + 2*2*12*B*seq^2"))).toBe(true);
  });

  it("budgets Adam in float32 as 4 + 4 + 8 bytes per parameter", () => {
    const { weightsBytes, gradientsBytes, optimizerBytes, totalBytes, ...rest } = trainingMemory(sized);
    expect([weightsBytes, gradientsBytes, optimizerBytes]).toEqual([436_177_920, 436_177_920, 872_355_840]);
    expect(totalBytes).toBe(16 * 109_044_480 + rest.activationsBytes + rest.workspaceBytes);
    // softmax: the gradients of its result and of its operand, 402.7 MB each
    expect(rest.workspaceBytes).toBe(2 * 402_653_184);
  });

  it("budgets half types with a float32 master copy: 16 bytes per parameter in all", () => {
    const half = trace(encoder({ dtype: "bfloat16" }), encoderInputs(1, 8));
    const { weightsBytes, gradientsBytes, optimizerBytes } = trainingMemory(half);
    expect(weightsBytes + gradientsBytes + optimizerBytes).toBe(16 * 109_044_480);
  });

  it("keeps one entry per layer and one layer's activations with checkpointing", () => {
    const entry = 50_331_648;
    const layer = 16 * entry + 402_653_184;
    // Twelve entries, the result, and what the embeddings' norm reads; the layer that is being recomputed leaves its
    // own result, which is the next one's entry.
    expect(checkpointedBytes(sized)).toBe(14 * entry + layer - entry);
    expect(trainingMemory(sized, { checkpointing: true }).activationsBytes).toBe(checkpointedBytes(sized));
    const layers = sized.records.filter(({ path }) => path.startsWith("layer"));
    expect(recomputedFlops(sized).value()).toBe(layers.reduce((sum, { flops }) => sum + flops.value(), 0n));
  });
});

describe("inference memory", () => {
  it("is the most that is alive at once", () => {
    // x and exp(x); then the sum, with both
    const x = abstractTensor([1000]);
    const run = trace((y: never) => add(exp(y), y), [x]);
    expect(peakActivationBytes(run)).toBe(3 * 4000);
    // the first result is dead when the third is made
    const chain = trace((y: never) => exp(exp(exp(y))), [x]);
    expect(peakActivationBytes(chain)).toBe(2 * 4000);
  });

  it("is bound by the scores in an encoder", () => {
    // softmax of the scores, beside what waits for the block: x and the values
    const [scores, hidden] = [402_653_184, 50_331_648];
    const ids = 32 * 512 * 4 + 512 * 4;
    expect(peakActivationBytes(sized)).toBeGreaterThanOrEqual(2 * scores + 2 * hidden);
    expect(peakActivationBytes(sized)).toBeLessThanOrEqual(2 * scores + 4 * hidden + ids);
  });
});
