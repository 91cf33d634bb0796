import { describe, expect, it } from "vitest";
import { ConfigError } from "../base/errors.js";
import { matmul } from "../ops/matmul/op.js";
import { relu } from "../ops/relu/op.js";
import { abstractTensor } from "../tensor/create.js";
import { encoder, encoderInputs } from "./encoder.fixture.js";
import { findHardware, hardware } from "./hardware/index.js";
import { weightsBytes } from "./memory.js";
import { intensityOf } from "./record.js";
import { trace } from "./recorder.js";
import { backwardSeconds, forwardTiming, peakFlops, ridge, roofline, workOf } from "./roofline.js";

const a100 = hardware["a100-40gb"];
const square = (n: number, dtype: "float16" | "float32" = "float32") =>
  trace(() => matmul(abstractTensor([n, n], dtype), abstractTensor([n, n], dtype))).records[0];

describe("arithmetic intensity", () => {
  it("is 1/8 for ReLU and n/6 for a product of float32 matrices", () => {
    const [record] = trace(() => relu(abstractTensor(["B", 4096]))).bind({ B: 64 }).records;
    expect(intensityOf(record)).toBe(0.125);
    expect(intensityOf(square(1024))).toBeCloseTo(1024 / 6, 10);
    expect(intensityOf(square(64))).toBeCloseTo(10.67, 2);
  });
});

describe("roofline", () => {
  it("bounds a 4096³ product in float16 by arithmetic: 0.44 ms on an A100", () => {
    const timing = forwardTiming(square(4096, "float16"), a100);
    expect(timing.bound).toBe("compute");
    expect(timing.seconds * 1e3).toBeCloseTo(0.4405, 4);
    // three matrices at 4 bytes per element are 192 MiB
    const { bytes } = workOf(square(4096));
    expect(bytes).toBe(192 * 2 ** 20);
    expect((bytes / 1.6e12) * 1e3).toBeCloseTo(0.1258, 4);
  });

  it("bounds elementwise work by bandwidth on every device", () => {
    const [record] = trace(() => relu(abstractTensor([32, 512, 3072]))).records;
    for (const device of Object.values(hardware)) expect(forwardTiming(record, device).bound).toBe("memory");
  });

  it("takes the peak of the dtype, and TF32 only when asked", () => {
    expect(peakFlops(a100, { dtype: "float32" })).toBe(19.5e12);
    expect(peakFlops(a100, { dtype: "float32", tf32: true })).toBe(156e12);
    expect(peakFlops(a100, { dtype: "bfloat16" })).toBe(312e12);
    expect(ridge(a100, { dtype: "float16" })).toBeCloseTo(200.6, 1);
    expect(() => peakFlops(a100, { dtype: "int32" })).toThrow(ConfigError);
  });

  it("times the textbook's forward pass at 70 %: 0.44 ms, 14 ms for 32; 42 ms and 390,000 tokens/s in training", () => {
    const bert = trace(encoder({ dtype: "float16" }), encoderInputs("B", "seq"));
    const compute = (batch: number) => {
      const flops = Number(bert.bind({ B: batch, seq: 512 }).totals.matmulFlops.value());
      return roofline({ flops, matmulFlops: flops, bytes: 0 }, a100, { dtype: "float16", efficiency: 0.7 })
        .seconds;
    };
    expect(compute(1) * 1e3).toBeCloseTo(0.4425, 4);
    expect(compute(32) * 1e3).toBeCloseTo(14.16, 2);
    expect(compute(32) * 3e3).toBeCloseTo(42.5, 1);
    expect((32 * 512) / (compute(32) * 3)).toBeCloseTo(385_708, -1);
    const weights = weightsBytes(trace(encoder(), encoderInputs(1, 8)));
    expect((weights / a100.bandwidthBytesPerSecond) * 1e3).toBeCloseTo(0.2805, 4);
  });

  it("times a contraction's backward as two products", () => {
    const record = square(1024);
    expect(backwardSeconds(record, a100)).toBeCloseTo(2 * forwardTiming(record, a100).seconds, 12);
  });

  it("refuses an efficiency that is no fraction", () => {
    for (const efficiency of [0, -1, 1.2, NaN]) {
      expect(() => forwardTiming(square(8), a100, { efficiency })).toThrow(/efficiency must be above 0/);
    }
  });
});

describe("findHardware", () => {
  it("forgives case and punctuation", () => {
    expect(findHardware("A100 40GB").id).toBe("a100-40gb");
    expect(findHardware("RTX4090").id).toBe("rtx-4090");
  });

  it("names the close matches, or all", () => {
    expect(() => findHardware("a100")).toThrow("unknown GPU 'a100'; did you mean a100-40gb or a100-80gb?");
    expect(() => findHardware("v5p")).toThrow("known: a100-40gb, a100-80gb, h100-sxm, h200, rtx-4090");
  });

  it("states a source for every number", () => {
    for (const { sources } of Object.values(hardware)) {
      expect(Object.values(sources).every((source) => source.length > 20)).toBe(true);
    }
  });
});
