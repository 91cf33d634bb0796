/** True when A and B are one type, not merely assignable to each other. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** `is<Tensor<["B"]>>()(x)` compiles only when x has exactly that type. */
export declare function is<Expected>(): <Actual>(
  value: Actual,
  ...same: Equal<Expected, Actual> extends true ? [] : [never]
) => void;

/** `holds<Equal<…>>()` compiles only for `true`. */
export declare function holds<T extends true>(): T;
