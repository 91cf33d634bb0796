import { describe } from "../base/describe.js";
import { ShapeError } from "../base/errors.js";
import { isOne, sameSize, showShape, type Size } from "./dim.js";
import { memoize } from "./memo.js";

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
  if (typeof spec !== "string")
    return fail(`the subscripts are a string such as "ij,jk->ik", got ${describe(spec)}`);
  const parsed = parseSpec(spec);
  if (typeof parsed === "string") return fail(parsed);
  const { terms, result } = parsed;
  if (terms.length > shapes.length) return fail(`missing operand ${shapes.length}`);
  if (terms.length < shapes.length) return fail(`${terms.length} subscripts but more operands were given`);

  const sizes = new Map<string, Size>();
  const inputs = terms.map((term, place) => {
    const shape = shapes[place];
    const labels = labelAxes(term, shape.length);
    if (labels.length !== shape.length) {
      return fail(
        `operand ${place} ${showShape(shape)} has rank ${shape.length}, but its subscript is '${term.text}'`,
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
        fail(
          `'${letter}' is ${bound} but operand ${place} ('${term.text}' ~ ${showShape(shape)}) has ${size}`,
        );
      }
    });
    return labels;
  });
  const covered = inputs.map((labels) => labels.filter((label) => label.startsWith(".")));
  const middle = covered.reduce((a, b) => (b.length > a.length ? b : a), []);
  const output =
    result === undefined ? implicitOutput(inputs, middle) : readOutput(result, middle, sizes, fail);
  return { inputs, output, sizes };
}

/** A subscript: letters before and after its `...`, if it has one. */
interface Term {
  readonly text: string;
  readonly before: readonly string[];
  readonly dots: boolean;
  readonly after: readonly string[];
}

/** The subscripts of a spec, or what is wrong with it. */
const parseSpec = memoize(
  (spec): { readonly terms: readonly Term[]; readonly result: Term | undefined } | string => {
    const [inputs, output, ...more] = spec.replaceAll(" ", "").split("->");
    if (more.length > 0) return `'${spec}' has more than one '->'`;
    const texts = [...inputs.split(","), ...(output === undefined ? [] : [output])];
    const terms: Term[] = [];
    for (const text of texts) {
      const match = /^(\p{L}*)(?:(\.\.\.)(\p{L}*))?$/u.exec(text);
      if (match === null) return `'${text}' is not a subscript: write letters and at most one '...'`;
      const [, before, dots, after = ""] = match;
      terms.push({ text, before: [...before], dots: dots !== undefined, after: [...after] });
    }
    return { terms, result: output === undefined ? undefined : terms.pop() };
  },
);

/** One label per axis: `b...d` of rank 4 is b, .2, .1, d. */
function labelAxes({ before, dots, after }: Term, rank: number): string[] {
  const covered = dots ? Math.max(0, rank - before.length - after.length) : 0;
  return [...before, ...Array.from({ length: covered }, (_, i) => `.${covered - i}`), ...after];
}

function implicitOutput(inputs: readonly (readonly string[])[], middle: readonly string[]): string[] {
  const letters = inputs.flat().filter((label) => !label.startsWith("."));
  const once = letters.filter((letter) => letters.indexOf(letter) === letters.lastIndexOf(letter));
  return [...middle, ...once.toSorted()];
}

function readOutput(
  { text, before, dots, after }: Term,
  middle: readonly string[],
  sizes: ReadonlyMap<string, Size>,
  fail: (reason: string) => never,
): readonly string[] {
  if (middle.length > 0 && !dots) fail(`the inputs have '...', so the output '${text}' must have it too`);
  const letters = [...before, ...after];
  for (const [i, letter] of letters.entries()) {
    if (!sizes.has(letter)) fail(`output index '${letter}' does not appear in the inputs`);
    if (letters.indexOf(letter) !== i) fail(`output index '${letter}' appears twice in '${text}'`);
  }
  return [...before, ...middle, ...after];
}

/** The sizes of labelled axes. */
export const sizesOf = ({ sizes }: Einsum, labels: readonly string[]): Size[] =>
  labels.map((label) => sizes.get(label)!);
