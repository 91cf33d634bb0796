import type { Lowering } from "../../op/lower.js";
import { lowerMul } from "../mul/lower.js";

export const lowerSquare: Lowering<undefined> = ([x], y, _, room) => lowerMul([x, x], y, undefined, room);
