import { Polynomial } from "../../shape/polynomial.js";
import type { Size } from "../../shape/dim.js";

/**
 * LU of matrices [m, n], n ≤ m: mn² − n³/3, as 2n³/3 for the square part and n² multiply-adds for each further row; of
 * wide ones the same on the transpose (Golub and Van Loan, Matrix Computations, 4th ed., §3.2; LAPACK Working Note 41).
 */
export function luFlops(batch: readonly Size[], short: Size, long: Size): Polynomial {
  const further = Polynomial.of(long).minus(short);
  return Polynomial.product(2, ...batch, short, short, short)
    .over(3)
    .plus(Polynomial.product(...batch, short, short, further));
}

/** n multiply-adds, halved by the triangle, for each entry of the solution: n² a right-hand side. */
export const triangularFlops = (n: Size, dims: readonly Size[]): Polynomial => Polynomial.product(n, ...dims);
