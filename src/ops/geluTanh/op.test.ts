import { expect, test } from "vitest";
import { expectClose } from "../../../test/expect.js";
import { testUnaryCost } from "../../../test/families/elementwise.js";
import { randn, tensor } from "../../tensor/create.js";
import { geluTanh } from "./op.js";
import { abs } from "../abs/op.js";
import { gelu } from "../gelu/op.js";
import { max } from "../max/op.js";
import { sub } from "../sub/op.js";

test("agrees with NumPy", () => {
  const x = tensor([-3, -1.5, -0.5, 0, 0.25, 1, 2.5, 10], { dtype: "float64" });
  // 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))
  expectClose(
    geluTanh(x),
    [
      -0.0036373920817729943, -0.10042842301976707, -0.15428599017485606, 0, 0.149675350701685,
      0.8411919906082768, 2.484915733910001, 10,
    ],
    1e-13,
  );
});

testUnaryCost(geluTanh, 9);

test("stays within 0.001 of the exact gelu", () => {
  const x = randn([200], { seed: 10 });
  expect(max(abs(sub(geluTanh(x), gelu(x)))).item()).toBeLessThan(1e-3);
});
