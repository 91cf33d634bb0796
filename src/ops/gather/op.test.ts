import { expect, test } from "vitest";
import { priceOf } from "../../../test/expect.js";
import { abstractTensor, ones, randn, tensor } from "../../tensor/create.js";
import { gather } from "./op.js";
import { argmax } from "../argmax/op.js";
import { max } from "../max/op.js";

test("agrees with np.take_along_axis", () => {
  const x = tensor(
    [
      [0, 10, 20, 30],
      [40, 50, 60, 70],
      [80, 90, 100, 110],
    ],
    { dtype: "int32" },
  );
  // np.take_along_axis(x, [[3, 0], [1, 1], [0, 2]], axis=1)
  expect(
    gather(
      x,
      1,
      tensor(
        [
          [3, 0],
          [1, 1],
          [0, 2],
        ],
        { dtype: "int32" },
      ),
    ).toArray(),
  ).toEqual([
    [30, 0],
    [50, 50],
    [80, 100],
  ]);
  // np.take_along_axis(x[:, :2], [[2, -1]], axis=0)
  expect(gather(x, 0, tensor([[2, -1]], { dtype: "int32" })).toArray()).toEqual([[80, 90]]);
});

test("at argmax is the maximum", () => {
  const x = randn([4, 7], { seed: 1 });
  expect(gather(x, 1, argmax(x, 1, true)).toArray()).toEqual(max(x, 1, true).toArray());
});

test("names what does not fit", () => {
  const indices = tensor([[0], [9], [0]], { dtype: "int32" });
  expect(() => gather(ones([3, 4]), 1, indices)).toThrow(
    "gather: index 9 at position [1, 0] of the indices [3, 1] is out of range for axis 1 of [3, 4] (4)",
  );
  expect(() => gather(ones([2, 4]), 1, indices)).toThrow(
    "gather: indices [3, 1] exceed [2, 4] along axis 0: 3 vs 2",
  );
  expect(() => gather(ones([4]), 0, indices)).toThrow("gather: indices [3, 1] need the rank of [4]");
  const named = abstractTensor(["m", 1], "int32");
  expect(() => gather(abstractTensor(["n", 4]), 1, named)).toThrow("along axis 0: m vs n");
});

test("reads only what it picks", () => {
  expect(priceOf(() => gather(abstractTensor([8, 1000]), 1, abstractTensor([8, 1], "int64"))).bytesRead).toBe(
    8 * 8 + 4 * 8,
  );
});
