import { test } from "vitest";
import { expectClose } from "../../../test/expect.js";
import { testUnary } from "../../../test/families/elementwise.js";
import { randn } from "../../tensor/create.js";
import { log } from "./op.js";
import { exp } from "../exp/op.js";

// np.log(x)
testUnary(log, [
  NaN,
  NaN,
  NaN,
  -Infinity,
  -1.3862943611198906,
  0,
  0.916290731874155,
  2.3025850929940455,
  Infinity,
  NaN,
  NaN,
]);

test("undoes exp", () => {
  const x = randn([50], { seed: 1, dtype: "float64" });
  expectClose(log(exp(x)), x.toArray(), 1e-14);
});
