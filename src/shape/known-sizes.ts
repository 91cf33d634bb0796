import { ShapeError } from "../base/errors.js";

/** The sizes that names stand for, where they are known. */
export type KnownSizes = ReadonlyMap<string, number>;

export const noSizes: KnownSizes = new Map();

/** Both together. Throws `ShapeError` when one name has two sizes. */
export function mergeSizes(a: KnownSizes, b: KnownSizes): KnownSizes {
  if (b.size === 0 || a === b) return a;
  if (a.size === 0) return b;
  const merged = new Map(a);
  for (const [name, size] of b) {
    const known = merged.get(name);
    if (known !== undefined && known !== size) {
      throw new ShapeError(
        `two sizes are named ${name}: ${known} and ${size}; give one of them another name`,
        {
          name,
          sizes: [known, size],
        },
      );
    }
    merged.set(name, size);
  }
  return merged;
}
