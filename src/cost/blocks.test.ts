import { describe, expect, it } from "vitest";
import { blockTree, ranges, repeatedBlocks, type Block } from "./blocks.js";
import { encoder, encoderInputs } from "./encoder.fixture.js";
import { inModule } from "../op/observer.js";
import { exp } from "../ops/exp/op.js";
import { abstractTensor } from "../tensor/create.js";
import { trace } from "./recorder.js";

describe("blockTree", () => {
  const tree = blockTree(trace(encoder(), encoderInputs("B", "seq")).records);

  it("folds twelve equal layers into one block", () => {
    expect(tree.children.map(({ name, paths }) => [name, paths.length])).toEqual([
      ["embeddings", 1],
      ["layer.{0..11}", 12],
    ]);
    expect(tree.children[1].paths.at(-1)).toBe("layer.11");
    expect(tree.children[1].totals.params.value()).toBe(7_084_800n);
  });

  it("keeps totals: the sum of children times their count, and of own ops", () => {
    const check = (block: Block): void => {
      const below = block.children.map(({ totals, paths }) => totals.flops.times(paths.length));
      const sum = [...below, ...block.ops.map(({ flops }) => flops)].reduce((a, b) => a.plus(b));
      expect(sum.equals(block.totals.flops)).toBe(true);
      block.children.forEach(check);
    };
    check(tree);
  });

  it("does not fold siblings that differ", () => {
    const widths = [4, 8, 4];
    const { records } = trace(() =>
      widths.forEach((width, i) => inModule(`blocks.${i}`, () => exp(abstractTensor([width])))),
    );
    const [blocks] = blockTree(records).children;
    expect(blocks.children.map(({ name, paths }) => [name, paths])).toEqual([
      ["{0,2}", ["blocks.0", "blocks.2"]],
      ["1", ["blocks.1"]],
    ]);
    expect(repeatedBlocks(blocks)).toEqual([["blocks.0", "blocks.2"]]);
  });
});

describe("ranges", () => {
  it.each([
    [[0, 1, 2, 3], "0..3"],
    [[0], "0"],
    [[0, 1, 2, 5], "0..2,5"],
    [[0, 2, 4, 6], "0..6:2"],
    [[1, 3], "1,3"],
    [[0, 5, 6, 7], "0,5..7"],
  ])("%j is %s", (numbers, text) => expect(ranges(numbers)).toBe(text));
});
