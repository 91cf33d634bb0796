// The WASM kernels of the elementwise ops that cost a few instructions: one table instead of a file for each.
import type { Kernel, Op } from "../op/define.js";
import { absOp } from "./abs/op.js";
import { addOp } from "./add/op.js";
import { castOp } from "./cast/op.js";
import { castWasm } from "./cast/wasm.js";
import { ceilOp } from "./ceil/op.js";
import { clipOp } from "./clip/op.js";
import { cosOp } from "./cos/op.js";
import { divOp } from "./div/op.js";
import { eqOp } from "./eq/op.js";
import { floorOp } from "./floor/op.js";
import { geOp } from "./ge/op.js";
import { gtOp } from "./gt/op.js";
import { isfiniteOp } from "./isfinite/op.js";
import { isnanOp } from "./isnan/op.js";
import { leOp } from "./le/op.js";
import { logicalAndOp } from "./logicalAnd/op.js";
import { logicalNotOp } from "./logicalNot/op.js";
import { logicalOrOp } from "./logicalOr/op.js";
import { logicalXorOp } from "./logicalXor/op.js";
import { ltOp } from "./lt/op.js";
import { maximumOp } from "./maximum/op.js";
import { minimumOp } from "./minimum/op.js";
import { mulOp } from "./mul/op.js";
import { neOp } from "./ne/op.js";
import { negOp } from "./neg/op.js";
import { powOp } from "./pow/op.js";
import { powWasm } from "./pow/wasm.js";
import { reciprocalOp } from "./reciprocal/op.js";
import { remainderOp } from "./remainder/op.js";
import { roundOp } from "./round/op.js";
import { signOp } from "./sign/op.js";
import { sinOp } from "./sin/op.js";
import { squareOp } from "./square/op.js";
import { subOp } from "./sub/op.js";
import { whereOp } from "./where/op.js";
import {
  arithmeticKernel,
  clipWasm,
  comparisonKernel,
  composedKernel,
  logicKernel,
  logicalNotWasm,
  selfKernel,
  whereWasm,
} from "./grid.js";
import { floatMapKernel } from "./wasm.js";

const entry = <A>(op: Op<A>, kernel: Kernel<A>): readonly [Op<never>, readonly Kernel<never>[]] => [
  op,
  [kernel],
];

export const elementwiseWasm = [
  entry(absOp, floatMapKernel("abs")),
  entry(addOp, arithmeticKernel("add")),
  entry(castOp, castWasm),
  entry(ceilOp, floatMapKernel("ceil")),
  entry(clipOp, clipWasm),
  entry(cosOp, floatMapKernel("cos")),
  entry(divOp, arithmeticKernel("div")),
  entry(eqOp, comparisonKernel("eq")),
  entry(floorOp, floatMapKernel("floor")),
  entry(geOp, comparisonKernel("le", true)),
  entry(gtOp, comparisonKernel("lt", true)),
  entry(isfiniteOp, selfKernel("isfinite")),
  entry(isnanOp, selfKernel("ne")),
  entry(leOp, comparisonKernel("le")),
  entry(logicalAndOp, logicKernel("and")),
  entry(logicalNotOp, logicalNotWasm),
  entry(logicalOrOp, logicKernel("or")),
  entry(logicalXorOp, logicKernel("xor")),
  entry(ltOp, comparisonKernel("lt")),
  entry(maximumOp, arithmeticKernel("maximum")),
  entry(minimumOp, arithmeticKernel("minimum")),
  entry(mulOp, arithmeticKernel("mul")),
  entry(neOp, comparisonKernel("ne")),
  entry(negOp, floatMapKernel("neg")),
  entry(powOp, powWasm),
  entry(reciprocalOp, floatMapKernel("reciprocal")),
  entry(remainderOp, composedKernel("remainder")),
  entry(roundOp, floatMapKernel("round")),
  entry(signOp, floatMapKernel("sign")),
  entry(sinOp, floatMapKernel("sin")),
  entry(squareOp, floatMapKernel("square")),
  entry(subOp, arithmeticKernel("sub")),
  entry(whereOp, whereWasm),
];
