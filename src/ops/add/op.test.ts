import { expect, test } from "vitest";
import { testBinary } from "../../../test/families/elementwise.js";
import { abstractTensor, randn, tensor, zeros } from "../../tensor/create.js";
import { add } from "./op.js";
import type { DType } from "../../tensor/dtype.js";

// a + b
testBinary(add, [-5, -3, 0, 5, 7, NaN, Infinity, -Infinity]);

test("commutes", () => {
  const [a, b] = [randn([3, 4], { seed: 1 }), randn([4], { seed: 2 })];
  expect(add(a, b).toArray()).toEqual(add(b, a).toArray());
});

test("keeps 64-bit integers exact, wraps int32, saturates bool", () => {
  expect(add(tensor([2n ** 60n]), 1).toArray()).toEqual([2n ** 60n + 1n]);
  expect(add(tensor([2147483647], { dtype: "int32" }), 1).toArray()).toEqual([-2147483648]);
  expect(add(tensor([true, false]), tensor([true, false])).toArray()).toEqual([true, false]);
});

test("takes a number in the dtype of the tensor", () => {
  const dtypeWith = (dtype: DType, value: number) => add(zeros([1], { dtype }), value).dtype;
  expect(dtypeWith("float16", 0.5)).toBe("float16");
  expect(dtypeWith("uint8", 255)).toBe("uint8");
  expect(dtypeWith("uint8", -1)).toBe("int32");
  expect(dtypeWith("int32", 2 ** 40)).toBe("int64");
  expect(dtypeWith("int32", 0.5)).toBe("float32");
  expect(dtypeWith("bool", 2)).toBe("int32");
  expect(add(1, 2).dtype).toBe("float32");
});

test("names both shapes and the axis that does not fit", () => {
  expect(() => add(abstractTensor(["B", 512, 768]), abstractTensor([512]))).toThrow(
    "add: cannot broadcast [B, 512, 768] with [512]: axis -1 is 768 vs 512",
  );
});
