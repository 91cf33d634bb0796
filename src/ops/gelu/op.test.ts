import { expect, test } from "vitest";
import { expectClose } from "../../../test/expect.js";
import { testUnaryCost } from "../../../test/families/elementwise.js";
import { randn, tensor } from "../../tensor/create.js";
import { ConfigError } from "../../base/errors.js";
import { gelu } from "./op.js";
import { geluTanh } from "../geluTanh/op.js";
import { neg } from "../neg/op.js";
import { sub } from "../sub/op.js";

test("agrees with NumPy", () => {
  const x = tensor([-30, -10, -3, -1.5, -0.5, 0, 0.25, 1, 2.5, 10, 1e300], { dtype: "float64" });
  // x * scipy.special.ndtr(x)
  expectClose(
    gelu(x),
    [
      -1.4720141781443724e-196, -7.61985302416047e-23, -0.00404969409489028, -0.1002108019032871,
      -0.15426876936299344, 0, 0.14967658142073093, 0.8413447460685429, 2.4844758366855597, 10, 1e300,
    ],
    1e-13,
  );
});

testUnaryCost(gelu, 5);

test("of x minus gelu of −x gives x back", () => {
  const x = randn([50], { seed: 9, dtype: "float64" });
  expectClose(sub(gelu(x), gelu(neg(x))), x.toArray(), 1e-14);
});

test("approximates by tanh on request", () => {
  const x = randn([50], { seed: 9 });
  expect(gelu(x, { approximate: "tanh" }).toArray()).toEqual(geluTanh(x).toArray());
  expect(() => gelu(x, { approximate: "fast" as "tanh" })).toThrow(ConfigError);
});
