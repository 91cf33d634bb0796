import type { Kernel } from "../../op/define.js";
import { writeValues } from "../../op/loops.js";
import { logDeterminant } from "../det/determinant.js";
import { eachPivots } from "../det/reference.js";

export const slogdetReference: Kernel<undefined> = ([a], [sign, logabsdet]) => {
  const results = Array.from(eachPivots("slogdet", a), ({ pivots, odd }) => logDeterminant(pivots, odd));
  writeValues(
    sign,
    results.map((result) => result.sign),
  );
  writeValues(
    logabsdet,
    results.map(({ logMagnitude }) => logMagnitude),
  );
};
