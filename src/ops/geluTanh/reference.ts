import { exactProduct } from "../product.js";
import { sigmoidOf } from "../sigmoid/reference.js";

// 2·√(2/π) and 0.044715 times it: the float64 numbers nearest to them and to what is missing there.
const [linear, linearLow] = [1.5957691216057308, -9.96930880911092e-17];
const [cubic, cubicLow] = [0.07135481627260025, -6.175149918155315e-19];

/**
 * x/2·(1 + tanh u) as x·sigmoid(2u): the sum would cancel in the left tail. There a rounding error of 2u counts |2u|
 * times, so that 2u = x·(linear + cubic·x²) is computed in two parts.
 */
export function geluTanhOf(x: number): number {
  if (!(Math.abs(x) < 1e3)) return x * sigmoidOf(x);
  const [square, squareLow] = exactProduct(x, x);
  const [term, termLow] = exactProduct(cubic, square);
  const sum = linear + term;
  const back = sum - linear;
  const lost = linear - (sum - back) + (term - back) + termLow + cubic * squareLow + cubicLow * square;
  const [z, zLow] = exactProduct(x, sum);
  const s = sigmoidOf(z);
  return x * (s + (zLow + x * (lost + linearLow)) * s * (1 - s));
}
