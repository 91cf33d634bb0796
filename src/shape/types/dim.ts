// The vocabulary of compile-time shapes.

/** One axis: a literal size (`768`), a name (`"B"`), or plain `number` when nothing is known about it. */
export type Dim = number | string;

/** A shape is a tuple of dims, `["B", "seq", 768]`. */
export type Shape = readonly Dim[];

/** The shape of a tensor about which not even the rank is known. */
export type Dyn = Dim[];

/**
 * What an operation of the algebra returns instead of a shape when its operands do not fit.
 *
 * An alias whose whole body is `ShapeError<…>` would be a postponed reference, unreadable in the editor. Helpers
 * therefore make the message (a string), and the rule wraps it.
 */
export interface ShapeError<Message extends string> {
  readonly "~shapeError": Message;
}

/** The shape of `Tensor<any>`: it fits everywhere and nothing is checked. The only `any` of the algebra. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Unchecked = any;

/** Makes a tuple writable, so that `as const` inputs and inferred outputs compare equal. */
export type Mutable<T> = { -readonly [K in keyof T]: T[K] };
