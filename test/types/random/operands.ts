// Random cases for the rules of operands that meet.
import { attentionShape } from "../../../src/shape/attention.js";
import { broadcastShapes, expandShape } from "../../../src/shape/broadcast.js";
import { dotShape, outerShape, tensordotAxes } from "../../../src/shape/contract.js";
import type { Size } from "../../../src/shape/dim.js";
import { resolveEinsum, sizesOf } from "../../../src/shape/einsum.js";
import { concatShape, stackShape } from "../../../src/shape/join.js";
import { linearShape } from "../../../src/shape/linear.js";
import { matmulShape } from "../../../src/shape/matmul.js";
import type { Picker } from "./picker.js";
import { literal, sizes, type Dims, type Statements } from "./statements.js";

export function operandCases(program: Statements, pick: Picker): void {
  pick.repeat(300, () => {
    const [a, b] = [pick.dims(pick.below(5)), pick.dims(pick.below(5))];
    const rule = () => broadcastShapes("add", sizes(a), sizes(b));
    program.agree(`S.Broadcast<${literal(a)}, ${literal(b)}, "add", 0>`, rule, { wording: true });
  });
  pick.repeat(300, () => {
    const [a, b] = [pick.dims(pick.between(1, 4)), pick.dims(pick.between(1, 4))];
    if (pick.below(3) > 0) b[Math.max(0, b.length - 2)] = a.at(-1)!;
    const rule = () => matmulShape(sizes(a), sizes(b));
    program.agree(`S.MatMul<${literal(a)}, ${literal(b)}, 0>`, rule, { wording: true });
  });
  pick.repeat(60, () => {
    const b = pick.dims(pick.between(1, 4));
    const a = b.slice(pick.below(b.length)).map((d) => (pick.below(3) === 0 ? 1 : d));
    if (pick.below(4) === 0) a[0] = 5;
    program.agree(`S.Expand<${literal(a)}, ${literal(b)}, 0>`, () => expandShape(sizes(a), sizes(b)), {
      wording: true,
    });
  });
  pick.repeat(100, () => {
    const a = pick.dims(pick.between(2, 4));
    const at = pick.below(a.length);
    const b = a.with(at, pick.one([pick.between(1, 999), a[at], 1]));
    if (pick.below(4) === 0) b[(at + 1) % a.length] = 7;
    const axis = pick.below(2) === 0 ? at : at - a.length;
    const rule = () => concatShape([sizes(a), sizes(b)], axis).shape;
    program.agree(`S.Concat<[${literal(a)}, ${literal(b)}], ${axis}, 0>`, rule, { wording: true });
  });
  pick.repeat(60, () => {
    const a = pick.dims(pick.between(1, 3));
    const b = pick.below(4) === 0 ? a.with(0, 5) : a;
    const axis = pick.between(-a.length - 1, a.length);
    const rule = () => stackShape([sizes(a), sizes(b), sizes(a)], axis).shape;
    program.agree(`S.Stack<[${literal(a)}, ${literal(b)}, ${literal(a)}], ${axis}, 0>`, rule, {
      wording: true,
    });
  });
  pick.repeat(60, () => {
    const [a, b] = [pick.dims(pick.between(1, 2), [5, 6, "n"]), pick.dims(1, [5, 6, "n"])];
    program.agree(`S.Dot<${literal(a)}, ${literal(b)}, 0>`, () => dotShape(sizes(a), sizes(b)), {
      wording: true,
    });
    program.agree(`S.Outer<${literal(a)}, ${literal(b)}, 0>`, () => outerShape(sizes(a), sizes(b)), {
      wording: true,
    });
  });
  pick.repeat(60, () => {
    const a = pick.dims(pick.between(1, 4));
    const count = pick.below(4);
    const b = [...a.slice(Math.max(0, a.length - count)), ...pick.dims(pick.below(3))];
    if (pick.below(3) === 0) b[0] = 5;
    const rule = (): Size[] => {
      const { kept } = tensordotAxes(sizes(a), sizes(b), count);
      return sizes([...kept[0].map((i) => a[i]), ...kept[1].map((i) => b[i])]);
    };
    program.agree(`S.TensorDot<${literal(a)}, ${literal(b)}, ${count}, 0>`, rule, { wording: true });
  });
  pick.repeat(60, () => {
    const a = pick.dims(pick.below(4));
    const [input, output] = [pick.one([a.at(-1) ?? 8, 768]), pick.one([64, "m"])];
    const rule = () => linearShape(sizes(a), sizes([output, input]));
    program.agree(`S.LinearS<${literal(a)}, ${literal(input)}, ${literal(output)}, 0>`, rule, {
      wording: true,
    });
  });
  pick.repeat(150, () => {
    const letters = pick.shuffled([..."abcdef"]).slice(0, pick.between(2, 4));
    const extent = new Map(letters.map((letter) => [letter, pick.one([2, 3, 64, "B", "n"])]));
    const subscript = (): string => pick.shuffled(letters).slice(0, pick.between(1, letters.length)).join("");
    const shapes = [subscript(), subscript()].map((text): [string, Dims] => [
      text,
      [...text].map((letter) => (pick.below(15) === 0 ? 5 : extent.get(letter)!)),
    ]);
    if (pick.below(10) === 0) shapes[1][1].push(7);
    const result = pick.shuffled(letters).slice(0, pick.between(0, 2)).join("");
    const spec = `${shapes.map(([text]) => text).join(",")}->${result}`;
    const rule = (): Size[] => {
      const einsum = resolveEinsum(
        spec,
        shapes.map(([, dims]) => sizes(dims)),
      );
      return sizesOf(einsum, einsum.output);
    };
    const operands = `[${shapes.map(([, dims]) => literal(dims)).join(", ")}]`;
    program.agree(`S.Einsum<"${spec}", ${operands}, 0>`, rule, { wording: true });
  });
  pick.repeat(80, () => {
    const batch = pick.dims(pick.below(2), ["B", 2]);
    const q: Dims = [...batch, pick.one([4, 8, 12]), "n", pick.one([64, 64, 32])];
    const k: Dims = [...batch, pick.one([1, 2, 4, 12]), "m", 64];
    const v: Dims = [...k.slice(0, -2), pick.one(["m", "m", "l"]), pick.one([64, 16])];
    const rule = () => attentionShape(sizes(q), sizes(k), sizes(v)).output;
    program.agree(`S.Attention<${[q, k, v].map(literal).join(", ")}, 0>`, rule, { wording: true });
  });
}
