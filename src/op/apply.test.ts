import { expect, test } from "vitest";
import "../backends/cpu.js";
import { LintelError, ShapeError } from "../base/errors.js";
import { namedSize, type Size } from "../shape/dim.js";
import { abstractTensor, fromElements, ones, tensor } from "../tensor/create.js";
import { Tensor } from "../tensor/tensor.js";
import { apply } from "./apply.js";
import { registerBackend } from "./backend.js";
import { bytesOfOperand, defineOp, defineView, type Kernel } from "./define.js";
import { inModule, observe, type OpEvent } from "./observer.js";

const fillWith =
  (value: number): Kernel =>
  (_, [y]) => {
    (y.elements as Float32Array).fill(value);
  };

const markOp = defineOp({
  name: "mark",
  infer: ([x]) => [{ dims: x.dims, dtype: x.dtype }],
  reference: fillWith(1),
});

const twiceOp = defineOp({
  name: "twice",
  infer: markOp.infer,
  compose: ([x]) => [apply(markOp, [apply(markOp, [x], undefined)], undefined)],
});

function eventsOf(run: () => unknown): string[] {
  const events: OpEvent[] = [];
  observe((event) => events.push(event), run);
  return events.map(({ op, path }) => (path === "" ? op.name : `${path}: ${op.name}`));
}

test("abstract operands stop after the shape rule", () => {
  const failing = defineOp({
    name: "failing",
    infer: markOp.infer,
    reference: () => {
      throw new Error("ran");
    },
  });
  expect(String(apply(failing, [abstractTensor(["B", 2])], undefined).dims)).toBe("B,2");
  expect(apply(failing, [abstractTensor([2]), ones([2])], undefined).isAbstract).toBe(true);
  expect(() => apply(failing, [ones([2])], undefined)).toThrow("ran");
});

test("kernels run in order until one accepts, then the reference, then the composition", () => {
  const decline: Kernel = () => false;
  const kernels: { list: Kernel[] } = { list: [] };
  const storage = { device: "toy", read: () => Promise.resolve(new Float32Array(1)) };
  registerBackend({
    device: "toy",
    allocate: (dims, dtype) => fromElements(new Float32Array(1), dims, dtype),
    kernels: () => kernels.list,
  });
  const x = new Tensor({ dims: [1], dtype: "float32", storage });
  const run = (...list: Kernel[]): unknown => {
    kernels.list = list;
    return apply(markOp, [x], undefined).toArray();
  };
  expect(run(decline, fillWith(2), fillWith(3))).toEqual([2]);
  // A reference reads CPU elements: another device without a kernel says so.
  expect(() => run(decline)).toThrow("mark: no kernel for device 'toy'");
  expect(apply(twiceOp, [ones([3])], undefined).toArray()).toEqual([1, 1, 1]);
});

test("operands live together on a device that is known", () => {
  const remote = (device: string) =>
    new Tensor({
      dims: [1],
      dtype: "float32",
      storage: { device, read: () => Promise.resolve(new Float32Array(1)) },
    });
  expect(() => apply(markOp, [ones([1]), remote("gpu")], undefined)).toThrow(
    "mark: operands live on different devices (cpu, gpu)",
  );
  expect(() => apply(markOp, [remote("gpu")], undefined)).toThrow(
    "no backend for device 'gpu': import \"lintel\"",
  );
});

test("an operand that is no tensor is named", () => {
  const wrong = [[[1, 2]], "2", null, undefined] as unknown as Tensor[];
  for (const value of wrong) {
    expect(() => apply(markOp, [ones([1]), value], undefined)).toThrow(
      /^mark: operand 1 is not a tensor but/,
    );
  }
});

test("views shift by symbolic amounts: found on data, ignored on abstract tensors", () => {
  const tailOp = defineView("tail", ({ dims }) => ({ dims: [1], strides: [1], shift: Number(dims[0]) - 1 }));
  const named = defineView("tail", ({ dims: [n] }) => ({
    dims: [1],
    strides: [1],
    shift: typeof n === "number" ? n : n.minus(1),
  }));
  expect(apply(tailOp, [tensor([5, 6, 7])], undefined).toArray()).toEqual([7]);
  expect(apply(named, [tensor([5, 6, 7], { shape: [namedSize("n", 3)] })], undefined).toArray()).toEqual([7]);
  expect(apply(named, [abstractTensor(["n"])], undefined).shape).toEqual([1]);
});

test("observers see the outermost op only, with the module it runs in", () => {
  const run = () =>
    inModule("encoder", () => inModule("layer0", () => apply(twiceOp, [ones([1])], undefined)));
  expect(eventsOf(run)).toEqual(["encoder.layer0: twice"]);
  expect(eventsOf(() => apply(markOp, [abstractTensor(["n"])], undefined))).toEqual(["mark"]);
});

test("an op that throws leaves observers and paths as they were", () => {
  const wrong = defineOp({
    name: "wrong",
    infer: () => {
      throw new ShapeError("wrong");
    },
  });
  const fails = () => inModule("broken", () => apply(wrong, [ones([1])], undefined));
  expect(() => eventsOf(fails)).toThrow(LintelError);
  expect(eventsOf(() => apply(markOp, [ones([1])], undefined))).toEqual(["mark"]);
});

test("without a rule an op reads its operands once and writes its results once", () => {
  const x = abstractTensor([32, 512], "float16");
  const cost = markOp.cost({ inputs: [x, x], outputs: [x], attributes: undefined });
  expect(Number(cost.bytesRead.value())).toBe(2 * 2 * 32 * 512);
  expect(Number(cost.bytesWritten.value())).toBe(2 * 32 * 512);
  expect([cost.flops, cost.matmulFlops].map(String)).toEqual(["0", "0"]);
  expect(Number(bytesOfOperand({ dims: [8, 4], strides: [0, 1], dtype: "int64" }).value())).toBe(8 * 4);
});

test("a view at a place or of a size that has no value yet is abstract", () => {
  const view = defineView<Size>("moved", (_, shift) => ({ dims: [2], strides: [1], shift }));
  const [x, n] = [tensor([1, 2, 3]), namedSize("n")];
  expect(apply(view, [x], 1).toArray()).toEqual([2, 3]);
  expect(apply(view, [x], n).isAbstract).toBe(true);
  const cut = defineView<Size>("cut", (_, length) => ({ dims: [length], strides: [1] }));
  expect(apply(cut, [x], n).isAbstract).toBe(true);
});
