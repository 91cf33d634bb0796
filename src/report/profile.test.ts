import { describe, expect, it } from "vitest";
import { hardware, type OpRecord } from "../cost/index.js";
import { Polynomial } from "../shape/polynomial.js";
import { profileOf, type Pass, type ProfiledBlock } from "./profile.js";
import { profileText } from "./profile-text.js";

const device = {
  ...hardware["a100-40gb"],
  bandwidthBytesPerSecond: 1e9,
  peakFlopsPerSecond: { float64: 1e9, float32: 1e9, tf32: 1e9, float16: 1e9, bfloat16: 1e9 },
};

/** An op that is predicted to take `milliseconds` for its bytes, or for its arithmetic when `compute` says so. */
function op(
  path: string,
  name: string,
  {
    predicted = 0,
    compute = false,
    measured = 0,
  }: { predicted?: number; compute?: boolean; measured?: number },
): OpRecord {
  const zero = Polynomial.constant(0);
  const work = Polynomial.constant(predicted * 1e6);
  return {
    index: 0,
    path,
    op: name,
    isView: name === "transpose",
    inputs: [],
    outputs: [],
    params: zero,
    flops: compute ? work : zero,
    matmulFlops: compute ? work : zero,
    bytesRead: compute ? zero : work,
    bytesWritten: zero,
    seconds: measured / 1e3,
  };
}

const layer = (i: number, slower: number): OpRecord[] => [
  op(`layer.${i}.attention`, "transpose", { measured: 1 }),
  op(`layer.${i}.attention`, "matmul", { predicted: 4, compute: true, measured: 6 + slower }),
  op(`layer.${i}`, "add", { predicted: 2, measured: 3 }),
];

const pass = (slower: number, tokens: number): Pass => ({
  records: [
    op("embed", "embedding", { predicted: 1, measured: 1 }),
    ...layer(0, slower),
    ...layer(1, 2 * slower),
    op("", "softmax", { predicted: 1, measured: 2 }),
  ],
  tokens,
  seconds: 0.03 + (3 * slower) / 1000,
});

const profile = profileOf([pass(0, 5), pass(1, 1), pass(3, 1)], device, "small");

const close = (milliseconds: number): unknown => expect.closeTo(milliseconds / 1000, 9);

describe("a profile", () => {
  it("compares the passes, the prompt's and the mean of the others", () => {
    expect(profile.prefill).toMatchObject({
      passes: 1,
      tokens: 5,
      predictedSeconds: close(14),
      measuredSeconds: close(30),
      outsideOpsSeconds: close(7),
    });
    expect(profile.decode).toMatchObject({
      passes: 2,
      tokens: 1,
      predictedSeconds: close(14),
      measuredSeconds: close(36),
      ratio: expect.closeTo(36 / 14, 9),
    });
    expect(profileOf([pass(0, 5)], device, "small").decode).toBeNull();
  });

  it("sums ops by kind, the slowest first, uses per pass", () => {
    const { ops } = profile.decode!;
    expect(ops.map(({ op: name, uses, bound }) => [name, uses, bound])).toEqual([
      ["matmul", 2, "compute"],
      ["add", 2, "memory"],
      ["views", 2, null],
      ["softmax", 1, "memory"],
      ["embedding", 1, "memory"],
    ]);
    expect(ops[0]).toMatchObject({
      predictedSeconds: close(8),
      measuredSeconds: close(18),
      ratio: close(2250),
    });
    expect(ops[2]).toMatchObject({ predictedSeconds: 0, measuredSeconds: close(2), ratio: null });
  });

  it("folds equal layers, and measures all of them", () => {
    const { blocks } = profile.decode!;
    expect(blocks.children.map(({ name, count }) => [name, count])).toEqual([
      ["embed", 1],
      ["layer.{0..1}", 2],
    ]);
    const folded = blocks.children[1];
    expect(folded).toMatchObject({ predictedSeconds: close(12), measuredSeconds: close(26) });
    expect(folded.children).toMatchObject([{ name: "attention", measuredSeconds: close(20) }]);
    expect(folded.ops).toMatchObject([{ op: "add", uses: 2, measuredSeconds: close(6) }]);
  });

  it("adds up: a module is its ops and its children", () => {
    const check = ({ measuredSeconds, predictedSeconds, ops, children }: ProfiledBlock): void => {
      const parts = [...ops, ...children];
      const sum = (key: "measuredSeconds" | "predictedSeconds") =>
        parts.reduce((all, part) => all + part[key], 0);
      expect(sum("measuredSeconds")).toBeCloseTo(measuredSeconds, 12);
      expect(sum("predictedSeconds")).toBeCloseTo(predictedSeconds, 12);
      for (const child of children) check(child);
    };
    check(profile.decode!.blocks);
    const { measuredSeconds, outsideOpsSeconds, blocks } = profile.decode!;
    expect(blocks.measuredSeconds + outsideOpsSeconds).toBeCloseTo(measuredSeconds, 12);
  });
});

