// W. J. Cody, "Rational Chebyshev approximations for the error function", Mathematics of Computation 23 (1969).
// Three intervals of |x|; numerator and denominator coefficients from the highest power down.
const small = {
  numerator: [
    1.8577770618460315e-1, 3.1611237438705655, 1.1386415415105016e2, 3.77485237685302e2, 3.2093775891384694e3,
  ],
  denominator: [1, 2.3601290952344122e1, 2.4402463793444417e2, 1.2826165260773723e3, 2.844236833439171e3],
};
const middle = {
  numerator: [
    2.1531153547440383e-8, 5.641884969886701e-1, 8.883149794388377, 6.611919063714163e1, 2.986351381974001e2,
    8.81952221241769e2, 1.7120476126340707e3, 2.0510783778260716e3, 1.2303393547979972e3,
  ],
  denominator: [
    1, 1.5744926110709835e1, 1.176939508913125e2, 5.371811018620099e2, 1.6213895745666903e3,
    3.2907992357334597e3, 4.362619090143247e3, 3.4393676741437216e3, 1.2303393548037495e3,
  ],
};
const large = {
  numerator: [
    1.6315387137302097e-2, 3.0532663496123236e-1, 3.6034489994980445e-1, 1.2578172611122926e-1,
    1.6083785148742275e-2, 6.587491615298378e-4,
  ],
  denominator: [
    1, 2.568520192289822, 1.8729528499234673, 5.279051029514285e-1, 6.051834131244132e-2,
    2.3352049762686918e-3,
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
