// Roots of f(x) = 1 + Σ z_k² / (p_k − x), the secular equation of a diagonal matrix plus a rank-one term, for
// p_k = d_k² with 0 ≤ d_0 < d_1 < …: the squares of the singular values of a diagonal matrix with a full first row.
//
// A root is found as its distance mu from the nearer of its two poles, so that every p_k − x = (p_k − p_origin) − mu has
// full relative accuracy, which the vectors need (Gu and Eisenstat, SIMAX 16, 1995). The iteration interpolates f by
// its two neighbouring poles and a constant (R.-C. Li's "middle way", LAPACK working note 89, 1993), inside a bracket.

/** The pole that `mu` is measured from, and the root itself: x = d[origin]² + mu. */
export let origin: i32 = 0;
export let mu: f64 = 0;

/** Sums of `sumPoles`: the terms, and their derivative. */
let sum: f64 = 0;
let slope: f64 = 0;

/** gaps[k] := d_k² − shift², without cancellation in the squares. */
export function poleGaps(count: i32, d: usize, shift: f64, gaps: usize): void {
  const s = f64x2.splat(shift);
  let k = 0;
  for (; k + 2 <= count; k += 2) {
    const x = v128.load(d);
    v128.store(gaps, f64x2.mul(f64x2.sub(x, s), f64x2.add(x, s)));
    d += 16;
    gaps += 16;
  }
  if (k < count) {
    const x = load<f64>(d);
    store<f64>(gaps, (x - shift) * (x + shift));
  }
}

function sumPoles(from: i32, to: i32, squares: usize, gaps: usize, x: f64): void {
  const shift = f64x2.splat(x), one = f64x2.splat(1);
  let s0 = f64x2.splat(0), s1 = s0, t0 = s0, t1 = s0;
  let k = from;
  squares += <usize>from * 8;
  gaps += <usize>from * 8;
  for (; k + 4 <= to; k += 4) {
    const r0 = f64x2.div(one, f64x2.sub(v128.load(gaps), shift));
    const r1 = f64x2.div(one, f64x2.sub(v128.load(gaps, 16), shift));
    const u0 = f64x2.mul(v128.load(squares), r0), u1 = f64x2.mul(v128.load(squares, 16), r1);
    s0 = f64x2.add(s0, u0);
    s1 = f64x2.add(s1, u1);
    t0 = f64x2.add(t0, f64x2.mul(u0, r0));
    t1 = f64x2.add(t1, f64x2.mul(u1, r1));
    gaps += 32;
    squares += 32;
  }
  s0 = f64x2.add(s0, s1);
  t0 = f64x2.add(t0, t1);
  let s = f64x2.extract_lane(s0, 0) + f64x2.extract_lane(s0, 1);
  let t = f64x2.extract_lane(t0, 0) + f64x2.extract_lane(t0, 1);
  for (; k < to; k++) {
    const r = 1 / (load<f64>(gaps) - x), u = load<f64>(squares) * r;
    s += u;
    t += u * r;
    gaps += 8;
    squares += 8;
  }
  sum = s;
  slope = t;
}

/**
 * Root i of the secular equation with poles d[count]², d ascending, and weights squares[count] (z²). The root lies
 * strictly between poles i and i + 1, the last above the last pole. Sets `origin` and `mu`, and leaves
 * d_k² − d[origin]² in gaps[count]. The residual is at most `accuracy` times the size of the terms.
 */
export function secularRoot(count: i32, i: i32, d: usize, squares: usize, total: f64, gaps: usize, accuracy: f64): void {
  const last = i == count - 1;
  const di = load<f64>(d + <usize>i * 8);
  poleGaps(count, d, di, gaps);
  let low: f64 = 0, high = total; // all weight on the last pole is the farthest that its root can be
  origin = i;
  if (!last) {
    const gap = load<f64>(gaps + <usize>(i + 1) * 8);
    const middle = 0.5 * gap;
    sumPoles(0, count, squares, gaps, middle);
    if (1 + sum >= 0) {
      high = middle;
    } else {
      origin = i + 1;
      low = -middle;
      high = 0;
      poleGaps(count, d, load<f64>(d + <usize>(i + 1) * 8), gaps);
    }
  }
  const gapLow = load<f64>(gaps + <usize>i * 8);
  const gapHigh = last ? Infinity : load<f64>(gaps + <usize>(i + 1) * 8);
  let x = startingPoint(count, i, squares, gaps, low, high);
  for (let step = 0; step < 100; step++) {
    sumPoles(0, i + 1, squares, gaps, x);
    const psi = sum, psiSlope = slope;
    sumPoles(i + 1, count, squares, gaps, x);
    const f = 1 + psi + sum;
    if (abs<f64>(f) <= accuracy * (1 + abs<f64>(psi) + abs<f64>(sum))) break;
    if (f < 0) low = x;
    else high = x;
    const a = gapLow - x;
    let eta: f64;
    if (last) {
      // One pole: c + s/(gapLow − x).
      const c = f - psiSlope * a;
      eta = c > 0 ? a + psiSlope * a * a / c : Infinity;
    } else {
      const b = gapHigh - x;
      const derivative = psiSlope + slope;
      const c = f - psiSlope * a - slope * b;
      const p = (a + b) * f - a * b * derivative, q = a * b * f;
      const root = sqrt<f64>(max<f64>(0, p * p - 4 * q * c));
      eta = p <= 0 ? (p - root) / (2 * c) : 2 * q / (p + root);
      // f rises: the step has the sign opposite to f.
      if (!(f * eta < 0)) eta = -f / derivative;
    }
    let next = x + eta;
    // Beside the pole it is the order of magnitude that has to be found.
    if (!(next > low && next < high)) next = low == 0 ? 0.01 * high : high == 0 ? 0.01 * low : 0.5 * (low + high);
    if (next == x || next == low || next == high) break;
    x = next;
  }
  mu = x;
}

/** Where the two neighbouring poles, and the others taken as constant, put the root. */
function startingPoint(count: i32, i: i32, squares: usize, gaps: usize, low: f64, high: f64): f64 {
  const middle = 0.5 * (low + high);
  const wLow = load<f64>(squares + <usize>i * 8);
  sumPoles(0, i, squares, gaps, middle);
  let c = 1 + sum;
  if (i == count - 1) {
    const x = c > 0 ? wLow / c : Infinity;
    return x > low && x < high ? x : middle;
  }
  sumPoles(i + 2, count, squares, gaps, middle);
  c += sum;
  const wHigh = load<f64>(squares + <usize>(i + 1) * 8);
  const gLow = load<f64>(gaps + <usize>i * 8), gHigh = load<f64>(gaps + <usize>(i + 1) * 8);
  // c·(gLow − x)(gHigh − x) + wLow·(gHigh − x) + wHigh·(gLow − x) = 0; one of the gaps is 0.
  const b = c * (gLow + gHigh) + wLow + wHigh;
  const q = c * gLow * gHigh + wLow * gHigh + wHigh * gLow;
  const root = sqrt<f64>(max<f64>(0, b * b - 4 * c * q));
  let x = b > 0 ? 2 * q / (b + root) : (b - root) / (2 * c);
  if (!(x > low && x < high)) x = c == 0 ? middle : (b + root) / (2 * c);
  return x > low && x < high ? x : middle;
}
