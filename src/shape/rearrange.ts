import { describe } from "../base/describe.js";
import { ShapeError } from "../base/errors.js";
import {
  countElements,
  divideSizes,
  isKnown,
  sameSize,
  showShape,
  sizeValue,
  toSize,
  type Size,
  type SizeLike,
} from "./dim.js";
import { memoize } from "./memo.js";

/** Split every axis into elementary ones, reorder those, merge them again. */
export interface Rearrangement {
  /** Sizes of the elementary axes, in the order of the input. */
  readonly split: readonly Size[];
  /** Which elementary axis comes where. */
  readonly order: readonly number[];
  readonly merged: readonly Size[];
}

/** An axis of a pattern: one name, the names of a group, or "...". */
type Item = string | readonly string[];

/**
 * Resolves an einops pattern against a shape. In a group all sizes but one must be known from `sizes` or from the
 * axes before it; the last is the quotient. `1` is an axis of size 1, `...` all axes that have no name.
 *
 * @example
 * resolveRearrange(["B", "n", 768], "B n (h d) -> B h n d", { h: 12 }).merged   // [B, 12, n, 64]
 */
export function resolveRearrange(
  shape: readonly Size[],
  pattern: string,
  sizes: Readonly<Record<string, SizeLike>> = {},
): Rearrangement {
  const fail = (reason: string): never => {
    throw new ShapeError(`rearrange '${pattern}': ${reason}`, {
      op: "rearrange",
      shapes: [shape],
      pattern,
      sizes,
    });
  };
  if (typeof pattern !== "string") {
    throw new ShapeError(
      `rearrange: the pattern is a string such as "b h w -> b (h w)", got ${describe(pattern)}`,
      { op: "rearrange", shapes: [shape], pattern },
    );
  }
  const sides = parsePattern(pattern);
  if (typeof sides === "string") {
    if (sides !== "") return fail(sides);
    throw new ShapeError("rearrange: pattern needs '->'", { op: "rearrange", shapes: [shape], pattern });
  }
  const covered = shape.length - sides[0].filter((item) => item !== "...").length;
  const [left, right] = sides.map((items) =>
    items.flatMap((item) =>
      item === "..." ? Array.from({ length: Math.max(0, covered) }, (_, i) => `.${i}`) : [item],
    ),
  );
  if (left.length > shape.length) return fail(`${showShape(shape)} has too few axes`);
  if (left.length < shape.length) return fail(`${showShape(shape)} has too many axes`);

  const given = new Map(Object.entries(sizes).map(([name, size]) => [name, toSize(size)]));
  const bound = new Map<string, Size>();
  const lookUp = (name: string): Size | undefined =>
    given.get(name) ?? bound.get(name) ?? (/^\d+$/.test(name) ? Number(name) : undefined);
  const names: string[] = [];
  left.forEach((item, axis) => {
    const size = shape[axis];
    const group = typeof item === "string" ? [item] : item;
    const unknown = group.filter((name) => lookUp(name) === undefined);
    const product = countElements(group.flatMap((name) => lookUp(name) ?? []));
    if (unknown.length > 1) fail("give the size of all but one name in each group");
    if (unknown.length === 1) {
      bound.set(
        unknown[0],
        typeof item === "string"
          ? size
          : (quotient(size, product) ?? fail(`${size} is not divisible by ${product}`)),
      );
    } else if (!sameSize(product, size)) {
      fail(
        typeof item === "string"
          ? `${item} is ${product} but ${showShape(shape)} has ${size}`
          : `group has ${product} elements but axis is ${size}`,
      );
    } else if (typeof item === "string") bound.set(item, size); // keeps the name of the size
    for (const name of group) {
      if (name !== "1" && names.includes(name)) fail(`'${name}' appears twice on the left`);
      names.push(name);
    }
  });
  return readRight(right, names, lookUp, fail);
}

function readRight(
  right: readonly Item[],
  names: readonly string[],
  lookUp: (name: string) => Size | undefined,
  fail: (reason: string) => never,
): Rearrangement {
  // Axes of size 1 written as "1" come and go freely.
  const kept = names.filter((name) => name !== "1");
  const order: number[] = [];
  for (const name of right.flat()) {
    if (name === "1") continue;
    const position = kept.indexOf(name);
    if (position === -1)
      fail(name.startsWith(".") ? "'...' must appear on both sides" : `unknown name '${name}' on the right`);
    if (order.includes(position)) fail(`'${name}' appears twice on the right`);
    order.push(position);
  }
  const lost = kept.find((_, i) => !order.includes(i));
  if (lost !== undefined) {
    fail(
      lost.startsWith(".")
        ? "'...' must appear on both sides"
        : `'${lost}' is missing on the right; use a reduction to drop it`,
    );
  }
  return {
    split: kept.map((name) => lookUp(name)!),
    order,
    merged: right.map((item) => countElements([item].flat().map((name) => lookUp(name)!))),
  };
}

/** Both sides as items, or what is wrong with them: "" when there are not two. */
const parsePattern = memoize((pattern): readonly [readonly Item[], readonly Item[]] | string => {
  const [left, right, ...more] = pattern.split("->").map(parseItems);
  if (right === undefined || more.length > 0) return "";
  if (typeof left === "string") return left;
  return typeof right === "string" ? right : [left, right];
});

/** `b (h d) ...` as items, or what is wrong with it. */
function parseItems(text: string): readonly Item[] | string {
  const items: Item[] = [];
  let rest = text.trim();
  while (rest !== "") {
    const match = /^(?:(\.\.\.)|([\p{L}_][\p{L}\p{Nd}_]*|\d+)|\(([^()]*)\))\s*/u.exec(rest);
    if (match === null) return `cannot read '${rest}': write names, numbers, groups (a b) and '...'`;
    const group = match[3] as string | undefined;
    items.push(group === undefined ? (match[1] ?? match[2]) : group.split(" ").filter((name) => name !== ""));
    rest = rest.slice(match[0].length);
  }
  return items.filter((item) => item === "...").length > 1 ? "'...' appears twice" : items;
}

/** size / product, also where a size that has a name divides only as a number. */
function quotient(size: Size, product: Size): Size | undefined {
  const exact = divideSizes(size, product);
  if (exact !== undefined || !isKnown(size) || !isKnown(product)) return exact;
  return divideSizes(sizeValue(size), sizeValue(product));
}
