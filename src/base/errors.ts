/** Facts that an error carries beside its message: operand shapes, axes, file, byte offset, config key … */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/**
 * The base of every error that Lintel raises on bad input. The message is written for a person: it names the
 * operation, shows every operand in full and suggests the fix. `details` holds the same facts for programs.
 *
 * @example
 * new ShapeError("sizes differ") instanceof LintelError; // true
 */
export class LintelError extends Error {
  readonly details: ErrorDetails;

  constructor(message: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.details = details;
  }
}

/**
 * Operands whose shapes do not fit. Details: `op`, `shapes`, `axis`.
 *
 * @example
 * zeros([2, 3]).item(); // throws ShapeError
 */
export class ShapeError extends LintelError {}

/**
 * An element type that an operation does not accept. Details: `op`, `dtypes`.
 *
 * @example
 * embedding(tensor([0.5]), eye(4)); // throws DTypeError
 */
export class DTypeError extends LintelError {}

/**
 * A decomposition or solve that has no answer: singular, not definite, not finite. Details: `op`, `shape`.
 *
 * @example
 * svd(tensor([[1, NaN]])); // throws LinAlgError
 */
export class LinAlgError extends LintelError {}

/**
 * A file that breaks its format. Details: `file`, `offset` (bytes), `tensor`.
 *
 * @example
 * await openSafetensors(new Uint8Array(4)); // throws FormatError
 */
export class FormatError extends LintelError {}

/**
 * A configuration, option or argument that makes no sense. Details: `key`, `value`.
 *
 * @example
 * loadConfig("bert-base-unased"); // throws ConfigError
 */
export class ConfigError extends LintelError {}
