/** √Σx² in float64; undefined where squares overflow or vanish, or a value is not finite. */
export function rootOfSquares(values: Float32Array | Float64Array): number | undefined {
  // Four sums, so that the additions need not wait for each other.
  let [a, b, c, d] = [0, 0, 0, 0];
  const end = values.length - (values.length % 4);
  for (let i = 0; i < end; i += 4) {
    a += values[i] * values[i];
    b += values[i + 1] * values[i + 1];
    c += values[i + 2] * values[i + 2];
    d += values[i + 3] * values[i + 3];
  }
  for (let i = end; i < values.length; i++) a += values[i] * values[i];
  const squares = a + b + (c + d);
  // 2⁻⁹⁰⁰ is far above the squares that are lost.
  return squares < Infinity && squares > 2 ** -900 ? Math.sqrt(squares) : undefined;
}
