// What `#native` means in Node: kernels on the machine's BLAS. Elsewhere it is no-native.ts.
import {
  adviseHugePages,
  allocateRecycled,
  lapack,
  nativeChoice,
  nativeStatus,
  selectNative,
} from "../native/index.js";
import { linearNative } from "../ops/linear/native.js";
import { matmulNative } from "../ops/matmul/native.js";
import { attentionNative } from "../ops/scaledDotProductAttention/native.js";

export const native = {
  adviseHugePages,
  allocateRecycled,
  kernels: { linear: linearNative, matmul: matmulNative, scaledDotProductAttention: attentionNative },
  /** The machine's LAPACK; undefined where there is none or it is off. */
  lapack,
  choice: nativeChoice,
  select: selectNative,
  status: nativeStatus,
};
