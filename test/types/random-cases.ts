// Random shapes through the run-time rules of src/shape; each answer becomes a statement about the compile-time
// rules of src/shape/types, which tsc then checks.
import { ShapeError } from "../../src/base/errors.js";
import {
  reduceShape,
  resolveAxes,
  resolvePermutation,
  squeezeAxes,
  unsqueezeAxis,
} from "../../src/shape/axes.js";
import { broadcastShapes, expandShape } from "../../src/shape/broadcast.js";
import { dotShape, outerShape, tensordotAxes } from "../../src/shape/contract.js";
import { toSize, type Size } from "../../src/shape/dim.js";
import { concatShape, splitSizes, stackShape } from "../../src/shape/join.js";
import { linearShape } from "../../src/shape/linear.js";
import { matmulShape } from "../../src/shape/matmul.js";
import { reshapeShape } from "../../src/shape/reshape.js";
import { sliceRange } from "../../src/shape/slice.js";

type Dims = (number | string)[];
const sizes = (dims: Dims): Size[] => dims.map(toSize);

/** A fixed sequence of integers (a linear congruential generator): the same cases on every machine. */
class Picker {
  #state: number;
  constructor(seed: number) {
    this.#state = seed;
  }
  below(limit: number): number {
    this.#state = (Math.imul(this.#state, 1103515245) + 12345) & 0x7fffffff;
    return (this.#state >> 8) % limit;
  }
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }
  one<T>(list: readonly T[]): T {
    return list[this.below(list.length)]!;
  }
  dims(rank: number, pool: readonly (number | string)[] = [1, 1, 2, 3, 12, 64, 768, "B", "n", "h"]): Dims {
    return Array.from({ length: rank }, () => this.one(pool));
  }
  shuffled<T>(list: readonly T[]): T[] {
    const out = [...list];
    for (let i = out.length - 1; i > 0; i--) {
      const j = this.below(i + 1);
      [out[i], out[j]] = [out[j]!, out[i]!];
    }
    return out;
  }
}

/** The numbers of `to`, without its -1, divide those of `from`. */
const divides = (from: Dims, to: Dims): boolean => {
  const product = (dims: Dims): number =>
    dims.reduce<number>((total, d) => (typeof d === "number" && d !== -1 ? total * d : total), 1);
  return product(from) % product(to) === 0;
};

/** The compiler's spelling of a size: 2·B·n + 1 is 2*B*n+1. */
const spell = (size: Size): string =>
  typeof size === "number"
    ? String(size)
    : JSON.stringify(String(size).replaceAll("·", "*").replaceAll(" ", ""));
const tuple = (shape: readonly Size[]): string => `[${shape.map(spell).join(", ")}]`;
const literal = (value: unknown): string => JSON.stringify(value);

export interface RandomProgram {
  readonly source: string;
  readonly cases: number;
  readonly errors: number;
  readonly messages: number;
}

