import { countElements, isOne, multiplySizes, sameSize, type Size } from "../shape/dim.js";

/** Row-major strides in elements: the last axis is consecutive. */
export function contiguousStrides(shape: readonly Size[]): Size[] {
  const strides: Size[] = shape.slice();
  let step: Size = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step = multiplySizes(step, shape[axis] === 0 ? 1 : shape[axis]);
  }
  return strides;
}

/** True when elements lie in row-major order without gaps. Axes of size 1 may have any stride. */
export function isContiguous(shape: readonly Size[], strides: readonly Size[]): boolean {
  if (shape.includes(0)) return true;
  let step: Size = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (isOne(shape[axis])) continue;
    if (!sameSize(strides[axis], step)) return false;
    step = multiplySizes(step, shape[axis]);
  }
  return true;
}

/**
 * Strides that show the same elements under another shape, or `undefined` when the elements must be copied.
 * Old and new axes are matched in groups of equal element count; inside a group the old axes must be
 * consecutive in memory. Works on symbolic sizes, so that cost analysis knows which reshapes copy.
 */
export function reshapeStrides(
  shape: readonly Size[],
  strides: readonly Size[],
  target: readonly Size[],
): Size[] | undefined {
  if (isContiguous(shape, strides)) return contiguousStrides(target);
  const old = shape.flatMap((size, i) => (isOne(size) ? [] : [{ size, stride: strides[i] }]));
  const result: Size[] = Array.from({ length: target.length }, () => 1);
  let oldEnd = old.length;
  let newEnd = target.length;
  while (oldEnd > 0) {
    // Grow both groups, from the right, until they hold equally many elements.
    const group = matchGroup(
      old.slice(0, oldEnd).map((axis) => axis.size),
      target.slice(0, newEnd),
    );
    if (group === undefined) return undefined;
    const [oldCount, newCount] = group;
    let step = old[oldEnd - 1].stride;
    for (let i = oldEnd - 2; i >= oldEnd - oldCount; i--) {
      if (!sameSize(old[i].stride, multiplySizes(old[i + 1].stride, old[i + 1].size))) return undefined;
    }
    for (let i = newEnd - 1; i >= newEnd - newCount; i--) {
      result[i] = step;
      step = multiplySizes(step, target[i]);
    }
    oldEnd -= oldCount;
    newEnd -= newCount;
  }
  return result;
}

/** How many trailing axes of each shape hold the same number of elements, as few as possible. */
function matchGroup(old: readonly Size[], target: readonly Size[]): [number, number] | undefined {
  for (let i = 1; i <= old.length; i++) {
    const wanted = countElements(old.slice(-i));
    for (let j = 1; j <= target.length; j++) {
      if (sameSize(wanted, countElements(target.slice(-j)))) return [i, j];
    }
  }
  return undefined;
}
