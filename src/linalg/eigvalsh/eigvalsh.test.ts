import { describe, expect, test } from "vitest";
import { LinAlgError } from "../../base/errors.js";
import { engines, withEngine } from "../../backends/engines.js";
import { abstractTensor, tensor } from "../../tensor/create.js";
import { symmetric } from "../../../test/symmetric.js";
import { eigvalsh } from "../index.js";
import { eigvalshOp } from "./op.js";

// What eigvalsh shares with eigh, laws and goldens, is in ../eigh/eigh.test.ts.
/** The engines of this machine. */
const available = engines().flatMap(({ name, available: here }) => (here ? [name] : []));

describe("eigvalsh", () => {
  test.each(available)("known eigenvalues in %s", (engine) => {
    withEngine(engine, () => {
      const a = tensor(
        [
          [3, 1],
          [1, 3],
        ],
        { dtype: "float64" },
      );
      expect(eigvalsh(a).toArray()).toEqual([2, 4]);
      // The second difference: 4 sin²(kπ / 2(n + 1)).
      const n = 50;
      const laplacian = symmetric(n, (i, j) => (i === j ? 2 : i === j + 1 ? -1 : 0));
      const values = eigvalsh(tensor(laplacian, { shape: [n, n], dtype: "float64" })).dataSync();
      values.forEach((value, k) => {
        const exact = 4 * Math.sin(((k + 1) * Math.PI) / (2 * (n + 1))) ** 2;
        expect(Math.abs(Number(value) - exact)).toBeLessThan(4 * n * 2 ** -52);
      });
    });
  });

  test("shape and cost on names", () => {
    const a = abstractTensor(["B", "n", "n"]);
    expect(String(eigvalsh(a).dims)).toBe("B,n");
    const { flops } = eigvalshOp.cost({ inputs: [a], outputs: [], attributes: { uplo: "L" } });
    expect(String(flops)).toBe("4·B·n³/3");
  });

  test.each(available)("operands that are refused by %s", (engine) => {
    withEngine(engine, () => {
      const a = tensor([
        [1, 2],
        [Infinity, 4],
      ]);
      expect(() => eigvalsh(a)).toThrow(LinAlgError);
      expect(() => eigvalsh(a)).toThrow("eigvalsh: [2, 2] has Infinity at [1, 0]");
      expect(() => eigvalsh(tensor([[1, 2]]))).toThrow(
        "eigvalsh: [1, 2] is not square: 1 rows and 2 columns",
      );
      expect(() => eigvalsh(a, { uplo: "l" as "L" })).toThrow('eigvalsh: unknown uplo "l"');
    });
  });
});
