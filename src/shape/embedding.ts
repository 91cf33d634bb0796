import { ShapeError } from "../base/errors.js";
import type { Size } from "./dim.js";

/** One row of the table per id: `[...ids]` into `[vocabulary, ...row]` gives `[...ids, ...row]`. */
export function embeddingShape(ids: readonly Size[], table: readonly Size[]): Size[] {
  if (table.length > 0) return [...ids, ...table.slice(1)];
  throw new ShapeError(`embedding: the table is a scalar`, {
    op: "embedding",
    shapes: [ids, table],
  });
}
