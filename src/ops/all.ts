import type { Op } from "../op/define.js";
import * as ops from "./index.js";

const isOp = (value: unknown): value is Op<never> =>
  typeof value === "object" && value !== null && "infer" in value && "cost" in value;

/** Every op there is, sorted by name. For what covers them all: conformance, documentation, backends. */
export const allOps: readonly Op<never>[] = Object.values<unknown>(ops)
  .filter(isOp)
  .toSorted((a, b) => (a.name < b.name ? -1 : 1));
