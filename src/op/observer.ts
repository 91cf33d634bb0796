import { requireFunction, requireString } from "../base/options.js";
import type { Tensor } from "../tensor/tensor.js";
import type { Op } from "./define.js";

/** What an observer is told about one op, right after it ran (or, on abstract tensors, was inferred). */
export interface OpEvent {
  readonly op: Op<never>;
  /** Where in the model: `"encoder.layer.0.attention"`. Empty outside any module. */
  readonly path: string;
  readonly inputs: readonly Tensor[];
  readonly outputs: readonly Tensor[];
  readonly attributes: unknown;
  /** Wall-clock seconds; 0 on abstract tensors. */
  readonly seconds: number;
}

/** Watches every outermost op: what an op does inside itself is not reported again. */
export type Observer = (event: OpEvent) => void;

const observers: Observer[] = [];
const path: string[] = [];
let depth = 0;

/**
 * Runs `body` with `observer` told of every op that it applies; answers what `body` does. Throws `ConfigError`
 * unless both are functions.
 *
 * @example
 * const seen: string[] = [];
 * observe(({ op }) => seen.push(op.name), () => matmul(eye(2), eye(2)).relu());
 * seen; // ["matmul", "relu"]
 */
export function observe<R>(observer: Observer, body: () => R): R {
  requireFunction("observe", "the observer", observer);
  requireFunction("observe", "the body", body);
  observers.push(observer);
  try {
    return body();
  } finally {
    observers.splice(observers.lastIndexOf(observer), 1);
  }
}

/** Whether somebody wants to hear of every op. */
export const isObserved = (): boolean => observers.length > 0;

/**
 * Runs `body` inside the module `name`: its ops report that path. Throws `ConfigError` when the name is no string.
 *
 * @example
 * const paths: string[] = [];
 * observe(({ path }) => paths.push(path), () => inModule("head", () => exp(zeros([2]))));
 * paths; // ["head"]
 */
export function inModule<R>(name: string, body: () => R): R {
  requireString("inModule", "the name", name);
  requireFunction("inModule", "the body", body);
  path.push(name);
  try {
    return body();
  } finally {
    path.pop();
  }
}

/** Runs one op and reports it, unless it runs inside another op. */
export function report(
  op: Op<never>,
  inputs: readonly Tensor[],
  attributes: unknown,
  run: () => readonly Tensor[],
): readonly Tensor[] {
  if (observers.length === 0 || depth > 0) return run();
  depth++;
  const start = performance.now();
  let outputs: readonly Tensor[];
  try {
    outputs = run();
  } finally {
    depth--;
  }
  const abstract = outputs.every((output) => output.isAbstract);
  const seconds = abstract ? 0 : (performance.now() - start) / 1000;
  const event: OpEvent = { op, path: path.join("."), inputs, outputs, attributes, seconds };
  for (const observer of observers) observer(event);
  return outputs;
}
