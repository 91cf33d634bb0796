// Eigenvectors whose residual is too large, made better by inverse iteration: (A − λ) y = x, on a Hessenberg form of A
// itself, where no balancing stretches rounding errors (Golub and Van Loan, Matrix Computations, 4th ed., §7.6.1).

import { scaleToUnit } from "../common/matrix.js";

/** A complex vector. */
interface Vector {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

const MOST_STEPS = 3;

/**
 * Replaces the columns of the eigenvectors of a[n, n] whose residual exceeds n·ε·‖A‖, a tenth of what is promised, where
 * that makes it smaller. Vectors keep length 1, and a complex one its largest entry real. Returns whether all together now
 * have a residual of half of what is promised.
 */
export function refineVectors(
  a: Float64Array,
  n: number,
  [re, im, vectorsRe, vectorsIm]: readonly Float64Array[],
): boolean {
  const { scaled, scale } = scaleToUnit(a);
  const bound = n * Number.EPSILON * lengthOf(scaled);
  let total = 0;
  let form: HessenbergForm | undefined;
  for (let j = 0; j < n; j++) {
    const shift = [re[j] / scale, im[j] / scale] as const;
    let best = { re: columnOf(vectorsRe, n, j), im: columnOf(vectorsIm, n, j) };
    const before = residual(scaled, shift, best);
    let error = before;
    for (let step = 0; step < MOST_STEPS && error > bound; step++) {
      form ??= new HessenbergForm(scaled, n);
      const next = form.iterate(shift, best);
      const nextError = residual(scaled, shift, next);
      if (!(nextError < error)) break;
      best = next;
      error = nextError;
    }
    const isPair = im[j] !== 0;
    if (error < before) {
      turn(best, isPair, vectorsRe, j);
      putColumn(vectorsRe, n, j, best.re);
      putColumn(vectorsIm, n, j, best.im);
      if (isPair) {
        putColumn(vectorsRe, n, j + 1, best.re);
        putColumn(
          vectorsIm,
          n,
          j + 1,
          best.im.map((y) => 0 - y),
        ); // never −0
      }
    }
    total += (isPair ? 2 : 1) * error * error;
    if (isPair) j++;
  }
  return Math.sqrt(total) <= 5 * bound;
}

/** The Euclidean length of entries whose squares are in range. */
const lengthOf = (...parts: readonly Float64Array[]): number =>
  Math.sqrt(parts.reduce((sum, part) => part.reduce((total, x) => total + x * x, sum), 0));

const columnOf = (matrix: Float64Array, n: number, j: number): Float64Array =>
  Float64Array.from({ length: n }, (_, i) => matrix[i * n + j]);

function putColumn(matrix: Float64Array, n: number, j: number, column: Float64Array): void {
  column.forEach((value, i) => (matrix[i * n + j] = value));
}

/** ‖A x − λ x‖ for x of length 1. */
function residual(a: Float64Array, [p, q]: readonly [number, number], { re, im }: Vector): number {
  const n = re.length;
  let total = 0;
  for (let i = 0, at = 0; i < n; i++) {
    let x = q * im[i] - p * re[i];
    let y = 0 - p * im[i] - q * re[i];
    for (let k = 0; k < n; k++, at++) {
      x += a[at] * re[k];
      y += a[at] * im[k];
    }
    total += x * x + y * y;
  }
  return Math.sqrt(total);
}

/** Multiplies by the unit number that makes the largest entry real, or for a real vector gives it its old sign. */
function turn({ re, im }: Vector, isComplex: boolean, before: Float64Array, j: number): void {
  const n = re.length;
  let place = 0;
  for (let i = 1; i < n; i++) if (Math.hypot(re[i], im[i]) > Math.hypot(re[place], im[place])) place = i;
  const size = Math.hypot(re[place], im[place]) * (!isComplex && before[place * n + j] < 0 ? -1 : 1);
  const [cos, sin] = [re[place] / size, im[place] / size];
  for (let i = 0; i < n; i++) {
    const [x, y] = [re[i], im[i]];
    re[i] = cos * x + sin * y;
    im[i] = isComplex && i !== place ? cos * y - sin * x : 0;
  }
}

/** A = Q H Qᵀ with H zero below its first subdiagonal. */
class HessenbergForm {
  readonly #n: number;
  readonly #h: Float64Array;
  readonly #q: Float64Array;

  constructor(a: Float64Array, n: number) {
    this.#n = n;
    this.#h = a.slice();
    this.#q = new Float64Array(n * n);
    for (let i = 0; i < n; i++) this.#q[i * n + i] = 1;
    for (let k = 0; k + 2 < n; k++) this.#eliminate(k);
  }

