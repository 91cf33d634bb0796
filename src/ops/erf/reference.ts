// W. J. Cody, "Rational Chebyshev approximations for the error function", Mathematics of Computation 23 (1969).
// Three intervals of |x|; numerator and denominator coefficients from the highest power down.
const small = {
  numerator: [
    1.85777706184603153e-1, 3.1611237438705656, 1.13864154151050156e2, 3.77485237685302021e2,
    3.20937758913846947e3,
  ],
  denominator: [
    1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3,
  ],
};
const middle = {
  numerator: [
    2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1,
    2.98635138197400131e2, 8.8195222124176909e2, 1.71204761263407058e3, 2.05107837782607147e3,
    1.23033935479799725e3,
  ],
  denominator: [
    1, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3,
    3.29079923573345963e3, 4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3,
  ],
};
const large = {
  numerator: [
    1.63153871373020978e-2, 3.05326634961232344e-1, 3.60344899949804439e-1, 1.25781726111229246e-1,
    1.60837851487422766e-2, 6.58749161529837803e-4,
  ],
  denominator: [
    1, 2.56852019228982242, 1.87295284992346725, 5.27905102951428412e-1, 6.05183413124413191e-2,
    2.33520497626869185e-3,
  ],
};

function ratio({ numerator, denominator }: typeof small, x: number): number {
  let [above, below] = [0, 0];
  for (let i = 0; i < numerator.length; i++) {
    above = above * x + numerator[i];
    below = below * x + denominator[i];
  }
  return above / below;
}

/** erfc for x > 0.46875. */
function upperTail(x: number): number {
  if (x > 27) return 0; // below the smallest float64
  const factor =
    x <= 4 ? ratio(middle, x) : (1 / Math.sqrt(Math.PI) - ratio(large, 1 / (x * x)) / (x * x)) / x;
  // e^(−x²) in two factors: the first square is exact, so that its rounding error is not multiplied by x².
  const coarse = Math.trunc(x * 16) / 16;
  return Math.exp(-coarse * coarse) * Math.exp((coarse - x) * (coarse + x)) * factor;
}

/** 2/√π · ∫₀ˣ e^(−t²) dt, to about one unit in the last place. */
export function erfOf(x: number): number {
  const magnitude = Math.abs(x);
  if (!(magnitude > 0.46875)) return x * ratio(small, x * x);
  return Math.sign(x) * (1 - upperTail(magnitude));
}

/** 1 − erf(x), with the relative accuracy kept where erf is close to 1. */
export function erfcOf(x: number): number {
  if (!(Math.abs(x) > 0.46875)) return 1 - erfOf(x);
  return x > 0 ? upperTail(x) : 2 - upperTail(-x);
}
