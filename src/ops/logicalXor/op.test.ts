import { testLogical } from "../../../test/families/elementwise.js";
import { logicalXor } from "./op.js";

// np.logical_xor(a, b)
testLogical(logicalXor, [false, false, false, false, false, false, false, false], [false, true, true, false]);
