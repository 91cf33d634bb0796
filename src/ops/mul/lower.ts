import { lowerBinary } from "../lower.js";

export const lowerMul = lowerBinary("mulF32");
