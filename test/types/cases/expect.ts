/** True when A and B are one type, not merely assignable to each other. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** The values that `is` was given, in order: agreement.test.ts runs these programs and looks at them. */
export const seen: unknown[] = [];

/** `is<Tensor<["B"]>>()(x)` compiles only when x has exactly that type. */
export function is<Expected>() {
  return <Actual>(value: Actual, ..._same: Equal<Expected, Actual> extends true ? [] : [never]): void => {
    seen.push(value);
  };
}

/** `holds<Equal<…>>()` compiles only for `true`. */
export function holds<T extends true>(): T {
  return true as T;
}
