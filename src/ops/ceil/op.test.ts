import { testRounding } from "../../../test/families/elementwise.js";
import { ceil } from "./op.js";

// np.ceil(x)
testRounding(ceil, [-3, -1, -0, -0, 1, 1, 3, 10, Infinity, -Infinity, NaN]);