export function randomProgram(seed: number): RandomProgram {
  const pick = new Picker(seed);
  const lines: string[] = [];
  let errors = 0;
  let messages = 0;

  /** `wording`: both halves must also use the same words when they refuse. */
  function state(type: string, rule: () => readonly Size[], { wording = false } = {}): void {
    try {
      lines.push(`same<Equal<${type}, ${tuple(rule())}>>();`);
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
      errors++;
      if (wording) messages++;
      lines.push(
        wording
          ? `same<Equal<${type}, S.ShapeError<${literal(error.message)}>>>();`
          : `same<Refused<${type}>>();`,
      );
    }
  }
  const repeat = (times: number, make: () => void): void => {
    for (let i = 0; i < times; i++) make();
  };

  repeat(300, () => {
    const [a, b] = [pick.dims(pick.below(5)), pick.dims(pick.below(5))];
    const rule = () => broadcastShapes("add", sizes(a), sizes(b));
    state(`S.Broadcast<${literal(a)}, ${literal(b)}, "add", 0>`, rule, { wording: true });
  });
  repeat(300, () => {
    const [a, b] = [pick.dims(pick.between(1, 4)), pick.dims(pick.between(1, 4))];
    if (pick.below(3) > 0) b[Math.max(0, b.length - 2)] = a.at(-1)!;
    const rule = () => matmulShape(sizes(a), sizes(b));
    state(`S.MatMul<${literal(a)}, ${literal(b)}, 0>`, rule, { wording: true });
  });
  repeat(120, () => {
    const a = pick.dims(pick.between(1, 5));
    const [axis, keep] = [pick.between(-6, 5), pick.below(2) === 1];
    const rule = () => reduceShape(sizes(a), resolveAxes("sum", sizes(a), axis), keep);
    state(`S.Reduce<${literal(a)}, ${axis}, ${keep}, "sum", 0>`, rule);
  });
  repeat(80, () => {
    const a = pick.dims(pick.between(2, 5));
    const axes = Array.from({ length: pick.between(1, 3) }, () => pick.between(-3, 2));
    const keep = pick.below(2) === 1;
    const rule = () => reduceShape(sizes(a), resolveAxes("sum", sizes(a), axes), keep);
    state(`S.Reduce<${literal(a)}, ${literal(axes)}, ${keep}, "sum", 0>`, rule);
  });
  repeat(100, () => {
    const a = pick.dims(pick.between(2, 5));
    const [i, j] = [pick.between(-5, 4), pick.between(-5, 4)];
    const rule = (): Size[] => {
      const [p] = resolveAxes("transpose", sizes(a), i) as [number];
      const [q] = resolveAxes("transpose", sizes(a), j) as [number];
      return sizes(a.with(p, a[q]!).with(q, a[p]!));
    };
    state(`S.Transpose<${literal(a)}, ${i}, ${j}, 0>`, rule);
  });
  repeat(80, () => {
    const a = pick.dims(pick.between(2, 5));
    const order = pick.shuffled(a.map((_, i) => (pick.below(2) === 0 ? i : i - a.length)));
    if (pick.below(3) === 0) order[0] = 1;
    if (pick.below(6) === 0) order.pop();
    const rule = () => resolvePermutation(sizes(a), order).map((axis) => toSize(a[axis]!));
    state(`S.Permute<${literal(a)}, ${literal(order)}, 0>`, rule, { wording: true });
  });
  repeat(80, () => {
    const a = pick.dims(pick.between(1, 5));
    const axis = pick.below(a.length);
    const rule = () => reduceShape(sizes(a), squeezeAxes(sizes(a), axis), false);
    state(`S.Squeeze<${literal(a)}, ${axis}, 0>`, rule, { wording: true });
  });
  repeat(80, () => {
    const a = pick.dims(pick.between(1, 4));
    const axis = pick.between(-6, 5);
    const rule = () => sizes(a).toSpliced(unsqueezeAxis(sizes(a), axis), 0, 1);
    state(`S.Unsqueeze<${literal(a)}, ${axis}, 0>`, rule, { wording: true });
  });
  repeat(150, () => {
    const a = pick.dims(pick.between(1, 4));
    const b = pick.shuffled(a);
    const wide = b.indexOf(768);
    if (pick.below(2) === 0 && wide >= 0) b.splice(wide, 1, 12, 64);
    if (pick.below(3) === 0) b.push(2);
    state(`S.Reshape<${literal(a)}, ${literal(b)}, 0>`, () => reshapeShape(sizes(a), b));
  });
  repeat(100, () => {
    // Every name once: the order of equal factors is a matter of spelling.
    const a = pick.shuffled(["B", "n", pick.between(1, 99), pick.one([12, 64, 768])]);
    const b = pick.shuffled([...a.slice(0, 3), pick.one([1, 2, 3, 5])]).with(pick.below(4), -1);
    const type = `S.Reshape<${literal(a)}, ${literal(b)}, 0>`;
    const undecided = a.some((d) => typeof d === "string" && !b.includes(d)) && !divides(a, b);
    // A name without a size refuses at run time, one with a size may fit: the compiler leaves it open.
    if (undecided) lines.push(`same<Equal<Refused<${type}>, false>>();`);
    else state(type, () => reshapeShape(sizes(a), b));
  });
  repeat(60, () => {
    const b = pick.dims(pick.between(1, 4));
    const a = b.slice(pick.below(b.length)).map((d) => (pick.below(3) === 0 ? 1 : d));
    if (pick.below(4) === 0) a[0] = 5;
    state(`S.Expand<${literal(a)}, ${literal(b)}, 0>`, () => expandShape(sizes(a), sizes(b)), {
      wording: true,
    });
  });
  repeat(100, () => {
    const a = pick.dims(pick.between(2, 4));
    const at = pick.below(a.length);
    const b = a.with(at, pick.one([pick.between(1, 999), a[at]!, 1]));
    if (pick.below(4) === 0) b[(at + 1) % a.length] = 7;
    const axis = pick.below(2) === 0 ? at : at - a.length;
    const rule = () => concatShape([sizes(a), sizes(b)], axis).shape;
    state(`S.Concat<[${literal(a)}, ${literal(b)}], ${axis}, 0>`, rule, { wording: true });
  });
  repeat(60, () => {
    const a = pick.dims(pick.between(1, 3));
    const b = pick.below(4) === 0 ? a.with(0, 5) : a;
    const axis = pick.between(-a.length - 1, a.length);
    const rule = () => stackShape([sizes(a), sizes(b), sizes(a)], axis).shape;
    state(`S.Stack<[${literal(a)}, ${literal(b)}, ${literal(a)}], ${axis}, 0>`, rule, { wording: true });
  });
  repeat(80, () => {
    const a: Dims = [pick.between(1, 1000), "B", pick.between(1, 30)];
    const [axis, parts] = [pick.one([0, 2, -1, -3]), pick.between(1, 6)];
    const rule = () => sizes(a).with(axis, splitSizes(sizes(a), parts, axis)[0]!);
    state(`S.SplitShape<${literal(a)}, ${parts}, ${axis}, 0>`, rule, { wording: true });
  });
  repeat(120, () => {
    const a: Dims = [pick.between(1, 300), pick.between(1, 12)];
    const [start, end] = [pick.between(-15, 15), pick.below(4) === 0 ? undefined : pick.between(-15, 320)];
    const axis = pick.below(2);
    const rule = () => sizes(a).with(axis, sliceRange(sizes(a), axis, start, end).length);
    state(`S.Slice<${literal(a)}, ${axis}, ${start}, ${end}, 0>`, rule, { wording: end !== undefined });
  });
  repeat(60, () => {
    const [a, b] = [pick.dims(pick.between(1, 2), [5, 6, "n"]), pick.dims(1, [5, 6, "n"])];
    state(`S.Dot<${literal(a)}, ${literal(b)}, 0>`, () => dotShape(sizes(a), sizes(b)), { wording: true });
    state(`S.Outer<${literal(a)}, ${literal(b)}, 0>`, () => outerShape(sizes(a), sizes(b)), {
      wording: true,
    });
  });
  repeat(60, () => {
    const a = pick.dims(pick.between(1, 4));
    const count = pick.below(4);
    const b = [...a.slice(Math.max(0, a.length - count)), ...pick.dims(pick.below(3))];
    if (pick.below(3) === 0) b[0] = 5;
    const rule = (): Size[] => {
      const { kept } = tensordotAxes(sizes(a), sizes(b), count);
      return sizes([...kept[0].map((i) => a[i]!), ...kept[1].map((i) => b[i]!)]);
    };
    state(`S.TensorDot<${literal(a)}, ${literal(b)}, ${count}, 0>`, rule, { wording: true });
  });
  repeat(60, () => {
    const a = pick.dims(pick.below(4));
    const [input, output] = [pick.one([a.at(-1) ?? 8, 768]), pick.one([64, "m"])];
    const rule = () => linearShape(sizes(a), sizes([output, input]));
    state(`S.LinearS<${literal(a)}, ${literal(input)}, ${literal(output)}, 0>`, rule, { wording: true });
  });
  repeat(60, () => {
    const [h, d] = [pick.between(1, 20), pick.between(1, 300)];
    const joined: Dims = ["B", "n", h * d];
    state(`S.Rearrange<${literal(joined)}, "b n (h d) -> b h n d", { h: ${h} }, 0>`, () =>
      sizes(["B", h, "n", d]),
    );
    state(`S.Rearrange<["B", ${h}, "n", ${d}], "b h n d -> b n (h d)", {}, 0>`, () => sizes(joined));
  });
  repeat(80, () => {
    const letters = pick.shuffled([..."abcdef"]).slice(0, pick.between(2, 4));
    const extent = new Map(letters.map((letter) => [letter, pick.one([2, 3, 64, "B", "n"])]));
    const subscript = (): string => pick.shuffled(letters).slice(0, pick.between(1, letters.length)).join("");
    const [p, q] = [subscript(), subscript()];
    const result = pick
      .shuffled([...new Set(p + q)])
      .slice(0, 3)
      .join("");
    const shape = (text: string): Dims => [...text].map((letter) => extent.get(letter)!);
    const operands = `[${literal(shape(p))}, ${literal(shape(q))}]`;
    state(`S.Einsum<"${p},${q}->${result}", ${operands}, 0>`, () => sizes(shape(result)));
  });

  const header = [
    `import type * as S from "../../../../src/shape/types/index.js";`,
    `type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;`,
    `type Refused<R> = R extends S.ShapeError<string> ? true : false;`,
    `declare function same<T extends true>(): T;`,
  ];
  return { source: [...header, ...lines, ""].join("\n"), cases: lines.length, errors, messages };
}
