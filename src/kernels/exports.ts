// What assembly/index.ts exports, as TypeScript sees it. Addresses are bytes, strides are elements; a bias of 0 is none.

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
  bias: number,
  scratch: number,
) => void;

type PackSlabs = (
  rows: number,
  cols: number,
  b: number,
  bRow: number,
  bCol: number,
  packed: number,
  depth: number,
  width: number,
  row: number,
  first: number,
) => void;

type DotKernel = (k: number, a: number, b: number) => number;

type GemmPackedKernel = (
  m: number,
  n: number,
  k: number,
  a: number,
  aRow: number,
  aCol: number,
  packed: number,
  c: number,
  accumulate: boolean,
  bias: number,
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

type MapKernel = (at: number, count: number) => void;

type RowKernel = (at: number, rows: number, columns: number) => void;

/** `vectors` are the addresses of the weight and, for layerNorm, of the bias; 0 for none. */
type NormKernel = (at: number, rows: number, columns: number, epsilon: number, ...vectors: number[]) => void;

/** `shifts` is an address, 0 for none; extremes ignore it. */
type FoldKernel = (at: number, rows: number, columns: number, shifts: number, out: number) => void;

/** `carries` is the address of a float64 for every row or column. */
type ScanKernel = (op: number, at: number, rows: number, columns: number, carries: number) => void;

/** For each operand its address, bytes from row to row and whether it has every column; then result and scratch. */
type GridKernel = (rows: number, columns: number, ...operands: number[]) => void;

type OpGridKernel = (op: number, rows: number, columns: number, ...operands: number[]) => void;

/** A step is 0 or 1. */
type BinaryKernel = (count: number, a: number, aStep: number, b: number, bStep: number, to: number) => void;

/** The functions of the WebAssembly module. */
export interface KernelExports {
  arenaStart(): number;
  readonly gemmScratchF32: ScratchSize;
  readonly gemmScratchF64: ScratchSize;
  readonly gemmF32: GemmKernel;
  readonly gemmF64: GemmKernel;
  gemmPackedScratchF32(m: number, k: number): number;
  gemmPackedScratchF64(m: number, k: number): number;
  readonly packSlabsF32: PackSlabs;
  readonly packSlabsF64: PackSlabs;
  readonly gemmPackedF32: GemmPackedKernel;
  readonly gemmPackedF64: GemmPackedKernel;
  readonly gemvRowsF32: GemvKernel;
  readonly gemvRowsF64: GemvKernel;
  readonly gemvColumnsF32: GemvKernel;
  readonly gemvColumnsF64: GemvKernel;
  readonly gemvRowsFloat16: GemvKernel;
  readonly gemvRowsBFloat16: GemvKernel;
  readonly gemvColumnsFloat16: GemvKernel;
  readonly gemvColumnsBFloat16: GemvKernel;
  readonly dotF32: DotKernel;
  readonly dotF64: DotKernel;
  readonly expF32: MapKernel;
  readonly logF32: MapKernel;
  readonly tanhF32: MapKernel;
  readonly sigmoidF32: MapKernel;
  readonly erfF32: MapKernel;
  readonly geluF32: MapKernel;
  readonly geluTanhF32: MapKernel;
  readonly siluF32: MapKernel;
  readonly reluF32: MapKernel;
  readonly sqrtF32: MapKernel;
  readonly rsqrtF32: MapKernel;
  readonly expF64: MapKernel;
  readonly logF64: MapKernel;
  readonly reluF64: MapKernel;
  readonly sqrtF64: MapKernel;
  readonly rsqrtF64: MapKernel;
  readonly tanhF64: MapKernel;
  readonly sigmoidF64: MapKernel;
  readonly siluF64: MapKernel;
  readonly erfF64: MapKernel;
  readonly geluF64: MapKernel;
  readonly geluTanhF64: MapKernel;
  readonly cosF32: MapKernel;
  readonly cosF64: MapKernel;
  readonly sinF32: MapKernel;
  readonly sinF64: MapKernel;
  readonly absF32: MapKernel;
  readonly negF32: MapKernel;
  readonly squareF32: MapKernel;
  readonly reciprocalF32: MapKernel;
  readonly floorF32: MapKernel;
  readonly ceilF32: MapKernel;
  readonly roundF32: MapKernel;
  readonly signF32: MapKernel;
  readonly absF64: MapKernel;
  readonly negF64: MapKernel;
  readonly squareF64: MapKernel;
  readonly reciprocalF64: MapKernel;
  readonly floorF64: MapKernel;
  readonly ceilF64: MapKernel;
  readonly roundF64: MapKernel;
  readonly signF64: MapKernel;
  readonly softmaxF32: RowKernel;
  readonly softmaxF64: RowKernel;
  readonly logSoftmaxF32: RowKernel;
  readonly logSoftmaxF64: RowKernel;
  readonly softmaxColumnsF32: RowKernel;
  readonly softmaxColumnsF64: RowKernel;
  readonly logSoftmaxColumnsF32: RowKernel;
  readonly logSoftmaxColumnsF64: RowKernel;
  readonly layerNormF32: NormKernel;
  readonly layerNormF64: NormKernel;
  readonly rmsNormF32: NormKernel;
  readonly rmsNormF64: NormKernel;
  readonly expSumRowsF32: FoldKernel;
  readonly expSumRowsF64: FoldKernel;
  readonly expSumColumnsF32: FoldKernel;
  readonly expSumColumnsF64: FoldKernel;
  readonly scanRowsF32: ScanKernel;
  readonly scanRowsF64: ScanKernel;
  readonly scanColumnsF32: ScanKernel;
  readonly scanColumnsF64: ScanKernel;
  readonly transposeDense: (width: number, rows: number, columns: number, from: number, to: number) => void;
  readonly sumRowsF32: FoldKernel;
  readonly sumRowsF64: FoldKernel;
  readonly sumColumnsF32: FoldKernel;
  readonly sumColumnsF64: FoldKernel;
  readonly maxRowsF32: FoldKernel;
  readonly maxRowsF64: FoldKernel;
  readonly maxColumnsF32: FoldKernel;
  readonly maxColumnsF64: FoldKernel;
  readonly minRowsF32: FoldKernel;
  readonly minRowsF64: FoldKernel;
  readonly minColumnsF32: FoldKernel;
  readonly minColumnsF64: FoldKernel;
  /** `table` is an address; row i turns by row (first + i) mod `period` of it. */
  rotateF32(
    at: number,
    rows: number,
    pairs: number,
    table: number,
    first: number,
    period: number,
    interleaved: boolean,
  ): void;
  copyF32(rows: number, columns: number, from: number, fromStep: number, to: number, toStep: number): void;
  /** `ids` is the address of int32 row numbers. */
  gatherF32(count: number, ids: number, table: number, rowStep: number, columns: number, to: number): void;
  readonly addF32: BinaryKernel;
  readonly mulF32: BinaryKernel;
  attentionScratch(rows: number, d: number): number;
  /** `bias` is an address, 0 for none. */
  attendF32(
    rows: number,
    m: number,
    d: number,
    e: number,
    q: number,
    qRow: number,
    qCol: number,
    scale: number,
    keys: number,
    values: number,
    visible: number,
    visibleStep: number,
    bias: number,
    biasStep: number,
    out: number,
    scratch: number,
  ): void;
  readonly float16ToFloat32: HalfKernel;
  readonly bfloat16ToFloat32: HalfKernel;
  readonly float32ToFloat16: HalfKernel;
  readonly float32ToBFloat16: HalfKernel;
  readonly combineF32: OpGridKernel;
  readonly combineF64: OpGridKernel;
  readonly combineI32: OpGridKernel;
  readonly composeF32: OpGridKernel;
  readonly composeF64: OpGridKernel;
  readonly testF32: OpGridKernel;
  readonly testF64: OpGridKernel;
  readonly testI32: OpGridKernel;
  readonly logicGrid: OpGridKernel;
  readonly select8: GridKernel;
  readonly select16: GridKernel;
  readonly select32: GridKernel;
  readonly select64: GridKernel;
}
