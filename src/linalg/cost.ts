import { Polynomial } from "../shape/polynomial.js";
import type { Size } from "../shape/dim.js";

/** x³·numerator/3, rounded; formulas have whole coefficients, so with a name it is the next whole multiple of x³. */
export function thirdsOfCube(numerator: number, x: Size): Polynomial {
  const cube = Polynomial.product(x, x, x);
  if (!cube.isConstant) return cube.times(Math.ceil(numerator / 3));
  return Polynomial.constant((BigInt(numerator) * cube.value() + 1n) / 3n);
}

/**
 * LU of [m, n]: 2n³/3 when square; each row that tall A has more costs n² multiply-adds, and each column that wide A has
 * more m² (Golub and Van Loan, Matrix Computations, 4th ed., §3.2).
 */
export function luFlops(short: Size, long: Size): Polynomial {
  const extra = Polynomial.of(long).minus(short);
  return thirdsOfCube(2, short).plus(Polynomial.product(short, short, extra));
}

/** n multiply-adds, halved by the triangle, for each entry of the solution: n² a right-hand side. */
export const triangularFlops = (n: Size, dims: readonly Size[]): Polynomial => Polynomial.product(n, ...dims);
