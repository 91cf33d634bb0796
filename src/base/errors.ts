/** Facts that an error carries beside its message: operand shapes, axes, file, byte offset, config key … */
export type ErrorDetails = Readonly<Record<string, unknown>>;

/**
 * The base of every error that Lintel raises on bad input.
 *
 * The message is written for a person: it names the operation, shows every operand in full and suggests the
 * fix. `details` holds the same facts for programs.
 *
 * @example
 * try { matmul(q, k) } catch (error) { if (error instanceof ShapeError) console.log(error.details.shapes) }
 */
export class LintelError extends Error {
  readonly details: ErrorDetails;

  constructor(message: string, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.details = details;
  }
}

/** Operands whose shapes do not fit. Details: `op`, `shapes`, `axis`. */
export class ShapeError extends LintelError {}

/** An element type that an operation does not accept. Details: `op`, `dtypes`. */
export class DTypeError extends LintelError {}

/** A decomposition or solve that has no answer: singular, not definite, not finite. Details: `op`, `shape`. */
export class LinAlgError extends LintelError {}

/** A file that breaks its format. Details: `file`, `offset` (bytes), `tensor`. */
export class FormatError extends LintelError {}

/** A configuration, option or argument that makes no sense. Details: `key`, `value`. */
export class ConfigError extends LintelError {}