describe("a profile as text", () => {
  it("reads like this", () => {
    expect(profileText(profile, { width: 80 })).toMatchInlineSnapshot(`
      "Prefill, 5 tokens at once: 14.0 ms predicted, 30.0 ms measured, ratio 2.14

      Prefill by kind of op
        op           uses  predicted  measured  ratio    share  predicted bound
        matmul          2    8.00 ms   12.0 ms   1.50   40.0 %  compute
        add             2    4.00 ms   6.00 ms   1.50   20.0 %  memory
        views           2              2.00 ms           6.7 %
        softmax         1    1.00 ms   2.00 ms   2.00    6.7 %  memory
        embedding       1    1.00 ms   1.00 ms   1.00    3.3 %  memory
        outside ops                    7.00 ms          23.3 %
        all                  14.0 ms   30.0 ms   2.14  100.0 %

      Prefill by module
        module           ×  predicted  measured  ratio   share
        small                 14.0 ms   23.0 ms   1.64  76.7 %
        ├ embed               1.00 ms   1.00 ms   1.00   3.3 %
        └ layer.{0..1}  ×2    12.0 ms   20.0 ms   1.67  66.7 %
          └ attention         8.00 ms   14.0 ms   1.75  46.7 %

      Decode, mean of 2 steps: 14.0 ms predicted, 36.0 ms measured, ratio 2.57

      Decode by kind of op
        op           uses  predicted  measured  ratio    share  predicted bound
        matmul          2    8.00 ms   18.0 ms   2.25   50.0 %  compute
        add             2    4.00 ms   6.00 ms   1.50   16.7 %  memory
        views           2              2.00 ms           5.6 %
        softmax         1    1.00 ms   2.00 ms   2.00    5.6 %  memory
        embedding       1    1.00 ms   1.00 ms   1.00    2.8 %  memory
        outside ops                    7.00 ms          19.4 %
        all                  14.0 ms   36.0 ms   2.57  100.0 %

      Decode by module
        module           ×  predicted  measured  ratio   share
        small                 14.0 ms   29.0 ms   2.07  80.6 %
        ├ embed               1.00 ms   1.00 ms   1.00   2.8 %
        └ layer.{0..1}  ×2    12.0 ms   26.0 ms   2.17  72.2 %
          └ attention         8.00 ms   20.0 ms   2.50  55.6 %

      Notes
        Predicted: every op by itself, the longer of its arithmetic and its bytes at
        what was measured here: products at 1.00 GFLOP/s in float32 (1.00 in
        float64), copies at 1.00 GB/s read and written.
        Ratio: measured over predicted. 1 is the roofline. Above it is what calls
        (microseconds for every op, however small), copies and slower kernels cost.
        Below it, operands came from a cache, which is faster than the memory that
        the prediction assumes, or the machine was busy when it was measured
        (--remeasure).
        Measured: the wall clock around each op of this run, after one pass over the
        prompt that is not counted. Outside ops: the model's own code. Views change
        shapes and strides and move no data.
      "
    `);
  });

  it.each([80, 120])("keeps within %i columns", (width) => {
    const lines = profileText(profile, { width }).split("\n");
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(width);
  });
});
