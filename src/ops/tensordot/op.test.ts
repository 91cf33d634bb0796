import { expect, test } from "vitest";
import { costFormulas, expectValues, largestDifference, wave } from "../../../test/expect.js";
import { abstractTensor } from "../../tensor/create.js";
import { einsum } from "../einsum/op.js";
import { transpose } from "../transpose/op.js";
import { tensordot } from "./op.js";

// np.tensordot(sin(arange(12)).reshape(2, 3, 2), sin(2 * arange(12)).reshape(3, 2, 2), ([1, 2], [0, 1]))
test("agrees with NumPy", () => {
  const expected = [-0.470487, -0.01316576, -0.4958218, -0.1502241];
  const [a, b] = [wave([2, 3, 2]), wave([3, 2, 2], 2)];
  expectValues(tensordot(a, b), expected);
  expectValues(
    tensordot(a, b, [
      [1, -1],
      [0, 1],
    ]),
    expected,
  );
});

test("is einsum over the paired axes, whatever their order and strides", () => {
  const [a, b] = [transpose(wave([4, 3, 2, 5])), wave([2, 3, 6], 2)]; // a: [4, 3, 5, 2]
  const expected = einsum("adce,edf->acf", a, b);
  expect(
    largestDifference(
      tensordot(a, b, [
        [3, 1],
        [0, 1],
      ]),
      expected,
    ),
  ).toBeLessThan(1e-14);
});

test("0 axes give the product of all pairs, all axes a scalar", () => {
  expect(tensordot(wave([2]), wave([3, 4]), 0).shape).toEqual([2, 3, 4]);
  expect(tensordot(wave([3, 4]), wave([3, 4]), 2).shape).toEqual([]);
});

test("costs a matmul of the kept and the paired sizes", () => {
  const cost = costFormulas(() => tensordot(abstractTensor(["B", 12, 64]), abstractTensor([12, 64, 768])));
  expect(String(cost.matmulFlops)).toBe("2·B·768·12·64");
});

test("sizes that differ and missing axes are named", () => {
  expect(() => tensordot(abstractTensor([2, 3, 4]), abstractTensor([3, 5]), 2)).toThrow(
    "tensordot: [2, 3, 4] and [3, 5] over 2 axes: 4 and 5 differ",
  );
  expect(() => tensordot(abstractTensor([2]), abstractTensor([3, 5]))).toThrow(
    "tensordot: [2] has fewer than 2 axes",
  );
  expect(() =>
    tensordot(abstractTensor([2, 2]), abstractTensor([2, 2]), [
      [0, 0],
      [0, 1],
    ]),
  ).toThrow("given twice");
});
