import { testLogical } from "../../../test/families/elementwise.js";
import { logicalAnd } from "./op.js";

// np.logical_and(a, b)
testLogical(logicalAnd, [true, true, false, true, true, true, true, true], [true, false, false, false]);
