// fn("B n d, B m d -> B n m", body): a function whose signature is checked before and after its body runs.
import { describe } from "../base/describe.js";
import { ConfigError, ShapeError } from "../base/errors.js";
import { sameSize, showShape, type Size } from "../shape/dim.js";
import type { Call, Inputs, Output, Shape } from "../shape/types/index.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Arg, Res } from "../tensor/typed.js";

/** A function of tensors whose names are bound anew by every call. */
export interface ShapedFunction<Signature extends string> {
  <L extends readonly Shape[], Z = 0>(
    ...args: { [K in keyof L]: Arg<Call<Signature, L, Z>, Tensor<L[K]>, Z> }
  ): Res<Call<Signature, L, Z>, Z>;
}

type Arguments<List> = { [K in keyof List]: Tensor<List[K]> };

/**
 * Declares the shapes of a function in one line. Inside the body the names are ordinary dims; outside they
 * mean whatever a call passes. Sizes are numbers, `_` is any size. Throws `ShapeError` when a call or the
 * result does not fit.
 *
 * @example
 * const scores = fn("B n d, B m d -> B n m", (q, k) => q.matmul(k.transpose()));
 * scores(input(["batch", 10, 64]), input(["batch", "m", 64])).shape; // [batch, 10, m]
 */
export function fn<const Signature extends string>(
  signature: Signature,
  body: (...args: Arguments<Inputs<Signature>>) => Tensor<Output<Signature>>,
): ShapedFunction<Signature> {
  if (typeof signature !== "string" || typeof body !== "function") {
    const given = `${describe(signature)} and ${describe(body)}`;
    throw new ConfigError(`fn: takes a signature such as "B n d -> B n" and a function, got ${given}`, {
      op: "fn",
    });
  }
  const { inputs, output } = parseSignature(signature);
  const run = body as unknown as (...args: readonly Tensor[]) => Tensor;
  const checked = (...args: readonly Tensor[]): Tensor => {
    const bound = new Map<string, Size>();
    inputs.forEach((wanted, place) => {
      const arg = args[place];
      if (arg === undefined) throw new ShapeError(`missing argument ${place}`, { signature, place });
      match(wanted, arg.dims, bound, `argument ${place}`, signature);
    });
    const result = run(...args);
    match(output, result.dims, bound, "result", signature);
    return result;
  };
  return checked as unknown as ShapedFunction<Signature>;
}

type Pattern = readonly (number | string)[];

function parseSignature(signature: string): { inputs: Pattern[]; output: Pattern } {
  const [left, right, ...more] = signature.split("->");
  if (left === undefined || right === undefined || more.length > 0) {
    throw new ShapeError(`fn: '${signature}' needs one '->', e.g. "B n d, B m d -> B n m"`, { signature });
  }
  return { inputs: left.split(",").map(parsePattern), output: parsePattern(right) };
}

function parsePattern(text: string): Pattern {
  const words = text.split(" ").filter((word) => word !== "");
  return words.map((word) => (/^\d+$/.test(word) ? Number(word) : word));
}

/** Binds the names of a pattern to the sizes it meets, or fails as the compiler would. */
function match(
  wanted: Pattern,
  dims: readonly Size[],
  bound: Map<string, Size>,
  what: string,
  signature: string,
): void {
  const fail = (why: string): never => {
    throw new ShapeError(`${what}: expected [${wanted.join(", ")}]${why}, got ${showShape(dims)}`, {
      op: "fn",
      signature,
      shapes: [dims],
    });
  };
  if (wanted.length !== dims.length) fail("");
  wanted.forEach((want, axis) => {
    const size = dims[axis];
    if (want === "_") return;
    if (typeof want === "number") {
      if (!sameSize(want, size)) fail("");
      return;
    }
    const known = bound.get(want);
    if (known === undefined) bound.set(want, size);
    else if (!sameSize(known, size)) fail(` with ${want} = ${known}`);
  });
}
