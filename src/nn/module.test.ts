import { describe, expect, test } from "vitest";
import "../backends/cpu.js";
import { ConfigError, ShapeError } from "../base/errors.js";
import { observe } from "../op/observer.js";
import { relu } from "../ops/relu/op.js";
import { ones, randn, zeros } from "../tensor/create.js";
import type { Tensor } from "../tensor/tensor.js";
import { Linear } from "./linear.js";
import { Module } from "./module.js";

class Block extends Module {
  readonly first = new Linear(3, 3);
  readonly parts = { note: "no module" };

  forward(x: Tensor): Tensor {
    return relu(this.first.forward(x));
  }
}

class Louder extends Block {
  override forward(x: Tensor): Tensor {
    return relu(super.forward(x));
  }
}

/** Holds modules and has no forward of its own. */
class Holder extends Module {
  readonly inner = new Block();
}

class Net extends Module {
  readonly scale: Tensor = ones([3]);
  readonly blocks = [new Block(), new Louder()];
  readonly holder = new Holder();
  readonly tied = new Linear(3, 3, { bias: false });

  constructor() {
    super();
    this.tied.setParameter("weight", this.blocks[0].first.weight);
  }

  forward(x: Tensor): Tensor {
    const y = this.blocks.reduce((hidden, block) => block.forward(hidden), x);
    const made = new Block(); // held nowhere
    return made.forward(this.tied.forward(this.holder.inner.forward(y)));
  }
}

function pathsOf(run: () => unknown): string[] {
  const paths: string[] = [];
  observe(({ path, op }) => paths.push(`${path} ${op.name}`), run);
  return paths;
}

describe("paths", () => {
  test("every op reports the fields that lead to its module", () => {
    expect(pathsOf(() => new Net().forward(randn([2, 3])))).toEqual([
      "blocks.0.first linear",
      "blocks.0 relu",
      "blocks.1.first linear",
      "blocks.1 relu",
      "blocks.1 relu",
      "holder.inner.first linear",
      "holder.inner relu",
      "tied linear",
      "first linear",
      " relu",
    ]);
  });

  test("a module run by itself is the root", () => {
    const net = new Net();
    expect(pathsOf(() => net.blocks[1].forward(randn([2, 3])))).toEqual(["first linear", " relu", " relu"]);
  });

  test("a replaced child is found again", () => {
    const net = new Net();
    net.forward(randn([1, 3]));
    net.blocks[0] = new Block();
    expect(pathsOf(() => net.forward(randn([1, 3])))[0]).toBe("blocks.0.first linear");
  });

  test("an error inside forward leaves no path behind", () => {
    const net = new Net();
    expect(() => net.forward(randn([2, 4]))).toThrow(ShapeError);
    expect(pathsOf(() => relu(randn([2])))).toEqual([" relu"]);
    expect(pathsOf(() => net.forward(randn([2, 3])))[0]).toBe("blocks.0.first linear");
  });
});

describe("parameters", () => {
  test("come in the order of the fields, shared ones once", () => {
    expect([...new Net().namedParameters()].map(([path]) => path)).toEqual([
      "scale",
      "blocks.0.first.weight",
      "blocks.0.first.bias",
      "blocks.1.first.weight",
      "blocks.1.first.bias",
      "holder.inner.first.weight",
      "holder.inner.first.bias",
    ]);
  });

  test("are counted exactly", () => {
    expect(new Net().parameterCount).toBe(3 + 3 * (9 + 3));
    expect(new Linear(768, 3072).parameterCount).toBe(768 * 3072 + 3072);
  });

  test("are replaced wherever they are shared", () => {
    const net = new Net();
    const fresh = zeros([3, 3]);
    net.setParameter("tied.weight", fresh);
    expect(net.parameter("blocks.0.first.weight")).toBe(fresh);
    expect(net.tied.weight).toBe(fresh);
  });

  test("of another shape are refused by path and both shapes", () => {
    const set = (): void => new Net().setParameter("blocks.1.first.weight", zeros([3, 4]));
    expect(set).toThrow(ShapeError);
    expect(set).toThrow("parameter 'blocks.1.first.weight' has shape [3, 3], cannot take [3, 4]");
  });

  test("that do not exist are refused by name", () => {
    expect(() => new Net().parameter("blocks.2.first.weight")).toThrow(ConfigError);
    expect(() => new Net().setParameter("blocks", zeros([1]))).toThrow("Net has no parameter 'blocks'");
  });
});
