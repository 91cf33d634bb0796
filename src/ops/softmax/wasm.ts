import { softmaxRows } from "../../kernels/index.js";
import type { Kernel } from "../../op/define.js";
import { mapFloat32Lanes } from "../wasm.js";

export const softmaxWasm: Kernel<number> = ([x], [y], axis) => mapFloat32Lanes(x, y, axis, softmaxRows);
