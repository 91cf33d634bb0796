// The faster kernels of the decompositions, laid over their references.
import { addKernels } from "../backends/cpu.js";
import { eigOp, eigvalsOp } from "./eig/op.js";
import { eigvalsWasm, eigWasm } from "./eig/wasm.js";
import { eighNative } from "./eigh/native.js";
import { eighOp } from "./eigh/op.js";
import { eighWasm } from "./eigh/wasm.js";
import { eigvalshNative } from "./eigvalsh/native.js";
import { eigvalshOp } from "./eigvalsh/op.js";
import { eigvalshWasm } from "./eigvalsh/wasm.js";
import { pairwiseDistancesOp } from "./distances/op.js";
import { distancesByProducts } from "./distances/products.js";
import { qrOp } from "./qr/op.js";
import { qrWasm } from "./qr/wasm.js";
import { svdNative } from "./svd/native.js";
import { svdOp } from "./svd/op.js";

addKernels(eigOp, { wasm: eigWasm });
addKernels(eigvalsOp, { wasm: eigvalsWasm });
addKernels(eighOp, { wasm: eighWasm, native: eighNative });
addKernels(eigvalshOp, { wasm: eigvalshWasm, native: eigvalshNative });
addKernels(qrOp, { wasm: qrWasm });
addKernels(svdOp, { native: svdNative });
addKernels(pairwiseDistancesOp, { wasm: distancesByProducts });
