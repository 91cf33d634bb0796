// What the lowerings of several ops share: walking strided operands whose sizes may be symbolic.
import type { FloatMap } from "../kernels/index.js";
import { call, type KernelCall, type Lowering, type Placed } from "../op/lower.js";
import { addSizes, countElements, isOne, multiplySizes, sameSize, type Size } from "../shape/dim.js";

/** The address `elements` behind `at`. */
export const behind = (at: Size, elements: Size): Size => addSizes(at, multiplySizes(4, elements));

/** Axes that several operands walk together, without those of size 1, and neighbours joined where all allow it. */
interface Walk {
  readonly dims: readonly Size[];
  /** One list per operand. */
  readonly strides: readonly (readonly Size[])[];
}

function joinAxes(dims: readonly Size[], strides: readonly (readonly Size[])[]): Walk {
  const kept: Size[] = [];
  const steps: Size[][] = strides.map(() => []);
  dims.forEach((size, axis) => {
    if (isOne(size)) return;
    const joins =
      kept.length > 0 &&
      strides.every((list, i) => sameSize(steps[i].at(-1)!, multiplySizes(list[axis], size)));
    if (joins) {
      kept.push(multiplySizes(kept.pop()!, size));
      strides.forEach((list, i) => steps[i].splice(-1, 1, list[axis]));
    } else {
      kept.push(size);
      strides.forEach((list, i) => steps[i].push(list[axis]));
    }
  });
  return { dims: kept, strides: steps };
}

/** The offsets of each operand at every index of `dims`, in row-major order; `undefined` when a size is symbolic. */
export function offsetsOf(
  dims: readonly Size[],
  strides: readonly (readonly Size[])[],
): readonly (readonly Size[])[] | undefined {
  let offsets: Size[][] = [strides.map(() => 0)];
  for (const [axis, size] of dims.entries()) {
    if (typeof size !== "number") return undefined;
    offsets = offsets.flatMap((from) =>
      Array.from({ length: size }, (_, i) =>
        from.map((offset, operand) => addSizes(offset, multiplySizes(i, strides[operand][axis]))),
      ),
    );
  }
  return offsets;
}

/** Strides of an operand under the dims that it broadcasts to. */
export function broadcastSteps({ dims, strides }: Placed, target: readonly Size[]): Size[] {
  const missing = target.length - dims.length;
  return target.map((_, i) => (i < missing || isOne(dims[i - missing]) ? 0 : strides[i - missing]));
}

const isUnit = (step: Size): boolean => step === 1;

/** Moves x to `to`, which has the same dims: rows of what lies together in both, or of single elements. */
export function lowerCopy(x: Placed, to: Placed): readonly KernelCall[] | undefined {
  const { dims, strides } = joinAxes(x.dims, [x.strides, to.strides]);
  const runs = strides.every((list) => list.length > 0 && isUnit(list.at(-1)!));
  const end = runs ? -1 : dims.length;
  const [columns, rows] = [runs ? dims.at(-1)! : 1, dims.slice(0, end).at(-1) ?? 1];
  const [fromStep, toStep] = strides.map((list) => list.slice(0, end).at(-1) ?? 0);
  const outer = strides.map((list) => list.slice(0, end).slice(0, -1));
  return offsetsOf(dims.slice(0, end).slice(0, -1), outer)?.map(([p, q]) =>
    call("copyF32", rows, columns, behind(x.at, p), fromStep, behind(to.at, q), toStep),
  );
}

/** A sum or product with broadcasting. */
export const lowerBinary =
  (kernel: "addF32" | "mulF32"): Lowering<undefined> =>
  ([a, b], y) => {
    const { dims, strides } = joinAxes(y.dims, [
      broadcastSteps(a, y.dims),
      broadcastSteps(b, y.dims),
      y.strides,
    ]);
    const [aStep, bStep] = strides.map((list) => list.at(-1) ?? 0);
    if (![aStep, bStep].every((step) => step === 0 || step === 1)) return undefined;
    const outer = strides.map((list) => list.slice(0, -1));
    return offsetsOf(dims.slice(0, -1), outer)?.map(([p, q, o]) =>
      call(kernel, dims.at(-1) ?? 1, behind(a.at, p), aStep, behind(b.at, q), bStep, behind(y.at, o)),
    );
  };

/** Kernels work in place: x moves to y, and `calls` follow. */
export function inPlace(
  x: Placed,
  y: Placed,
  ...calls: readonly KernelCall[]
): readonly KernelCall[] | undefined {
  const moves = lowerCopy(x, y);
  return moves && [...moves, ...calls];
}

/** A float32 map of the engine. */
export const lowerMap =
  (name: FloatMap): Lowering<undefined> =>
  ([x], y) =>
    inPlace(x, y, call(`${name}F32`, y.at, countElements(y.dims)));

/** Rows of the last axis, and how long they are. */
export const rowsOf = ({ dims }: Placed): readonly [rows: Size, columns: Size] => [
  countElements(dims.slice(0, -1)),
  dims.at(-1)!,
];

/** Whether a vector's elements follow each other. */
export const isDense = ({ dims, strides }: Placed): boolean => isOne(dims.at(-1)!) || isUnit(strides.at(-1)!);

/** A matrix [rows, k] of some strides. */
export interface PlacedMatrix {
  readonly at: Size;
  readonly rows: Size;
  readonly k: Size;
  readonly rowStep: Size;
  readonly columnStep: Size;
}

/** y[rows] (+)= M x for contiguous x and y; `undefined` when M is contiguous along neither axis. */
export function lowerMatrixVector(
  { at, rows, k, rowStep, columnStep }: PlacedMatrix,
  x: Size,
  y: Size,
  accumulate = false,
): KernelCall | undefined {
  if (isUnit(columnStep)) return call("gemvRowsF32", rows, k, at, rowStep, x, y, Number(accumulate));
  if (isUnit(rowStep)) return call("gemvColumnsF32", rows, k, at, columnStep, x, y, Number(accumulate));
  return undefined;
}

/** All calls, or `undefined` when one is missing. */
export function allOf(calls: readonly (KernelCall | undefined)[]): readonly KernelCall[] | undefined {
  return calls.includes(undefined) ? undefined : (calls as readonly KernelCall[]);
}
