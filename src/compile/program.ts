import { LintelError } from "../base/errors.js";
import type { ThreadPool } from "../kernels/index.js";
import type { Placed } from "../op/lower.js";
import type { Tensor } from "../tensor/tensor.js";
import { bind } from "./bind.js";
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

/**
 * A recording as kernel calls on fixed addresses: while it runs, it allocates nothing, copies no parameter and infers
 * no shape. Throws `LintelError` when an op, an operand or a size has no lowering, or when memory cannot grow.
 */
export class Program {
  /** The first position that is out of reach: of the room, or of a table among the parameters. */
  readonly limit: number;
  readonly #variables: Variables;
  readonly #pool: ThreadPool | undefined;
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
    if (typeof outputAt.at !== "number" || !output.isContiguous) {
      throw new LintelError("the output of a program lies at one place, in row-major order", {});
    }
    residence.reserve(compiler.end);
    for (const { at, values } of compiler.constants) arena.f32.set(values, at / 4);
    this.#pool = residence.pool;
    this.#calls = compiler.calls.map((call) => bind(call, this.#variables, exports, residence.pool));
    this.limit = firstOutside(compiler.bounds, this.#variables, positions);
    const floats = ({ size }: Tensor, { at }: Placed) =>
      arena.f32.subarray((at as number) / 4, (at as number) / 4 + size);
    this.#input = new Int32Array(arena.f32.buffer, inputAt.at as number, input.size);
    this.#output = floats(output, outputAt);
    this.#states = new Map([...statesAt].map(([state, placed]) => [state, floats(state, placed)]));
  }

  /**
   * The output, valid until the next run. `input` is trusted. Throws `LintelError` when a thread was lost: what the states
   * had before is still there.
   */
  run(position: number, input: readonly number[]): Float32Array {
    this.#input.set(input);
    this.#variables.moveTo(position);
    for (const call of this.#calls) call();
    // A late thread may still write to memory that has another use by now.
    if (this.#pool?.lost === true) throw new LintelError("a thread was lost", {});
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
