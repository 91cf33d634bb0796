/** A maker of BLAS libraries: where it is found, and what it calls the functions outside the standard. */
export interface Family {
  readonly name: string;
  /** File names for the dynamic linker, or paths, best first. `$NAME` stands for an environment variable. */
  readonly files: Readonly<Partial<Record<string, readonly string[]>>>;
  /** Sets the number of threads: the function and the C type of its argument. */
  readonly setThreads?: readonly [name: string, type: "int" | "int64"];
  /** Read by the library when it loads, where there is no such function. */
  readonly threadsVariable?: string;
  /** A function without arguments that returns a description. */
  readonly config?: string;
  /** Called once with an int, so that equal calls give equal bits whatever the alignment of the operands. */
  readonly reproducible?: readonly [name: string, value: number];
}

const openblas: Family = {
  name: "openblas",
  files: {
    // Fedora's libopenblas.so.0 runs one thread; libopenblasp is its threaded build. Alpine counts to 3.
    linux: [
      "libopenblasp.so.0",
      "libopenblas.so.0",
      "libopenblas.so.3",
      "$CONDA_PREFIX/lib/libopenblas.so.0",
      "libopenblas.so",
      "libopenblas64.so.0",
      "libopenblas64_.so.0",
    ],
    darwin: [
      "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
      "/usr/local/opt/openblas/lib/libopenblas.dylib",
      "$CONDA_PREFIX/lib/libopenblas.dylib",
    ],
    win32: ["libopenblas.dll", "openblas.dll"],
    freebsd: ["libopenblas.so.0", "libopenblas.so"],
  },
  setThreads: ["openblas_set_num_threads", "int"],
  config: "openblas_get_config",
};

const mkl: Family = {
  name: "mkl",
  files: {
    linux: ["libmkl_rt.so.2", "libmkl_rt.so.3", "$MKLROOT/lib/intel64/libmkl_rt.so", "libmkl_rt.so"],
    win32: ["mkl_rt.2.dll", "mkl_rt.3.dll", "mkl_rt.dll"],
    darwin: ["$MKLROOT/lib/libmkl_rt.dylib"],
  },
  setThreads: ["MKL_Set_Num_Threads", "int"],
  reproducible: ["MKL_CBWR_Set", 2], // MKL_CBWR_AUTO
};

const blis: Family = {
  name: "blis",
  files: {
    linux: [
      "libblis-mt.so.5",
      "libblis-mt.so.4",
      "libblis.so.5",
      "libblis.so.4",
      "libblis.so",
      "libblis64.so.4",
    ],
    darwin: ["/opt/homebrew/opt/blis/lib/libblis.dylib"],
    win32: ["AOCL-LibBlis-Win-MT-dll.dll"],
    freebsd: ["libblis.so"],
  },
  setThreads: ["bli_thread_set_num_threads", "int64"],
  config: "bli_info_get_version_str",
};

const accelerate: Family = {
  name: "accelerate",
  files: { darwin: ["/System/Library/Frameworks/Accelerate.framework/Accelerate"] },
  threadsVariable: "VECLIB_MAXIMUM_THREADS",
};

/**
 * In the order in which they are tried. `libblas.so.3` is not among them: it may be the reference BLAS, which is
 * slower than the WebAssembly kernels.
 */
export const families: readonly Family[] = [accelerate, openblas, mkl, blis];

/** How builds decorate their symbols: plain, 64-bit integers, and the libraries inside SciPy's and NumPy's wheels. */
export const decorations: readonly (readonly [prefix: string, suffix: string])[] = [
  ["", ""],
  ["", "64_"],
  ["", "_64"],
  ["scipy_", ""],
  ["scipy_", "64_"],
];
