import { call, type Lowering } from "../../op/lower.js";
import { countElements } from "../../shape/dim.js";
import { isContiguous } from "../../tensor/strides.js";
import { isDense } from "../lower.js";

export const lowerEmbedding: Lowering<undefined> = ([ids, table], y) => {
  if (ids.dtype !== "int32" || !isDense(table) || !isContiguous(ids.dims, ids.strides)) return undefined;
  return [
    call("gatherF32", countElements(ids.dims), ids.at, table.at, table.strides[0], table.dims[1], y.at),
  ];
};
