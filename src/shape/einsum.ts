import { ShapeError } from "../base/errors.js";
import { isOne, sameSize, showShape, type Size } from "./dim.js";

/** An einsum with one label per axis. The axes of `...` are labelled `.1`, `.2` … from the right. */
export interface Einsum {
  /** Labels of every operand; a label that occurs twice in one takes its diagonal. */
  readonly inputs: readonly (readonly string[])[];
  readonly output: readonly string[];
  readonly sizes: ReadonlyMap<string, Size>;
}

/**
 * Binds the letters of an einsum to sizes. Without `->` the output holds the letters that occur once, sorted, as in
 * NumPy. Throws `ShapeError` when a letter has two sizes or a subscript the wrong rank.
 *
 * @example
 * resolveEinsum("bhqd,bhkd->bhqk", [["B", 12, "n", 64], ["B", 12, "m", 64]]).output   // b, h, q, k
 */
export function resolveEinsum(spec: string, shapes: readonly (readonly Size[])[]): Einsum {
  const fail = (reason: string): never => {
    throw new ShapeError(`einsum: ${reason}`, { op: "einsum", shapes, spec });
  };
  const [left, right, ...more] = spec.replaceAll(" ", "").split("->");
  if (more.length > 0) return fail(`'${spec}' has more than one '->'`);
  const terms = left.split(",");
  if (terms.length > shapes.length) return fail(`missing operand ${shapes.length}`);
  if (terms.length < shapes.length) return fail(`${terms.length} subscripts but more operands were given`);

  const sizes = new Map<string, Size>();
  const inputs = terms.map((term, place) => {
    const shape = shapes[place];
    const labels = labelAxes(term, shape.length);
    if (labels === undefined)
      return fail(`'${term}' is not a subscript: write letters and at most one '...'`);
    if (labels.length !== shape.length) {
      return fail(
        `operand ${place} ${showShape(shape)} has rank ${shape.length}, but its subscript is '${term}'`,
      );
    }
    labels.forEach((label, axis) => {
      const bound = sizes.get(label);
      const size = shape[axis];
      if (bound === undefined || (label.startsWith(".") && isOne(bound))) sizes.set(label, size);
      else if (sameSize(bound, size))
        sizes.set(label, typeof bound === "number" ? size : bound); // keep the name
      else if (!(label.startsWith(".") && isOne(size))) {
        const letter = label.startsWith(".") ? "..." : label;
        fail(`'${letter}' is ${bound} but operand ${place} ('${term}' ~ ${showShape(shape)}) has ${size}`);
      }
    });
    return labels;
  });
  const covered = inputs.map((labels) => labels.filter((label) => label.startsWith(".")));
  const middle = covered.reduce((a, b) => (b.length > a.length ? b : a), []);
  const output =
    right === undefined ? implicitOutput(inputs, middle) : readOutput(right, middle, sizes, fail);
  return { inputs, output, sizes };
}

/** One label per axis: `b...d` of rank 4 is b, .2, .1, d. `undefined` when the term is malformed. */
function labelAxes(term: string, rank: number): string[] | undefined {
  const match = /^(\p{L}*)(?:(\.\.\.)(\p{L}*))?$/u.exec(term);
  if (match === null) return undefined;
  const [, before, dots, after = ""] = match;
  const covered = dots === undefined ? 0 : Math.max(0, rank - before.length - after.length);
  const middle = Array.from({ length: covered }, (_, i) => `.${covered - i}`);
  return [...before, ...middle, ...after];
}

function implicitOutput(inputs: readonly (readonly string[])[], middle: readonly string[]): string[] {
  const letters = inputs.flat().filter((label) => !label.startsWith("."));
  const once = letters.filter((letter) => letters.indexOf(letter) === letters.lastIndexOf(letter));
  return [...middle, ...once.sort()];
}

function readOutput(
  term: string,
  middle: readonly string[],
  sizes: ReadonlyMap<string, Size>,
  fail: (reason: string) => never,
): readonly string[] {
  const dots = term.includes("...");
  const letters =
    labelAxes(term, 0) ?? fail(`'${term}' is not a subscript: write letters and at most one '...'`);
  if (middle.length > 0 && !dots) fail(`the inputs have '...', so the output '${term}' must have it too`);
  for (const [i, letter] of letters.entries()) {
    if (!sizes.has(letter)) fail(`output index '${letter}' does not appear in the inputs`);
    if (letters.indexOf(letter) !== i) fail(`output index '${letter}' appears twice in '${term}'`);
  }
  return [...term.replace("...", ".")].flatMap((letter) => (letter === "." ? middle : [letter]));
}

/** The sizes of labelled axes. */
export const sizesOf = ({ sizes }: Einsum, labels: readonly string[]): Size[] =>
  labels.map((label) => sizes.get(label)!);
