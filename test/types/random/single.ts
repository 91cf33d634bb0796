// Random cases for the rules of one tensor.
import {
  newAxis,
  reduceShape,
  resolveAxes,
  resolvePermutation,
  squeezeAxes,
} from "../../../src/shape/axes.js";
import { toSize, type Size } from "../../../src/shape/dim.js";
import { splitSizes } from "../../../src/shape/join.js";
import { padShape } from "../../../src/shape/pad.js";
import { resolveRearrange } from "../../../src/shape/rearrange.js";
import { reshapeShape } from "../../../src/shape/reshape.js";
import { sliceRange } from "../../../src/shape/slice.js";
import { tileShape } from "../../../src/shape/tile.js";
import type { Picker } from "./picker.js";
import { literal, sizes, type Dims, type Statements } from "./statements.js";

/** The numbers of `to`, without its -1, divide those of `from`. */
const divides = (from: Dims, to: Dims): boolean => {
  const product = (dims: Dims): number =>
    dims.reduce<number>((total, d) => (typeof d === "number" && d !== -1 ? total * d : total), 1);
  return product(from) % product(to) === 0;
};

export function singleCases(program: Statements, pick: Picker): void {
  pick.repeat(120, () => {
    const a = pick.dims(pick.between(1, 5));
    const [axis, keep] = [pick.between(-6, 5), pick.below(2) === 1];
    const rule = () => reduceShape(sizes(a), resolveAxes("sum", sizes(a), axis), keep);
    program.agree(`S.Reduce<${literal(a)}, ${axis}, ${keep}, "sum", 0>`, rule);
  });
  pick.repeat(60, () => {
    const a = pick.dims(pick.between(1, 4), ["B", "n", "h", 2]);
    const name = pick.one(["B", "n"]);
    const rule = () => reduceShape(sizes(a), resolveAxes("sum", sizes(a), name), false);
    program.agree(`S.Reduce<${literal(a)}, "${name}", false, "sum", 0>`, rule, { wording: true });
  });
  pick.repeat(80, () => {
    const a = pick.dims(pick.between(2, 5));
    const axes = Array.from({ length: pick.between(1, 3) }, () => pick.between(-3, 2));
    const keep = pick.below(2) === 1;
    const rule = () => reduceShape(sizes(a), resolveAxes("sum", sizes(a), axes), keep);
    program.agree(`S.Reduce<${literal(a)}, ${literal(axes)}, ${keep}, "sum", 0>`, rule);
  });
  pick.repeat(100, () => {
    const a = pick.dims(pick.between(2, 5));
    const [i, j] = [pick.between(-5, 4), pick.between(-5, 4)];
    const rule = (): Size[] => {
      const [p] = resolveAxes("transpose", sizes(a), i) as [number];
      const [q] = resolveAxes("transpose", sizes(a), j) as [number];
      return sizes(a.with(p, a[q]).with(q, a[p]));
    };
    program.agree(`S.Transpose<${literal(a)}, ${i}, ${j}, 0>`, rule);
  });
  pick.repeat(80, () => {
    const a = pick.dims(pick.between(2, 5));
    const order = pick.shuffled(a.map((_, i) => (pick.below(2) === 0 ? i : i - a.length)));
    if (pick.below(3) === 0) order[0] = 1;
    if (pick.below(6) === 0) order.pop();
    const rule = () => resolvePermutation(sizes(a), order).map((axis) => toSize(a[axis]));
    program.agree(`S.Permute<${literal(a)}, ${literal(order)}, 0>`, rule, { wording: true });
  });
  pick.repeat(80, () => {
    const a = pick.dims(pick.between(1, 5));
    const axis = pick.below(a.length);
    const rule = () => reduceShape(sizes(a), squeezeAxes(sizes(a), axis), false);
    program.agree(`S.Squeeze<${literal(a)}, ${axis}, 0>`, rule, { wording: true });
  });
  pick.repeat(80, () => {
    const a = pick.dims(pick.between(1, 4));
    const axis = pick.between(-6, 5);
    const rule = () => sizes(a).toSpliced(newAxis("unsqueeze", sizes(a), axis), 0, 1);
    program.agree(`S.Unsqueeze<${literal(a)}, ${axis}, 0>`, rule, { wording: true });
  });
  pick.repeat(150, () => {
    const a = pick.dims(pick.between(1, 4));
    const b = pick.shuffled(a);
    const wide = b.indexOf(768);
    if (pick.below(2) === 0 && wide >= 0) b.splice(wide, 1, 12, 64);
    if (pick.below(3) === 0) b.push(2);
    if (pick.below(8) === 0) b.splice(0, 2, -1, -1);
    program.agree(`S.Reshape<${literal(a)}, ${literal(b)}, 0>`, () => reshapeShape(sizes(a), b));
  });
  pick.repeat(100, () => {
    // Every name once: the order of equal factors is a matter of spelling.
    const a = pick.shuffled(["B", "n", pick.between(1, 99), pick.one([12, 64, 768])]);
    const b = pick.shuffled([...a.slice(0, 3), pick.one([1, 2, 3, 5])]).with(pick.below(4), -1);
    const type = `S.Reshape<${literal(a)}, ${literal(b)}, 0>`;
    const undecided = a.some((d) => typeof d === "string" && !b.includes(d)) && !divides(a, b);
    // A name without a size refuses at run time, one with a size may fit: the compiler leaves it open.
    if (undecided) program.open(type);
    else program.agree(type, () => reshapeShape(sizes(a), b));
  });
  pick.repeat(80, () => {
    const a: Dims = [pick.between(1, 1000), "B", pick.between(1, 30)];
    const [axis, parts] = [pick.one([0, 2, -1, -3]), pick.between(1, 6)];
    const rule = () => sizes(a).with(axis, splitSizes(sizes(a), parts, axis)[0]);
    program.agree(`S.SplitShape<${literal(a)}, ${parts}, ${axis}, 0>`, rule, { wording: true });
  });
  pick.repeat(120, () => {
    const a: Dims = [pick.between(1, 300), pick.between(1, 12)];
    const [start, end] = [pick.between(-15, 15), pick.below(4) === 0 ? undefined : pick.between(-15, 320)];
    const axis = pick.below(2);
    const rule = () => sizes(a).with(axis, sliceRange(sizes(a), axis, start, end).length);
    program.agree(`S.Slice<${literal(a)}, ${axis}, ${start}, ${end}, 0>`, rule, {
      wording: end !== undefined,
    });
  });
  pick.repeat(120, () => {
    const [h, d] = [pick.between(1, 20), pick.between(1, 300)];
    const a: Dims = ["B", "n", h * d + (pick.below(4) === 0 ? 1 : 0)];
    const left = pick.one([
      "b n (h d)",
      "b n (h d)",
      "b n (d h)",
      "b (h d)",
      "n n (h d)",
      "b ... (h d)",
      "... (h d)",
    ]);
    const right = pick.one([
      "b h n d",
      "b n d h",
      "(b n) h d",
      "n b (h d)",
      "b h n",
      "b n n h d",
      "... h d",
      "b n h x",
    ]);
    const pattern = `${left} -> ${right}`;
    const rule = () => resolveRearrange(sizes(a), pattern, { h }).merged;
    program.agree(`S.Rearrange<${literal(a)}, "${pattern}", { h: ${h} }, 0>`, rule, { wording: true });
  });
  pick.repeat(60, () => {
    const a = pick.dims(pick.below(4));
    const axes = Math.max(0, a.length - Number(pick.below(4) === 0));
    const widths = Array.from({ length: axes }, (): [number, number] => [pick.below(3), pick.below(3)]);
    const counts = Array.from({ length: pick.below(4) }, () => pick.between(1, 3));
    program.agree(`S.Pad<${literal(a)}, ${literal(widths)}, 0>`, () => padShape(sizes(a), widths), {
      wording: true,
    });
    program.agree(`S.Tile<${literal(a)}, ${literal(counts)}, 0>`, () => tileShape(sizes(a), counts));
  });
}
