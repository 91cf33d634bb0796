// Small problems with known answers: a library with another calling convention or a broken routine fails here.
import type { Reals } from "../operand.js";
import { newIntegers } from "./fortran.js";
import type { RoutineName, Routines } from "./routines.js";

type Values = Float32ArrayConstructor | Float64ArrayConstructor;

/** Throws when the routine computes wrongly. */
type Check<N extends RoutineName> = (routine: Routines[N], Values: Values, integerBits: 32 | 64) => void;

// [[1, 2, 2], [2, 1, -2]] column-major: rows of length 3, orthogonal to each other.
const oblong = [1, 2, 2, 1, 2, -2];

export const checks: { readonly [N in RoutineName]: Check<N> } = {
  syevd(syevd, Values) {
    const a = new Values([2, 1, NaN, 2]); // [[2, ·], [1, 2]]: the triangle that is not named may hold anything
    const w = new Values(2);
    succeed(syevd("V", "L", 2, a, 2, w));
    expectNear(w, [1, 3]);
    expectNear(a.map(Math.abs), Array<number>(4).fill(Math.SQRT1_2));
  },
  gesdd(gesdd, Values, integerBits) {
    const [s, u, vt] = [new Values(2), new Values(4), new Values(6)];
    const iwork = newIntegers(integerBits, 16);
    succeed(gesdd("S", 2, 3, new Values(oblong), 2, s, u, 2, vt, 2, iwork));
    expectFactors(s, u, vt);
  },
  gesvd(gesvd, Values) {
    const [s, u, vt] = [new Values(2), new Values(4), new Values(6)];
    succeed(gesvd("S", "S", 2, 3, new Values(oblong), 2, s, u, 2, vt, 2));
    expectFactors(s, u, vt);
  },
  omatcopy(omatcopy, Values) {
    const [rows, cols] = [37, 70]; // past the edges of any tile
    const a = new Values(rows * cols).map((_: number, i: number) => i);
    const b = new Values(cols * rows);
    omatcopy("R", "T", rows, cols, 1, a, cols, b, rows);
    expectNear(
      b,
      Array.from({ length: cols * rows }, (_, i) => (i % rows) * cols + Math.floor(i / rows)),
    );
  },
};

function succeed(info: number): void {
  if (info !== 0) throw new Error(`it answered ${info} to a small problem`);
}

/** U diag(S) Vh of `oblong`, whose singular values are both 3. */
function expectFactors(s: Reals, u: Reals, vt: Reals): void {
  expectNear(s, [3, 3]);
  const product = oblong.map((_, at) => {
    const [i, j] = [at % 2, Math.floor(at / 2)];
    return u[i] * s[0] * vt[j * 2] + u[2 + i] * s[1] * vt[j * 2 + 1];
  });
  expectNear(product, oblong);
}

function expectNear(actual: ArrayLike<number>, expected: readonly number[]): void {
  const tolerance = actual instanceof Float64Array ? 2 ** -45 : 2 ** -18;
  const wrong = expected.findIndex((value, i) => !(Math.abs(actual[i] - value) <= tolerance));
  if (wrong === -1) return;
  throw new Error(`it gave ${actual[wrong]} instead of ${expected[wrong]} in a small problem`);
}
