import { ConfigError, DTypeError } from "../../base/errors.js";
import { computeGrid, gridOps, mapFloat32, mapFloat64 } from "../../kernels/index.js";
import { readValues } from "../../op/loops.js";
import type { Op } from "../../op/define.js";
import { isFloat, type DType } from "../../tensor/dtype.js";
import type { Tensor } from "../../tensor/tensor.js";
import { geluOp } from "../gelu/op.js";
import { geluTanhOp } from "../geluTanh/op.js";
import { reluOp } from "../relu/op.js";
import { siluOp } from "../silu/op.js";
import { float32Values } from "../wasm.js";

/** The activations that a linear layer may end with; each stands at its own op. */
export const activationOps = { relu: reluOp, gelu: geluOp, geluTanh: geluTanhOp, silu: siluOp } as const;

export type LinearActivation = keyof typeof activationOps;

/** Which inputs follow x and weight, bias first, and what the sum of product and bias goes through. */
export interface LinearAttributes {
  readonly bias: boolean;
  readonly activation: LinearActivation | undefined;
  readonly residual: boolean;
}

/** The inputs by their names. */
export function namedInputs<T>(inputs: readonly T[], { bias, residual }: LinearAttributes) {
  return {
    x: inputs[0],
    weight: inputs[1],
    bias: bias ? inputs[2] : undefined,
    residual: residual ? inputs[bias ? 3 : 2] : undefined,
  };
}

/** Fails unless it is the name of an activation, or none. */
export function checkActivation(
  op: string,
  name: LinearActivation | undefined,
): LinearActivation | undefined {
  if (name === undefined || Object.hasOwn(activationOps, name)) return name;
  const names = Object.keys(activationOps).map((known) => `"${known}"`);
  throw new ConfigError(`${op}: activation must be one of ${names.join(", ")}, got ${JSON.stringify(name)}`, {
    op,
    key: "activation",
    value: name,
  });
}

/** Integers stay integers in a linear layer, and the activations answer in floats. */
export function requireFloat(dtype: DType, activation: LinearActivation | undefined): void {
  if (activation === undefined || isFloat(dtype)) return;
  throw new DTypeError(
    `linear: activation "${activation}" needs floats, got ${dtype}; use .cast("float32")`,
    {
      op: "linear",
      dtypes: [dtype],
    },
  );
}

/** The activation by its own definition, in float64. */
export function activateReference(activation: LinearActivation, x: Tensor, y: Tensor): void {
  (activationOps[activation] as Op<undefined>).reference?.([x], [y], undefined);
}

function addInPlace(values: Float32Array | Float64Array, residual: Tensor): void {
  const wide = values instanceof Float64Array;
  const added = wide
    ? readValues(residual)
    : (float32Values(residual) ?? Float32Array.from(readValues(residual)));
  const whole = { offset: 0, rowStride: 0, wide: true };
  computeGrid({
    kernel: wide ? "combineF64" : "combineF32",
    op: gridOps.add,
    rows: 1,
    columns: values.length,
    operands: [
      { data: values, ...whole },
      { data: added, ...whole },
    ],
    output: { data: values, offset: 0 },
  });
}

/** Activation and residual on the finished product, in place: no second result, and no rounding between. */
export function epilogue(
  residual: Tensor | undefined,
  { activation }: LinearAttributes,
): ((values: Float32Array | Float64Array) => void) | undefined {
  if (activation === undefined && residual === undefined) return undefined;
  return (values) => {
    if (activation !== undefined) {
      if (values instanceof Float32Array) mapFloat32(activation, values, values);
      else mapFloat64(activation, values, values);
    }
    if (residual !== undefined) addInPlace(values, residual);
  };
}
