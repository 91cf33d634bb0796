import { expect, test } from "vitest";
import { testTriangle } from "../../../test/families/triangle.js";
import { randn } from "../../tensor/create.js";
import { tril } from "./op.js";
import { add } from "../add/op.js";
import { triu } from "../triu/op.js";

// np.tril(x, k)
// prettier-ignore
testTriangle(
  tril,
  {
    main: [[1, 0, 0, 0], [5, 6, 0, 0], [9, 10, 11, 0]],
    below: [[0, 0, 0, 0], [5, 0, 0, 0], [9, 10, 0, 0]],
    above: [[1, 2, 3, 0], [5, 6, 7, 8], [9, 10, 11, 12]],
    outside: [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]],
  },
  [[NaN, 0], [NaN, NaN]],
);

test("and what triu keeps make the whole, in every matrix of a batch", () => {
  const x = randn([2, 5, 3], { seed: 1 });
  expect(add(tril(x, 1), triu(x, 2)).toArray()).toEqual(x.toArray());
});
