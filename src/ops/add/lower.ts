import { lowerBinary } from "../lower.js";

export const lowerAdd = lowerBinary("addF32");
