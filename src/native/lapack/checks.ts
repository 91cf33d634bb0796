// Small problems with known answers: a library with another calling convention or a broken routine fails here.
import type { Reals } from "../operand.js";
import { newIntegers, type Integers } from "./fortran.js";
import type { RoutineName, Routines } from "./routines.js";

type Values = Float32ArrayConstructor | Float64ArrayConstructor;

/** Throws when the routine computes wrongly. */
type Check<N extends RoutineName> = (routine: Routines[N], Values: Values, integerBits: 32 | 64) => void;

// [[1, 2, 2], [2, 1, -2]] column-major: rows of length 3, orthogonal to each other.
const oblong = [1, 2, 2, 1, 2, -2];

// [[4, 2], [1, 3]] column-major.
const square = [4, 1, 2, 3];

export const checks: { readonly [N in RoutineName]: Check<N> } = {
  geqrf(geqrf, Values) {
    const a = new Values([3, 4, 1, 7]); // [[3, 1], [4, 7]]
    succeed(geqrf(2, 2, a, 2, new Values(2)));
    expectNear([a[0], a[2], Math.abs(a[3])], [-5, -6.2, 3.4]);
  },
  geqp3(geqp3, Values, integerBits) {
    const a = new Values([0.5, 0, 3, 4]);
    const order = newIntegers(integerBits, 2);
    succeed(geqp3(2, 2, a, 2, order, new Values(2)));
    expectNear([Number(order[0]), Number(order[1]), Math.abs(a[0])], [2, 1, 5]);
  },
  orgqr(orgqr, Values) {
    // One reflector I − tau·v·vᵀ with v = (1, 0.5), which maps (3, 4) to (−5, 0).
    const a = new Values([-5, 0.5]);
    succeed(orgqr(2, 1, 1, a, 2, new Values([1.6])));
    expectNear(a, [-0.6, -0.8]);
  },
  potrf(potrf, Values) {
    const a = new Values([4, 2, NaN, 10]);
    succeed(potrf("L", 2, a, 2));
    expectNear([a[0], a[1], a[3]], [2, 1, 3]);
    if (potrf("L", 1, new Values([-1]), 1) !== 1) throw new Error("it factored a negative number");
  },
  getrf(getrf, Values, integerBits) {
    const a = new Values([1, 4, 3, 2]); // [[1, 3], [4, 2]]
    const pivots = newIntegers(integerBits, 2);
    succeed(getrf(2, 2, a, 2, pivots));
    expectNear(a, [4, 0.25, 2, 2.5]);
    expectNear([Number(pivots[0]), Number(pivots[1])], [2, 2]);
  },
  getrs(getrs, Values, integerBits) {
    const b = new Values([6, 4]);
    succeed(getrs("N", 2, 1, new Values([4, 0.25, 2, 2.5]), 2, unmoved(integerBits), b, 2));
    expectNear(b, [1, 1]);
  },
  getri(getri, Values, integerBits) {
    const a = new Values([4, 0.25, 2, 2.5]);
    succeed(getri(2, a, 2, unmoved(integerBits)));
    expectNear(a, [0.3, -0.1, -0.2, 0.4]);
  },
  trtrs(trtrs, Values) {
    const b = new Values([5, 3]);
    succeed(trtrs("L", "T", "N", 2, 1, new Values(square), 2, b, 2));
    expectNear(b, [1, 1]);
  },
  geev(geev, Values) {
    // [[1, −2], [2, 1]] has the eigenvalues 1 ± 2i with (1, ∓i)/√2.
    const [re, im, v] = [new Values(2), new Values(2), new Values(4)];
    succeed(geev("N", "V", 2, new Values([1, 2, -2, 1]), 2, re, im, v, 1, v, 2));
    expectNear([...re, ...im], [1, 1, 2, -2]);
    expectNear([Math.hypot(v[0], v[2]), Math.hypot(v[1], v[3])], [Math.SQRT1_2, Math.SQRT1_2]);
  },
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

/** Pivots that exchange nothing. */
function unmoved(integerBits: 32 | 64): Integers {
  const pivots = newIntegers(integerBits, 2);
  pivots.set((integerBits === 32 ? [1, 2] : [1n, 2n]) as number[] & bigint[]);
  return pivots;
}

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
