import { test } from "vitest";
import { expectClose } from "../../../test/expect.js";
import { testUnary } from "../../../test/families/elementwise.js";
import { randn } from "../../tensor/create.js";
import { sqrt } from "./op.js";
import { abs } from "../abs/op.js";
import { square } from "../square/op.js";

// np.sqrt(x)
testUnary(sqrt, [NaN, NaN, NaN, -0, 0.5, 1, 1.5811388300841898, 3.1622776601683795, Infinity, NaN, NaN]);

test("undoes square", () => {
  const x = randn([50], { seed: 1, dtype: "float64" });
  expectClose(sqrt(square(x)), abs(x).toArray());
});
