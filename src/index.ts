// The public surface of `lintel`: tensors, their functions and methods, and the errors that they raise.
import "./backends/cpu.js";

export { engines, withEngine, type Engine, type EngineStatus } from "./backends/engines.js";
export {
  ConfigError,
  DTypeError,
  FormatError,
  LinAlgError,
  LintelError,
  ShapeError,
  type ErrorDetails,
} from "./base/errors.js";
export { Random } from "./base/random.js";
export * from "./fluent/index.js";
export { inModule, observe, type Observer, type OpEvent } from "./op/observer.js";
export { Polynomial } from "./shape/polynomial.js";
export { dtypes, type DType } from "./tensor/dtype.js";
