import { describe, expect, test } from "vitest";
import "../kernels.js";
import { LinAlgError } from "../../base/errors.js";
import { withEngine } from "../../backends/engines.js";
import { openSafetensors } from "../../formats/index.js";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { reshape } from "../../ops/reshape/op.js";
import { cast } from "../../ops/cast/op.js";
import { abstractTensor, tensor } from "../../tensor/create.js";
import { describeWithData } from "../../../test/data.js";
import goldens from "../../../test/goldens/svd.json" with { type: "json" };
import { costFormulas } from "../../../test/expect.js";
import { svdvals } from "./op.js";

describe("svdvals", () => {
  test("golden: numpy.linalg.svdvals([[1, 2], [3, 4], [5, 6]])", () => {
    const a = [
      [1, 2],
      [3, 4],
      [5, 6],
    ];
    const S = svdvals(tensor(a, { dtype: "float64" })).toArray() as number[];
    expect(S[0]).toBeCloseTo(9.525518091565107, 13);
    expect(S[1]).toBeCloseTo(0.5143005806586441, 13);
  });

  test("shape and cost on names", () => {
    expect(String(svdvals(abstractTensor(["B", 512, 2048])).dims)).toBe("B,512");
    const { flops } = costFormulas(() => svdvals(abstractTensor([3, 512, 2048])));
    expect(flops.value()).toBe(BigInt(3 * (2 * 2048 * 512 ** 2 + 2 * 512 ** 3)));
    expect(() => svdvals(abstractTensor(["m", "n"]))).toThrow("cannot tell which of m and n is smaller");
  });

  test("errors name the op, the shape and the place", () => {
    expect(() => svdvals(tensor([1]))).toThrow("svdvals: needs at least 2 axes, got [1]");
    expect(() => svdvals(tensor([[1, 2], [3, NaN]]))).toThrow(LinAlgError); // prettier-ignore
    expect(() => svdvals(tensor([[1, 2], [3, NaN]]))).toThrow("svdvals: [2, 2] has NaN at [1, 1]"); // prettier-ignore
  });
});

describeWithData("singular values of real weights are SciPy's", (folder) => {
  const decode = (text: string): Float64Array =>
    new Float64Array(Uint8Array.from(Buffer.from(text, "base64")).buffer);

  test.each(Object.entries(goldens.weights))("%s", async (file, matrices) => {
    const opened = await openSafetensors(readFileSync(join(folder, "weights", `${file}.safetensors`)));
    for (const [name, text] of Object.entries(matrices as Record<string, string>)) {
      const stored = await opened.tensor(name);
      const a = reshape(stored, [stored.sizes[0], -1]);
      const expected = decode(text);
      const [m, n] = a.sizes;
      const rank = Math.min(m, n);
      const wide = rank > 200 ? [] : [cast(a, "float64")];
      for (const matrix of [a, ...wide]) {
        const S = withEngine("wasm", () => svdvals(matrix)).dataSync() as Float64Array;
        const bound = 2 * Math.max(m, n) * (matrix.dtype === "float32" ? 2 ** -23 : 2 ** -52) * expected[0];
        const wrong = [...expected].filter((value, i) => {
          const at = Math.round((i * (rank - 1)) / (goldens.count - 1));
          return !(Math.abs(S[at] - value) <= bound);
        });
        expect(wrong, `${name}, ${matrix.dtype}`).toEqual([]);
      }
    }
  });
});
