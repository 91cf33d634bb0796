// The libraries inside NumPy's and SciPy's wheels: integers of 64 and of 32 bits, symbols that begin with scipy_.
import { execFileSync } from "node:child_process";
import { afterEach, describe, expect, test, vi } from "vitest";
import { largestDifference } from "../../test/expect.js";
import { freshEngine } from "../../test/linalg/fresh-engine.js";

/** The BLAS that a Python package brings; undefined without it. */
function wheelLibrary(pattern: string): string | undefined {
  const program = `import glob, importlib.util as i, os
where = os.path.dirname(os.path.dirname(i.find_spec("numpy").origin))
print(*glob.glob(os.path.join(where, ${JSON.stringify(pattern)})))`;
  try {
    const found = execFileSync("python3", ["-c", program], { encoding: "utf8", stdio: "pipe" }).trim();
    return found === "" ? undefined : found.split(" ")[0];
  } catch {
    return undefined;
  }
}

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

describe.each([
  [64, "numpy.libs/libscipy_openblas64_*"],
  [32, "scipy.libs/libscipy_openblas-*"],
] as const)("integers of %i bits", (bits, pattern) => {
  const file = wheelLibrary(pattern);

  test.skipIf(file === undefined)(
    `every kernel${file === undefined ? ` (no ${pattern} here)` : ""}`,
    async () => {
      const { engines, withEngine, linalg, randn, tensor } = await freshEngine({ LINTEL_BLAS: file! });
      const [{ native }] = engines();
      expect(native?.lapack).toMatchObject({ available: true, integerBits: bits, refused: [] });
      for (const dtype of ["float32", "float64"] as const) {
        const a = randn([12, 9], { seed: 1, dtype });
        const wide = randn([9, 12], { seed: 3, dtype });
        const build = (entry: (i: number, j: number) => number) =>
          tensor(
            Float64Array.from({ length: 81 }, (_, at) => entry(Math.floor(at / 9), at % 9)),
            { shape: [9, 9], dtype },
          );
        const definite = build((i, j) => 1 / (1 + Math.abs(i - j)) + Number(i === j));
        const square = build((i, j) => Math.sin(7 * i + j * j) + 4 * Number(i === j));
        const results = () => [
          linalg.svd(a).S,
          linalg.svd(wide).S,
          linalg.svdvals(a),
          linalg.eigh(square).eigenvalues,
          linalg.eigvalsh(square),
          linalg.qr(a).R,
          linalg.qr(a, { pivoting: true }).R,
          linalg.eig(definite).eigenvalues.re,
          linalg.cholesky(definite),
          linalg.lu(square).U,
          linalg.solve(square, wide),
          linalg.solveTriangular(definite, wide, { lower: true }),
          linalg.inv(square),
          linalg.slogdet(square).logabsdet,
        ];
        const theirs = withEngine("reference", results);
        withEngine("native", results).forEach((ours, i) => {
          expect(largestDifference(ours, theirs[i])).toBeLessThan(dtype === "float64" ? 1e-13 : 2e-5);
        });
      }
    },
  );
});

test("without LAPACK the kernels decline: slower engines compute, and the status says why", async () => {
  const { engines, withEngine, linalg, randn } = await freshEngine({
    LINTEL_LAPACK: "/nowhere/liblapack.so",
  });
  const [{ available, native }] = engines();
  const reason = native?.lapack?.reason ?? native?.reason;
  expect(reason).toContain(available ? "LINTEL_LAPACK=/nowhere/liblapack.so: " : "");
  const a = randn([6, 4], { seed: 1, dtype: "float64" });
  const theirs = withEngine("reference", () => linalg.svd(a).S);
  const ours = withEngine(available ? "native" : "wasm", () => linalg.svd(a).S);
  expect(largestDifference(ours, theirs)).toBeLessThan(1e-14);
});
