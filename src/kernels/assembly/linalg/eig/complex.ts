// One complex quotient; kernels have no tuples, so it is left in two globals.

export let quotientRe: f64 = 0;
export let quotientIm: f64 = 0;

/** (a + ib) / (c + id) without overflow on the way (Smith 1962). */
export function divide(a: f64, b: f64, c: f64, d: f64): void {
  if (d == 0) {
    quotientRe = a / c;
    quotientIm = b / c;
  } else if (abs(c) >= abs(d)) {
    const ratio = d / c, size = c + d * ratio;
    quotientRe = (a + b * ratio) / size;
    quotientIm = (b - a * ratio) / size;
  } else {
    const ratio = c / d, size = d + c * ratio;
    quotientRe = (a * ratio + b) / size;
    quotientIm = (b * ratio - a) / size;
  }
}
