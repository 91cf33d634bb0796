import { describe } from "../base/describe.js";
import { DTypeError, LintelError } from "../base/errors.js";
import { isKnown, sizeValue, type Size } from "../shape/dim.js";
import { Tensor } from "../tensor/tensor.js";
import { findBackend, type Backend } from "./backend.js";
import type { Kernel, Op, OutputSpec, View } from "./define.js";
import { isObserved, report } from "./observer.js";

/**
 * The one gate that every computation passes: infers the outputs, stops there when an operand is abstract,
 * otherwise runs the fastest kernel that accepts the operands, and tells the observers.
 *
 * @returns one tensor per output of the op
 */
export function applyAll<A>(op: Op<A>, inputs: readonly Tensor[], attributes: A): readonly Tensor[] {
  requireTensors(op.name, inputs);
  if (!isObserved()) return compute(op, inputs, attributes);
  return report(op, inputs, attributes, () => compute(op, inputs, attributes));
}

/** `applyAll` for the ops that have one output. */
export function apply<A>(op: Op<A>, inputs: readonly Tensor[], attributes: A): Tensor {
  return applyAll(op, inputs, attributes)[0];
}

/** Fails, naming the operand, unless all are tensors: untyped callers pass arrays and numbers. */
export function requireTensors(op: string, inputs: readonly unknown[]): void {
  if (!Array.isArray(inputs)) {
    throw new DTypeError(`${op}: takes a list of tensors, got ${describe(inputs)}`, { op });
  }
  for (let place = 0; place < inputs.length; place++) {
    if (inputs[place] instanceof Tensor) continue;
    throw new DTypeError(
      `${op}: operand ${place} is not a tensor but ${describe(inputs[place])}; wrap it in tensor(…)`,
      { op, place },
    );
  }
}

/** The sizes of an operand, for what reads them before `apply` does. Fails as `requireTensors`. */
export function dimsOf(op: string, x: Tensor): readonly Size[] {
  requireTensors(op, [x]);
  return x.dims;
}

function compute<A>(op: Op<A>, inputs: readonly Tensor[], attributes: A): readonly Tensor[] {
  if (op.view !== undefined) return [viewOf(inputs[0], op.view(inputs[0], attributes))];
  const outputs = op.infer(inputs, attributes);
  for (let i = 0; i < inputs.length; i++) {
    if (inputs[i].isAbstract) return abstractOutputs(op, inputs, attributes, outputs);
  }

  const backend = backendOf(op, inputs);
  const kernels = backend.kernels(op) as readonly Kernel<A>[];
  const reference = backend.device === "cpu" ? op.reference : undefined;
  if (kernels.length > 0 || reference !== undefined) {
    const results: Tensor[] = [];
    for (let i = 0; i < outputs.length; i++)
      results.push(backend.allocate(outputs[i].dims, outputs[i].dtype));
    for (let i = 0; i < kernels.length; i++) {
      if (kernels[i](inputs, results, attributes) !== false) return results;
    }
    if (reference !== undefined && reference(inputs, results, attributes) !== false) return results;
  }
  if (op.compose !== undefined) return op.compose(inputs, attributes);
  throw new LintelError(`${op.name}: no kernel for device '${backend.device}'`, { op: op.name });
}

/** A composed op may end in a view; what follows costs the same on data only where strides are the same too. */
function abstractOutputs<A>(
  op: Op<A>,
  inputs: readonly Tensor[],
  attributes: A,
  outputs: readonly OutputSpec[],
): Tensor[] {
  if (op.compose === undefined) return outputs.map((spec) => new Tensor(spec));
  const composed = op.compose(inputs, attributes);
  return outputs.map((spec, i) => new Tensor({ ...spec, strides: composed[i].strides }));
}

/** A view of symbolic size or at a symbolic place shows no particular elements: it is abstract. */
function viewOf(input: Tensor, { dims, strides, shift = 0 }: View): Tensor {
  if (dims.every(isKnown) && isKnown(shift)) {
    return input.withView({ dims, strides, offset: input.offset + sizeValue(shift) });
  }
  return new Tensor({ dims, strides, dtype: input.dtype });
}

function backendOf<A>(op: Op<A>, inputs: readonly Tensor[]): Backend {
  const device = inputs.length === 0 ? "cpu" : inputs[0].device;
  for (let i = 1; i < inputs.length; i++) {
    if (inputs[i].device === device) continue;
    const devices = [...new Set(inputs.map((input) => input.device))];
    throw new LintelError(`${op.name}: operands live on different devices (${devices.join(", ")})`, {
      op: op.name,
      devices,
    });
  }
  const backend = findBackend(device);
  if (backend !== undefined) return backend;
  throw new LintelError(`no backend for device '${device}': import "lintel", which brings the CPU engine`, {
    device,
  });
}
