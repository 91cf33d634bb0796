import { LintelError } from "../base/errors.js";
import type { KernelCall, Lowering, Placed, Room } from "../op/lower.js";
import { behind } from "../ops/lower.js";
import { addSizes, countElements, multiplySizes, showShape, type Size } from "../shape/dim.js";
import type { Tensor } from "../tensor/tensor.js";
import { Heap } from "./heap.js";
import { lowerings } from "./lowerings.js";
import type { Step } from "./recording.js";
import type { Residence } from "./residence.js";
import type { Variables } from "./variables.js";

/** float32 values that must lie at an address before a program runs. */
export interface Constant {
  readonly at: number;
  readonly values: Float32Array;
}

/** A view at a place that changes, of a tensor that does not: `last` must stay below `elements`. */
export interface Bound {
  readonly last: Size;
  readonly elements: number;
}

/**
 * Gives every tensor of a recording its place and turns every op into kernel calls. Intermediate results share
 * memory as soon as nobody reads them any more; parameters lie where the residence has them.
 */
export class Compiler implements Room {
  readonly calls: KernelCall[] = [];
  readonly bounds: Bound[] = [];
  readonly positions: number;
  readonly #residence: Residence;
  readonly #variables: Variables;
  readonly #heap: Heap;
  readonly #placed = new Map<Tensor, Placed>();
  /** The tensor whose memory a view shows. */
  readonly #owners = new Map<Tensor, Tensor>();
  readonly #constants = new Map<string | Tensor, Constant>();
  #scratch: number[] = [];

  constructor(residence: Residence, variables: Variables, positions: number) {
    this.#residence = residence;
    this.#variables = variables;
    this.#heap = new Heap(residence.end);
    this.positions = positions;
  }

  /** The first byte behind everything. */
  get end(): number {
    return this.#heap.end;
  }

  get constants(): Iterable<Constant> {
    return this.#constants.values();
  }

  /** Room of its own for a tensor. */
  place(tensor: Tensor): Placed {
    const { dims, strides, dtype } = tensor;
    const placed = { at: this.#allocate(countElements(dims)), dims, strides, dtype };
    this.#placed.set(tensor, placed);
    return placed;
  }

  /** Throws `LintelError` for an op or an operand that no program can have. Keeps `output`. */
  lower(steps: readonly Step[], output: Tensor): Placed {
    const lastUse = this.#lastUses(steps);
    lastUse.delete(this.#owner(output));
    const temporary = new Map<number, Placed[]>();
    for (const [index, step] of steps.entries()) {
      const [result] = step.outputs;
      if (step.op.view !== undefined) this.#view(step);
      else {
        const known = this.#placed.get(result);
        const target = known ?? this.place(result);
        const until = lastUse.get(result);
        if (known === undefined && until !== undefined) {
          temporary.set(until, [...(temporary.get(until) ?? []), target]);
        }
        this.calls.push(...this.#callsOf(step, target));
      }
      for (const at of this.#scratch.splice(0)) this.#heap.release(at);
      for (const { at } of temporary.get(index) ?? []) this.#heap.release(at as number);
    }
    return this.#find(output);
  }

  constant(key: string, values: () => Float32Array): number {
    return this.#keep(key, values).at;
  }

  scratch(elements: Size): number {
    const at = this.#allocate(elements);
    this.#scratch.push(at);
    return at;
  }

  #keep(key: string | Tensor, values: () => Float32Array): Constant {
    const kept = this.#constants.get(key);
    if (kept !== undefined) return kept;
    const made = values();
    const constant = { at: this.#heap.reserve(made.byteLength), values: made };
    this.#constants.set(key, constant);
    return constant;
  }

  #allocate(elements: Size): number {
    return this.#heap.allocate(4 * this.#variables.value(elements));
  }

  #callsOf({ op, inputs, outputs, attributes }: Step, target: Placed): readonly KernelCall[] {
    const lowering = lowerings.get(op) as Lowering | undefined;
    const single = outputs.length === 1 && outputs[0].dtype === "float32";
    const calls = single
      ? lowering?.(
          inputs.map((x) => this.#find(x)),
          target,
          attributes,
          this,
        )
      : undefined;
    if (calls !== undefined) return calls;
    const shapes = inputs.map((x) => x.dims);
    throw new LintelError(`${op.name}: no program for ${shapes.map(showShape).join(", ")}`, {
      op: op.name,
      shapes,
    });
  }

  #view({ op, inputs: [input], outputs: [result], attributes }: Step): void {
    const { shift = 0 } = op.view!(input, attributes as never);
    const { at, dtype } = this.#find(input);
    this.#placed.set(result, { at: behind(at, shift), dims: result.dims, strides: result.strides, dtype });
    if (input.isAbstract) return;
    const last = result.dims.reduce<Size>(
      (sum, size, axis) => addSizes(sum, multiplySizes(addSizes(size, -1), result.strides[axis])),
      addSizes(input.offset, shift),
    );
    if (typeof last !== "number") this.bounds.push({ last, elements: input.elements.length });
  }

  #find(tensor: Tensor): Placed {
    const placed = this.#placed.get(tensor) ?? this.#placeConstant(tensor);
    this.#placed.set(tensor, placed);
    return placed;
  }

  /** A tensor that no op made: a parameter, or a number. */
  #placeConstant(tensor: Tensor): Placed {
    const { dims, strides, dtype, offset } = tensor;
    if (tensor.device !== "cpu" || dtype !== "float32") {
      throw new LintelError(`no program reads ${dtype} ${showShape(dims)} on '${tensor.device}'`, {
        dims,
        dtype,
      });
    }
    const { elements } = tensor;
    const resident = this.#residence.addressOf(elements);
    const at = resident ?? this.#keep(tensor, () => elements as Float32Array).at;
    return { at: at + 4 * offset, dims, strides, dtype };
  }

  #owner(tensor: Tensor): Tensor {
    return this.#owners.get(tensor) ?? tensor;
  }

  /** The last step that reads each tensor, itself or through a view. */
  #lastUses(steps: readonly Step[]): Map<Tensor, number> {
    const last = new Map<Tensor, number>();
    for (const [index, { op, inputs, outputs }] of steps.entries()) {
      if (op.view !== undefined) this.#owners.set(outputs[0], this.#owner(inputs[0]));
      for (const x of [...inputs, ...outputs]) last.set(this.#owner(x), index);
    }
    return last;
  }
}
