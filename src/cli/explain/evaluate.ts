import { ShapeError } from "../../base/errors.js";
import { trace } from "../../cost/index.js";
import { add } from "../../ops/add/op.js";
import { div } from "../../ops/div/op.js";
import { einsum } from "../../ops/einsum/op.js";
import { matmul } from "../../ops/matmul/op.js";
import { mul } from "../../ops/mul/op.js";
import { reshape } from "../../ops/reshape/op.js";
import { sub } from "../../ops/sub/op.js";
import { transpose } from "../../ops/transpose/op.js";
import { unsqueeze } from "../../ops/unsqueeze/op.js";
import type { Size } from "../../shape/dim.js";
import { Polynomial } from "../../shape/polynomial.js";
import { abstractTensor } from "../../tensor/create.js";
import type { Tensor } from "../../tensor/tensor.js";
import type { Expression, Operator } from "./parse.js";

export interface NamedShape {
  readonly name: string;
  readonly dims: readonly Size[];
}

/** Applies one operation to operands that are already evaluated. */
export interface Step {
  /** The operation as code: `Q.matmul(K)`. */
  readonly code: string;
  readonly expression: Expression;
  readonly operands: readonly NamedShape[];
  readonly result: readonly Size[] | undefined;
  readonly flops: Polynomial;
  readonly error: ShapeError | undefined;
}

export interface Evaluation {
  readonly steps: readonly Step[];
  /** `undefined` when a step failed, which is then the last. */
  readonly result: readonly Size[] | undefined;
}

const binary: Readonly<Record<Operator, { method: string; apply: (a: Tensor, b: Tensor) => Tensor }>> = {
  "@": { method: "matmul", apply: matmul },
  "+": { method: "add", apply: add },
  "-": { method: "sub", apply: sub },
  "*": { method: "mul", apply: mul },
  "/": { method: "div", apply: div },
};

/** The expression as TypeScript: `Q.matmul(K.transpose(-2, -1))`. */
export function codeOf(expression: Expression): string {
  switch (expression.kind) {
    case "operand":
      return expression.name;
    case "binary":
      return `${codeOf(expression.left)}.${binary[expression.operator].method}(${codeOf(expression.right)})`;
    case "einsum":
      return `einsum(${[JSON.stringify(expression.spec), ...expression.operands.map(codeOf)].join(", ")})`;
    case "reshape": {
      const target = expression.target.map((size) =>
        typeof size === "number" ? size : JSON.stringify(String(size)),
      );
      return `${codeOf(expression.source)}.reshape([${target.join(", ")}])`;
    }
    case "transpose":
      return `${codeOf(expression.source)}.transpose(${expression.axes.join(", ")})`;
    case "unsqueeze":
      return `${codeOf(expression.source)}.unsqueeze(${expression.axis})`;
  }
}

export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "operand":
      return [];
    case "binary":
      return [expression.left, expression.right];
    case "einsum":
      return expression.operands;
    case "reshape":
    case "transpose":
    case "unsqueeze":
      return [expression.source];
  }
}

function applied(expression: Expression, operands: readonly Tensor[]): Tensor {
  switch (expression.kind) {
    case "operand":
      return abstractTensor(expression.dims);
    case "binary":
      return binary[expression.operator].apply(operands[0], operands[1]);
    case "einsum":
      return einsum(expression.spec, ...operands);
    case "reshape":
      return reshape(operands[0], expression.target);
    case "transpose":
      return transpose(operands[0], ...expression.axes);
    case "unsqueeze":
      return unsqueeze(operands[0], expression.axis);
  }
}

/** Runs an expression on abstract tensors, up to the first operation whose shapes do not fit. */
export function evaluate(expression: Expression): Evaluation {
  const steps: Step[] = [];
  const visit = (at: Expression): Tensor | undefined => {
    const inputs: Tensor[] = [];
    for (const child of childrenOf(at)) {
      const value = visit(child);
      if (value === undefined) return undefined;
      inputs.push(value);
    }
    if (at.kind === "operand") return applied(at, []);
    const operands = childrenOf(at).map((child, i) => ({ name: codeOf(child), dims: inputs[i].dims }));
    const step = { code: codeOf(at), expression: at, operands };
    let made: Tensor | undefined;
    try {
      const { totals } = trace(() => (made = applied(at, inputs)));
      steps.push({ ...step, result: made!.dims, flops: totals.flops, error: undefined });
    } catch (error) {
      if (!(error instanceof ShapeError)) throw error;
      steps.push({ ...step, result: undefined, flops: Polynomial.constant(0), error });
      return undefined;
    }
    return made;
  };
  const result = visit(expression);
  return { steps, result: result?.dims };
}
