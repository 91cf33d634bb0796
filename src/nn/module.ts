import { closestNames } from "../base/closest.js";
import { ConfigError, ShapeError } from "../base/errors.js";
import { requireString } from "../base/options.js";
import { requireTensors } from "../op/apply.js";
import { inModule } from "../op/observer.js";
import { sameShape, showShape } from "../shape/dim.js";
import { Tensor } from "../tensor/tensor.js";

/** What the fields of a module may hold. */
interface Slot {
  readonly path: string;
  readonly owner: Module;
  readonly key: string;
  readonly tensor: Tensor;
}

type Forward = (this: Module, ...inputs: never[]) => unknown;

const wrapped = new WeakSet<Forward>();
/** The modules whose `forward` is running, outermost first. */
const running: Module[] = [];

/**
 * A part of a model: parameters and the computation that uses them.
 *
 * A field that holds a `Tensor` is a parameter; a field that holds a `Module`, or an array of them, is a
 * child. Other state goes into `#private` fields. Whatever `forward` computes is reported to observers under
 * the path of the module, `"encoder.layer.0.attention.self.query"`, with nothing to write for it.
 *
 * @example
 * class Residual extends Module {
 *   readonly norm = new LayerNorm(64);
 *   readonly mlp = new Mlp(64, 256);
 *   forward(x: Tensor) { return add(x, this.mlp.forward(this.norm.forward(x))); }
 * }
 * [...new Residual().modules()].map(([path]) => path); // ["", "norm", "mlp", "mlp.up_proj", "mlp.down_proj"]
 */
export abstract class Module {
  constructor() {
    traceForward(new.target.prototype);
  }

  /**
   * The modules directly below, by the name of the field: `"layer.0"` for the first of an array.
   *
   * @example
   * [...new Mlp(4, 8).children()].map(([name]) => name); // ["up_proj", "down_proj"]
   */
  *children(): Generator<[name: string, child: Module]> {
    for (const [name, value] of Object.entries(this)) {
      if (value instanceof Module) yield [name, value];
      if (!Array.isArray(value)) continue;
      for (const [i, entry] of value.entries()) if (entry instanceof Module) yield [`${name}.${i}`, entry];
    }
  }

  /**
   * This module and all below it, parents first; the path of this one is `""`.
   *
   * @example
   * [...new Mlp(4, 8).modules()].map(([path]) => path); // ["", "up_proj", "down_proj"]
   */
  *modules(path = ""): Generator<[path: string, module: Module]> {
    requireString("modules", "the path", path);
    yield [path, this];
    for (const [name, child] of this.children()) yield* child.modules(path === "" ? name : `${path}.${name}`);
  }

  /**
   * All parameters in the order of their fields. A tensor shared by several modules comes once, at its first
   * path.
   *
   * @example
   * [...new LayerNorm(4).namedParameters()].map(([path]) => path); // ["weight", "bias"]
   */
  *namedParameters(): Generator<[path: string, parameter: Tensor]> {
    const seen = new Set<Tensor>();
    for (const { path, tensor } of this.#slots()) {
      if (seen.has(tensor)) continue;
      seen.add(tensor);
      yield [path, tensor];
    }
  }

  /**
   * The exact number of parameters, shared ones counted once. Throws `ShapeError` when a size has no value.
   *
   * @example
   * new Mlp(4, 8).parameterCount; // 76
   */
  get parameterCount(): number {
    let count = 0;
    for (const [, parameter] of this.namedParameters()) count += parameter.size;
    return count;
  }

  /**
   * The parameter at a path, also the second path to a shared one. Throws `ConfigError` when there is none.
   *
   * @example
   * new Mlp(4, 8).parameter("up_proj.weight").shape; // [8, 4]
   */
  parameter(path: string): Tensor {
    return this.#slot(path).tensor;
  }

  /**
   * Replaces the parameter at `path`, wherever it is shared. Throws `ConfigError` when there is none and
   * `ShapeError`, naming the path and both shapes, when the shape differs.
   *
   * @example
   * const layer = new Linear(2, 2, { bias: false });
   * layer.setParameter("weight", tensor([[0, 1], [1, 0]]));
   * layer.forward(tensor([3, 4])).toArray(); // [4, 3]
   */
  setParameter(path: string, tensor: Tensor): void {
    const { tensor: current } = this.#slot(path);
    requireTensors("setParameter", [tensor]);
    if (!sameShape(current.dims, tensor.dims)) {
      throw new ShapeError(
        `parameter '${path}' has shape ${showShape(current.dims)}, cannot take ${showShape(tensor.dims)}`,
        { op: "setParameter", path, shapes: [current.dims, tensor.dims] },
      );
    }
    for (const slot of this.#slots()) {
      if (slot.tensor === current) Reflect.set(slot.owner, slot.key, tensor);
    }
  }

  #slot(path: string): Slot {
    requireString(this.constructor.name, "the path of a parameter", path);
    const paths: string[] = [];
    for (const slot of this.#slots()) {
      if (slot.path === path) return slot;
      paths.push(slot.path);
    }
    const close = closestNames(path, paths);
    const hint = close.length === 0 ? "" : `; did you mean ${close.join(" or ")}?`;
    throw new ConfigError(`${this.constructor.name} has no parameter '${path}'${hint}`, { key: path, close });
  }

  *#slots(): Generator<Slot> {
    for (const [path, owner] of this.modules()) {
      for (const [key, tensor] of Object.entries(owner)) {
        if (tensor instanceof Tensor)
          yield { path: path === "" ? key : `${path}.${key}`, owner, key, tensor };
      }
    }
  }
}

/** Wraps `forward` once for every class, so that it runs under the module's path. */
function traceForward(prototype: object): void {
  for (let at = prototype; at !== Module.prototype; at = Object.getPrototypeOf(at) as object) {
    const forward = Object.getOwnPropertyDescriptor(at, "forward")?.value as Forward | undefined;
    if (forward === undefined || wrapped.has(forward)) continue;
    const traced: Forward = function (...inputs) {
      return running.at(-1) === this
        ? forward.apply(this, inputs) // super.forward()
        : within(this, () => forward.apply(this, inputs));
    };
    wrapped.add(traced);
    Object.defineProperty(at, "forward", { value: traced, writable: true, configurable: true });
  }
}

function within<R>(module: Module, body: () => R): R {
  const parent = running.at(-1);
  const name = parent === undefined ? "" : pathFrom(parent, module);
  running.push(module);
  try {
    return name === "" ? body() : inModule(name, body);
  } finally {
    running.pop();
  }
}

const knownPaths = new WeakMap<Module, WeakMap<Module, string>>();

/** The name under which `parent` holds `module`, through modules in between if need be. */
function pathFrom(parent: Module, module: Module): string {
  let paths = knownPaths.get(parent);
  if (paths?.has(module) !== true) {
    paths = new WeakMap([...parent.modules()].map(([path, below]) => [below, path] as const));
    if (!paths.has(module)) paths.set(module, ""); // made on the fly, or held elsewhere
    knownPaths.set(parent, paths);
  }
  return paths.get(module)!;
}
