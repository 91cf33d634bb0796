import { expect, test } from "vitest";
import { testTriangle } from "../../../test/families/triangle.js";
import { randn } from "../../tensor/create.js";
import { triu } from "./op.js";
import { add } from "../add/op.js";
import { tril } from "../tril/op.js";

// np.triu(x, k)
// prettier-ignore
testTriangle(
  triu,
  {
    main: [[1, 2, 3, 4], [0, 6, 7, 8], [0, 0, 11, 12]],
    below: [[1, 2, 3, 4], [5, 6, 7, 8], [0, 10, 11, 12]],
    above: [[0, 0, 3, 4], [0, 0, 0, 8], [0, 0, 0, 0]],
    outside: [[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]],
  },
  [[NaN, NaN], [0, NaN]],
);

test("and what tril keeps make the whole, in every matrix of a batch", () => {
  const x = randn([2, 5, 3], { seed: 1 });
  expect(add(triu(x, -1), tril(x, -2)).toArray()).toEqual(x.toArray());
});
