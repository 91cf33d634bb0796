import { testLogical } from "../../../test/families/elementwise.js";
import { logicalOr } from "./op.js";

// np.logical_or(a, b)
testLogical(logicalOr, [true, true, false, true, true, true, true, true], [true, true, true, false]);
