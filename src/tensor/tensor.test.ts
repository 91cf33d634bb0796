import { expect, test } from "vitest";
import { DTypeError, LintelError, ShapeError } from "../base/errors.js";
import { namedSize } from "../shape/dim.js";
import { abstractTensor, arange, scalar, tensor } from "./create.js";
import { requireDType, Tensor } from "./tensor.js";

const grid = arange(12).withView({ dims: [3, 4], strides: [4, 1] });

test("a view walks the shared elements by its strides", () => {
  const view = grid.withView({ dims: [2, 2], strides: [-4, 2], offset: 5 });
  expect(view.toArray()).toEqual([[5, 7], [1, 3]]); // prettier-ignore
  expect(view.elements).toBe(grid.elements);
  expect([grid.isContiguous, view.isContiguous]).toEqual([true, false]);
});

test("values come out as a copy, in the type that holds them", async () => {
  const data = grid.dataSync();
  data[0] = 99;
  expect(grid.toArray()).toEqual([[0, 1, 2, 3], [4, 5, 6, 7], [8, 9, 10, 11]]); // prettier-ignore
  expect(await tensor([0.5, 2], { dtype: "float16" }).data()).toEqual(Float32Array.of(0.5, 2));
  expect(tensor([2n ** 60n]).dataSync()).toEqual(BigInt64Array.of(2n ** 60n));
  expect(tensor([true]).dataSync()).toEqual(Uint8Array.of(1));
});

test("nested values: truth values as such, integers as numbers while exact", () => {
  expect(tensor([[true], [false]]).toArray()).toEqual([[true], [false]]);
  expect(tensor([2n ** 53n - 1n, 2n ** 53n]).toArray()).toEqual([2 ** 53 - 1, 2n ** 53n]);
  expect(scalar(3).toArray()).toBe(3);
});

test("item needs exactly one element", () => {
  expect(tensor([[7]]).item()).toBe(7);
  expect(() => grid.item()).toThrow(
    "item: [3, 4] has 12 elements, not one; reduce it first or use .toArray()",
  );
  expect(() => abstractTensor(["n"]).item()).toThrow("item: [n] has an unknown number of elements");
});

test("sized names are numbers in `shape` and names in `dims`", () => {
  const x = tensor([1, 2, 3], { shape: [namedSize("n", 3)] });
  expect([x.shape, String(x.dims), x.size, x.strides]).toEqual([[3], "n", 3, [1]]);
});

test("an abstract tensor has a shape, symbolic strides, and no data", () => {
  const x = abstractTensor(["B", "n", 768]);
  expect([x.ndim, x.device, x.isAbstract, x.isContiguous]).toEqual([3, "abstract", true, true]);
  expect([String(x.shape), String(x.strides)]).toEqual(["B,n,768", "768·n,768,1"]);
  expect(() => x.elements).toThrow("tensor [B, n, 768] is abstract: it has a shape and no data");
  expect(() => x.dataSync()).toThrow(LintelError);
  expect(() => x.size).toThrow(ShapeError);
});

test("data elsewhere is read when it arrives", async () => {
  const read = () => Promise.resolve(Float32Array.of(1, 2, 3, 4));
  const x = new Tensor({ dims: [2, 2], strides: [1, 2], dtype: "float32", storage: { device: "gpu", read } });
  expect([...(await x.data())]).toEqual([1, 3, 2, 4]);
  expect(() => x.dataSync()).toThrow("the data is on 'gpu': use await t.data()");
  expect(String(x)).toBe("tensor([2, 2], float32, gpu)");
});

test("data needs a size for every name", () => {
  const storage = { device: "cpu", elements: new Float32Array(2) } as const;
  expect(() => new Tensor({ dims: abstractTensor(["n"]).dims, dtype: "float32", storage })).toThrow(
    "a tensor with data needs sizes for all dims, got [n]",
  );
});

test("a dtype that an op does not take is refused with those it does", () => {
  expect(() => requireDType("svd", [grid], ["float32", "float64"])).toThrow(DTypeError);
  expect(() => requireDType("svd", [grid], ["float32"])).toThrow(
    "svd: dtype int32 is not supported; use float32",
  );
});

test("a tensor shows what is there: sizes, strides, offset and elements fit together", () => {
  const dims = [2, 2];
  const make = (parts: object) => () => new Tensor({ dims, dtype: "float32", ...parts });
  const elements = new Float32Array(3);
  const storage = { device: "cpu", elements } as const;
  expect(make({ storage, strides: [1, 1] })().toArray()).toEqual([[0, 0], [0, 0]]); // prettier-ignore
  expect(make({ storage, strides: [-1, -1], offset: 2 })).not.toThrow();
  expect(make({ storage, dims: [0, 5] })).not.toThrow();
  expect(make({ storage })).toThrow(
    "a tensor [2, 2] with strides [2, 1] from 0 shows elements 0 to 3, but there are 3",
  );
  expect(make({ storage, strides: [-1, 1] })).toThrow("shows elements -1 to 1, but there are 3");
  expect(make({ strides: [1] })).toThrow("one stride per axis, got [1] for [2, 2]");
  expect(make({ dims: [2, -1] })).toThrow("dims[1] of a tensor is no size but -1");
  expect(make({ offset: 0.5 })).toThrow("the offset of a tensor is an integer, got 0.5");
  expect(make({ dtype: "float" })).toThrow(DTypeError);
  expect(make({ storage: { device: "cpu", elements: new Float64Array(4) } })).toThrow(
    "elements of float32 cannot be a Float64Array",
  );
  const junk = undefined as unknown as ConstructorParameters<typeof Tensor>[0];
  expect(() => new Tensor(junk)).toThrow(
    "a tensor is made of { dims, dtype, … }, got nothing; see tensor(…)",
  );
});
