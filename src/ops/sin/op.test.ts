import { test } from "vitest";
import { expectClose } from "../../../test/expect.js";
import { testUnaryCost } from "../../../test/families/elementwise.js";
import { randn, tensor } from "../../tensor/create.js";
import { sin } from "./op.js";
import { add } from "../add/op.js";
import { cos } from "../cos/op.js";
import { square } from "../square/op.js";

test("agrees with NumPy", () => {
  const x = tensor([-3, -1.5, -0.5, -0, 0.25, 1, 2.5, 10], { dtype: "float64" });
  // np.sin(x)
  expectClose(
    sin(x),
    [
      -0.1411200080598672, -0.9974949866040544, -0.47942553860420295, -0, 0.24740395925452296,
      0.8414709848078965, 0.5984721441039564, -0.5440211108893698,
    ],
  );
});

testUnaryCost(sin);

test("squared and cosine squared make 1", () => {
  const x = randn([50], { seed: 5, dtype: "float64" });
  expectClose(
    add(square(sin(x)), square(cos(x))),
    Array.from({ length: 50 }, () => 1),
  );
});
