import { testRounding } from "../../../test/families/elementwise.js";
import { floor } from "./op.js";

// np.floor(x)
testRounding(floor, [-3, -2, -1, -0, 0, 1, 2, 10, Infinity, -Infinity, NaN]);
