// What `#native` means in a browser: nothing, and no trace of the bindings in the bundle.

const decline = (): false => false;

export const native: typeof import("./native.js").native = {
  adviseHugePages: () => {},
  allocateRecycled: (_, make) => make(),
  kernels: { linear: decline, matmul: decline, scaledDotProductAttention: decline },
  lapack: () => undefined,
  choice: () => "off",
  select: () => "off",
  status: () => ({
    available: false,
    library: null,
    path: null,
    config: null,
    threads: null,
    integerBits: null,
    reason: "a browser has no BLAS",
    tried: [],
    lapack: null,
  }),
};
