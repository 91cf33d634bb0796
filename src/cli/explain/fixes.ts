import { ConfigError, LintelError } from "../../base/errors.js";
import { countElements, divideSizes, type Size } from "../../shape/dim.js";
import { codeOf, evaluate, type Step } from "./evaluate.js";
import type { Expression } from "./parse.js";

export interface Fix {
  readonly code: string;
  readonly result: readonly Size[];
}

const transposed = (source: Expression): Expression => ({ kind: "transpose", source, axes: [-2, -1] });

/** Small changes to the operands of an operation, likeliest first. */
function* variants(expression: Expression, step: Step): Generator<Expression> {
  if (expression.kind === "reshape") yield* otherTargets(expression, step);
  if (expression.kind !== "binary") return;
  const { left, right } = expression;
  const [a, b] = step.operands.map(({ dims }) => dims.length);
  if (expression.operator === "@") {
    yield { ...expression, right: transposed(right) };
    yield { ...expression, left: transposed(left) };
    yield { ...expression, left: right, right: left };
  }
  for (const axis of [-1, -2, 0, 1, 2]) {
    if (a <= b && axis <= a) yield { ...expression, left: { kind: "unsqueeze", source: left, axis } };
    if (b <= a && axis <= b) yield { ...expression, right: { kind: "unsqueeze", source: right, axis } };
  }
  if (expression.operator !== "@") {
    yield { ...expression, right: transposed(right) };
    yield { ...expression, left: transposed(left) };
  }
}

/** Targets of a reshape in which one size is changed so that all elements find a place. */
function* otherTargets(expression: Extract<Expression, { kind: "reshape" }>, step: Step): Generator<Expression> {
  const total = countElements(step.operands[0].dims);
  for (let i = expression.target.length - 1; i >= 0; i--) {
    const target = expression.target.with(i, -1);
    try {
      const rest = evaluate({ ...expression, target }).result?.[i];
      if (rest !== undefined && divideSizes(total, rest) !== undefined) {
        yield { ...expression, target: expression.target.with(i, rest) };
      }
    } catch (error) {
      if (!(error instanceof LintelError)) throw error; // another size in the target makes no sense
    }
  }
}

/** Changes that make the failed step of an evaluation work, tried and found to. At most three. */
export function fixesOf(step: Step): Fix[] {
  const fixes: Fix[] = [];
  for (const variant of variants(step.expression, step)) {
    if (fixes.length === 3) break;
    try {
      const { result } = evaluate(variant);
      if (result !== undefined && !fixes.some((fix) => String(fix.result) === String(result) && isLonger(variant, fix)))
        fixes.push({ code: codeOf(variant), result });
    } catch (error) {
      if (!(error instanceof ConfigError || error instanceof LintelError)) throw error;
    }
  }
  return fixes;
}

const isLonger = (variant: Expression, { code }: Fix): boolean => codeOf(variant).length >= code.length;
