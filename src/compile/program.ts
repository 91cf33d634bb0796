import type { KernelCall, Placed } from "../op/lower.js";
import type { KernelExports } from "../kernels/index.js";
import type { Tensor } from "../tensor/tensor.js";
import { Compiler, type Bound } from "./compiler.js";
import type { Recording } from "./recording.js";
import type { Residence } from "./residence.js";
import { Variables } from "./variables.js";

export interface ProgramOptions {
  readonly residence: Residence;
  readonly recording: Recording;
  /** int32, given to every run. */
  readonly input: Tensor;
  /** float32 tensors that keep their elements from run to run. */
  readonly states: readonly Tensor[];
  readonly output: Tensor;
  /** The names that change from run to run, as functions of the position. */
  readonly variables: ReadonlyMap<string, (position: number) => number>;
  /** Positions from 0 on for which there is room. */
  readonly positions: number;
}

type Kernel = (...parameters: readonly number[]) => void;

/**
 * A recording as kernel calls on fixed addresses: while it runs, it allocates nothing, copies no parameter and infers
 * no shape. Throws `LintelError` when an op, an operand or a size has no lowering, or when memory cannot grow.
 */
export class Program {
  /** The first position that is out of reach: of the room, or of a table among the parameters. */
  readonly limit: number;
  readonly #variables: Variables;
  readonly #calls: readonly (() => void)[];
  readonly #input: Int32Array;
  readonly #output: Float32Array;
  readonly #states: ReadonlyMap<Tensor, Float32Array>;

  constructor({ residence, recording, input, states, output, variables, positions }: ProgramOptions) {
    const { arena, exports } = residence.kernels;
    this.#variables = new Variables(variables);
    this.#variables.moveTo(positions - 1); // where everything is largest
    const compiler = new Compiler(residence, this.#variables, positions);
    const inputAt = compiler.place(input);
    const statesAt = new Map(states.map((state) => [state, compiler.place(state)]));
    const outputAt = compiler.lower(recording.steps, output);
    residence.reserve(compiler.end);
    for (const { at, values } of compiler.constants) arena.f32.set(values, at / 4);
    this.#calls = compiler.calls.map((call) => bind(exports, call, this.#variables));
    this.limit = firstOutside(compiler.bounds, this.#variables, positions);
    const floats = (tensor: Tensor, { at }: Placed) =>
      arena.f32.subarray(this.#variables.value(at) / 4, this.#variables.value(at) / 4 + tensor.size);
    this.#input = new Int32Array(arena.f32.buffer, inputAt.at as number, input.size);
    this.#output = floats(output, outputAt);
    this.#states = new Map([...statesAt].map(([state, placed]) => [state, floats(state, placed)]));
  }

  /** The output, valid until the next run. `input` is trusted. */
  run(position: number, input: readonly number[]): Float32Array {
    this.#input.set(input);
    this.#variables.moveTo(position);
    for (const call of this.#calls) call();
    return this.#output;
  }

  /** The elements of a state, row-major, to be read and written between runs. */
  state(tensor: Tensor): Float32Array {
    return this.#states.get(tensor)!;
  }
}

function firstOutside(bounds: readonly Bound[], variables: Variables, positions: number): number {
  const fits = (position: number): boolean => {
    variables.moveTo(position);
    return bounds.every(({ last, elements }) => variables.value(last) < elements);
  };
  let limit = positions;
  while (limit > 0 && !fits(limit - 1)) limit--;
  return limit;
}

/** The call as a function, which reads the variables when it runs. */
function bind(exports: KernelExports, { kernel, parameters }: KernelCall, variables: Variables): () => void {
  const run = exports[kernel] as Kernel;
  const sizes = parameters.map((parameter) => variables.evaluator(parameter));
  const p = sizes.map((size) => (typeof size === "number" ? size : 0));
  const changing = sizes.flatMap((size, i) => (typeof size === "number" ? [] : [{ i, value: size }]));
  // A kernel ignores arguments that it has no parameters for; spreading a list costs more than a small kernel.
  if (changing.length === 0) {
    const [a, b, c, d, e, f, g] = p;
    return () => run(a, b, c, d, e, f, g);
  }
  return () => {
    for (const { i, value } of changing) p[i] = value();
    run(p[0], p[1], p[2], p[3], p[4], p[5], p[6]);
  };
}
