import { expect, test } from "vitest";
import "../../backends/cpu.js";
import { abstractTensor, tensor } from "../../tensor/create.js";
import { flatten } from "./op.js";
import { transpose } from "../transpose/op.js";

test("is row-major, whatever the strides", () => {
  const x = tensor([
    [1, 2],
    [3, 4],
  ]);
  expect(flatten(x).toArray()).toEqual([1, 2, 3, 4]);
  expect(flatten(transpose(x)).toArray()).toEqual([1, 3, 2, 4]);
  expect(flatten(tensor(7)).toArray()).toEqual([7]);
});

test("multiplies names", () => {
  expect(String(flatten(abstractTensor(["B", "n", 768])).dims)).toBe("B·n·768");
});
