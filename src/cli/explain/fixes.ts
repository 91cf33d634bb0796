import { LintelError } from "../../base/errors.js";
import type { Size } from "../../shape/dim.js";
import { codeOf, evaluate, type Step } from "./evaluate.js";
import type { Expression } from "./parse.js";

export interface Fix {
  readonly code: string;
  readonly result: readonly Size[];
}

const transposed = (source: Expression): Expression => ({ kind: "transpose", source, axes: [-2, -1] });

const unsqueezed = (source: Expression, axis: number): Expression => ({ kind: "unsqueeze", source, axis });

/** Small changes to the operands of an operation, likeliest first. */
function* variants(expression: Expression, step: Step): Generator<Expression> {
  if (expression.kind === "reshape") yield* otherTargets(expression);
  if (expression.kind !== "binary") return;
  const { left, right } = expression;
  const [a, b] = step.operands.map(({ dims }) => dims.length);
  if (expression.operator === "@") {
    yield { ...expression, right: transposed(right) };
    yield { ...expression, left: transposed(left) };
    yield { ...expression, left: right, right: left };
  }
  if (expression.operator === "@" && a === b) return; // another axis would make another product
  for (let axis = -1; axis >= -Math.max(a, b); axis--) {
    if (a <= b && -axis <= a + 1) yield { ...expression, left: unsqueezed(left, axis) };
    if (b <= a && -axis <= b + 1) yield { ...expression, right: unsqueezed(right, axis) };
  }
  if (expression.operator === "@") return;
  yield { ...expression, right: transposed(right) };
  yield { ...expression, left: transposed(left) };
  // A mask [B, n] for scores [B, h, n, n]: two axes are missing inside.
  if (a - b >= 2) yield { ...expression, right: unsqueezed(unsqueezed(right, 1), 1) };
  if (b - a >= 2) yield { ...expression, left: unsqueezed(unsqueezed(left, 1), 1) };
}

/** Targets of a reshape with one size changed: to what is left for it, else to the nearest that divides. */
function* otherTargets(expression: Extract<Expression, { kind: "reshape" }>): Generator<Expression> {
  const { target } = expression;
  for (let i = target.length - 1; i >= 0 && !target.includes(-1); i--) {
    const inferred = { ...expression, target: target.with(i, -1) };
    const rest = attempt(inferred)?.[i];
    if (rest !== undefined) yield { ...expression, target: target.with(i, rest) };
  }
  for (const [i, size] of target.entries()) {
    if (typeof size !== "number" || size === -1) continue;
    for (let away = 1; away <= 64; away++) {
      const near = [size + away, size - away].filter((other) => other > 1);
      const fitting = near.map((other) => ({ ...expression, target: target.with(i, other) })).find(attempt);
      if (fitting === undefined) continue;
      yield fitting;
      break;
    }
  }
}

/** The result of an expression, or nothing when it does not work. */
function attempt(expression: Expression): readonly Size[] | undefined {
  try {
    return evaluate(expression).result;
  } catch (error) {
    if (error instanceof LintelError) return undefined;
    throw error;
  }
}

/** Changes that make the failed step of an evaluation work, each tried and found to. At most three. */
export function fixesOf(step: Step): Fix[] {
  const fixes = new Map<string, Fix>();
  for (const variant of variants(step.expression, step)) {
    const result = attempt(variant);
    if (result !== undefined) fixes.set(codeOf(variant), { code: codeOf(variant), result });
    if (fixes.size === 3) break;
  }
  return [...fixes.values()];
}
