// What assembly/index.ts exports, as TypeScript sees it. Addresses are bytes, strides are elements.

type GemmKernel = (
  count: number,
  m: number,
  n: number,
  k: number,
  a: number,
  aBatch: number,
  aRow: number,
  aCol: number,
  b: number,
  bBatch: number,
  bRow: number,
  bCol: number,
  c: number,
  accumulate: boolean,
  scratch: number,
) => void;

type GemvKernel = (
  rows: number,
  k: number,
  matrix: number,
  stride: number,
  x: number,
  y: number,
  accumulate: boolean,
) => void;

type ScratchSize = (m: number, n: number, k: number) => number;

type HalfKernel = (source: number, out: number, count: number) => void;

/** The functions of the WebAssembly module. */
export interface KernelExports {
  arenaStart(): number;
  readonly gemmScratchF32: ScratchSize;
  readonly gemmScratchF64: ScratchSize;
  readonly gemmF32: GemmKernel;
  readonly gemmF64: GemmKernel;
  readonly gemvRowsF32: GemvKernel;
  readonly gemvRowsF64: GemvKernel;
  readonly gemvColumnsF32: GemvKernel;
  readonly gemvColumnsF64: GemvKernel;
  readonly float16ToFloat32: HalfKernel;
  readonly bfloat16ToFloat32: HalfKernel;
}
