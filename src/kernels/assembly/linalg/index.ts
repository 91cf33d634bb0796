// The exports of the decompositions' module: one name per kernel and element type. ../../linalg-exports.ts describes
// them to TypeScript. Matrices are row-major; addresses and sizes are in bytes, strides in elements.

/** First byte that belongs to the arena rather than to static data. */
export function arenaStart(): usize {
  return (__heap_base + 63) & ~63;
}
