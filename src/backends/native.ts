// What `#native` means in Node: kernels on the machine's BLAS. Elsewhere it is no-native.ts.
import { adviseHugePages, nativeStatus, selectNative } from "../native/index.js";
import { linearNative } from "../ops/linear/native.js";
import { matmulNative } from "../ops/matmul/native.js";
import { attentionNative } from "../ops/scaledDotProductAttention/native.js";

export const native = {
  adviseHugePages,
  kernels: { linear: linearNative, matmul: matmulNative, scaledDotProductAttention: attentionNative },
  select: selectNative,
  status: nativeStatus,
};
