import { expect, test } from "vitest";
import { costFormulas, expectValues, wave } from "../../../test/expect.js";
import { abstractTensor, randn, tensor } from "../../tensor/create.js";
import { add } from "../add/op.js";
import { sum } from "../sum/op.js";
import { transpose } from "../transpose/op.js";
import { softmax } from "./op.js";

// torch.softmax(torch.sin(torch.arange(6.)).reshape(2, 3), axis)
test("agrees with PyTorch along both axes", () => {
  const rows = [0.1723438, 0.3997992, 0.427857, 0.574623, 0.2341101, 0.1912669];
  const columns = [0.4647784, 0.8317769, 0.8662524, 0.5352216, 0.1682231, 0.1337476];
  for (const dtype of ["float32", "float64"] as const) {
    expectValues(softmax(wave([2, 3], 1, dtype), -1), rows);
    expectValues(softmax(wave([2, 3], 1, dtype), 0), columns);
  }
});

test("every lane sums to one, whatever the axis and strides", () => {
  const x = transpose(randn([5, 7, 300], { seed: 1 }), 0, 2);
  for (const axis of [0, 1, 2]) {
    const totals = sum(softmax(x, axis), axis);
    expectValues(totals, new Float32Array(totals.size).fill(1), 1e-5);
  }
});

test("a constant added to a lane changes nothing, however large", () => {
  const x = tensor([[1, 2, 3]]);
  expectValues(softmax(add(x, 1e4)), softmax(x).dataSync() as Float32Array, 1e-6);
  expectValues(softmax(tensor([-1000, 1000])), [0, 1], 0);
});

test("infinities as in PyTorch: minus infinity gets nothing, a lane of them is NaN", () => {
  expectValues(softmax(tensor([0, -Infinity, 0])), [0.5, 0, 0.5], 0);
  expectValues(softmax(tensor([-Infinity, -Infinity])), [NaN, NaN]);
});

test("half types answer in their own dtype, integers in float32", () => {
  expect(softmax(tensor([1, 2], { dtype: "bfloat16" })).dtype).toBe("bfloat16");
  expect(softmax(tensor([1, 2], { dtype: "int32" })).dtype).toBe("float32");
});

test("costs 5 FLOPs per element, on symbolic sizes too", () => {
  const cost = costFormulas(() => softmax(abstractTensor([32, 12, 512, 512])));
  expect(cost.flops.value()).toBe(BigInt(5 * 32 * 12 * 512 * 512));
  expect(cost.bytesRead.value()).toBe(BigInt(4 * 32 * 12 * 512 * 512));
  expect(String(costFormulas(() => softmax(abstractTensor(["B", "seq"]), "seq")).flops)).toBe("5·B·seq");
});

test("an axis that does not exist is named", () => {
  expect(() => softmax(wave([2, 3]), 2)).toThrow(
    "softmax: axis 2 is out of range for [2, 3]; its axes are -2 to 1",
  );
});