  /** Makes column k zero below its subdiagonal by one reflector. */
  #eliminate(k: number): void {
    const [n, h] = [this.#n, this.#h];
    const v = columnOf(h, n, k).fill(0, 0, k + 1);
    const largest = v.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
    if (v.subarray(k + 2).every((x) => x === 0)) return;
    for (let i = k + 1; i < n; i++) v[i] /= largest;
    v[k + 1] += lengthOf(v) * (v[k + 1] < 0 ? -1 : 1);
    const factor = 2 / lengthOf(v) ** 2;
    const sums = new Float64Array(n);
    for (let i = k + 1; i < n; i++) {
      const row = h.subarray(i * n, i * n + n);
      for (let j = 0; j < n; j++) sums[j] += v[i] * row[j];
    }
    for (let i = k + 1; i < n; i++) {
      const row = h.subarray(i * n, i * n + n);
      for (let j = 0; j < n; j++) row[j] -= factor * v[i] * sums[j];
    }
    for (const matrix of [h, this.#q]) {
      for (let i = 0; i < n; i++) {
        const row = matrix.subarray(i * n, i * n + n);
        let sum = 0;
        for (let j = k + 1; j < n; j++) sum += v[j] * row[j];
        for (let j = k + 1; j < n; j++) row[j] -= factor * sum * v[j];
      }
    }
    for (let i = k + 2; i < n; i++) h[i * n + k] = 0;
  }

  /** (A − λ)⁻¹ x, of length 1. */
  iterate(shift: readonly [number, number], x: Vector): Vector {
    const turned = { re: this.#timesTransposed(x.re), im: this.#timesTransposed(x.im) };
    solveShifted(this.#h, shift, turned);
    const y = { re: this.#times(turned.re), im: this.#times(turned.im) };
    const length = lengthOf(y.re, y.im);
    for (const part of [y.re, y.im]) for (let i = 0; i < this.#n; i++) part[i] /= length;
    return y;
  }

  #times(x: Float64Array): Float64Array {
    const [n, q] = [this.#n, this.#q];
    return x.map((_, i) => {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += q[i * n + j] * x[j];
      return sum;
    });
  }

  #timesTransposed(x: Float64Array): Float64Array {
    const [n, q] = [this.#n, this.#q];
    const result = new Float64Array(n);
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) result[j] += q[i * n + j] * x[i];
    return result;
  }
}

/** Solutions are scaled down from here on: their direction is what counts. */
const HUGE = 1e100;

/** x ← a multiple of (H − λ)⁻¹ x, by elimination that chooses the larger of two rows; a zero pivot becomes a tiny one. */
function solveShifted(h: Float64Array, [p, q]: readonly [number, number], { re: x, im: y }: Vector): void {
  const n = x.length;
  const re = h.slice();
  const im = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    re[i * n + i] -= p;
    im[i * n + i] = -q;
  }
  for (let k = 0; k + 1 < n; k++) {
    const [top, below] = [k * n, k * n + n];
    if (Math.hypot(re[below + k], im[below + k]) > Math.hypot(re[top + k], im[top + k])) {
      for (const part of [re, im]) {
        const row = part.slice(top, below);
        part.copyWithin(top, below, below + n);
        part.set(row, below);
      }
      for (const part of [x, y]) [part[k], part[k + 1]] = [part[k + 1], part[k]];
    }
    const [c, d] = quotient(re[below + k], im[below + k], re[top + k], im[top + k]);
    if (c === 0 && d === 0) continue;
    for (let j = k + 1; j < n; j++) {
      const u = re[top + j];
      const v = im[top + j];
      re[below + j] -= c * u - d * v;
      im[below + j] -= c * v + d * u;
    }
    const [u, v] = [x[k], y[k]];
    x[k + 1] -= c * u - d * v;
    y[k + 1] -= c * v + d * u;
  }
  for (let k = n - 1; k >= 0; k--) {
    let [u, v] = [x[k], y[k]];
    for (let j = k + 1, at = k * n + k + 1; j < n; j++, at++) {
      u -= re[at] * x[j] - im[at] * y[j];
      v -= re[at] * y[j] + im[at] * x[j];
    }
    [x[k], y[k]] = quotient(u, v, re[k * n + k], im[k * n + k]);
    const size = Math.hypot(x[k], y[k]);
    if (size < HUGE) continue;
    for (let i = 0; i < n; i++) {
      x[i] /= size;
      y[i] /= size;
    }
  }
}

const TINY = 1e-150;

/** (a + bi) / (c + di), without leaving the range on the way. */
function quotient(a: number, b: number, c: number, d: number): [number, number] {
  const size = Math.hypot(c, d);
  if (size < TINY * TINY) return [a / TINY / TINY, b / TINY / TINY];
  const [cos, sin] = [c / size, d / size];
  return [(a * cos + b * sin) / size, (b * cos - a * sin) / size];
}
