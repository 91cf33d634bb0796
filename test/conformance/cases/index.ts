import type { Coverage } from "../case.js";
import { elementwise } from "./elementwise.js";
import { movement } from "./movement.js";
import { products } from "./products.js";
import { reductions } from "./reductions.js";

/** The cases of every op. A new op adds a line to the group that it belongs to. */
export const coverage: Readonly<Record<string, Coverage>> = {
  ...elementwise,
  ...movement,
  ...products,
  ...reductions,
};
