// Exact arithmetic on number literals, as taught in school: digit by digit on decimal strings.
// TypeScript has no arithmetic on types, and counting with tuple lengths stops near 10,000; vocabularies and
// element counts do not. Exact below 2^53, where JavaScript itself starts to round literals.

type Digit = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9";

/** A digit as a tuple of that length: the only counting that is left to tuples is 0 … 19. */
type Units = {
  "0": [];
  "1": [0];
  "2": [0, 0];
  "3": [0, 0, 0];
  "4": [0, 0, 0, 0];
  "5": [0, 0, 0, 0, 0];
  "6": [0, 0, 0, 0, 0, 0];
  "7": [0, 0, 0, 0, 0, 0, 0];
  "8": [0, 0, 0, 0, 0, 0, 0, 0];
  "9": [0, 0, 0, 0, 0, 0, 0, 0, 0];
};
type Ten = [...Units["9"], 0];
type Carry = [] | [0];

export type ToNumber<S> = S extends `${infer N extends number}` ? N : number;

type Reverse<S, Out extends string = ""> = S extends `${infer C}${infer R}` ? Reverse<R, `${C}${Out}`> : Out;
type DropZeros<S> = S extends `0${infer R}` ? (R extends "" ? "0" : DropZeros<R>) : S;

// ---- addition and subtraction, least significant digit first ----

/** Sum of two digits and a carry: "0" … "19". */
type DigitSum<X extends Digit, Y extends Digit, C extends Carry> = `${[
  ...Units[X],
  ...Units[Y],
  ...C,
]["length"] &
  number}`;

type AddReversed<
  A,
  B,
  C extends Carry = [],
  Out extends string = "",
> = A extends `${infer X extends Digit}${infer RA}`
  ? B extends `${infer Y extends Digit}${infer RB}`
    ? DigitSum<X, Y, C> extends `1${infer D extends Digit}`
      ? AddReversed<RA, RB, [0], `${Out}${D}`>
      : AddReversed<RA, RB, [], `${Out}${DigitSum<X, Y, C>}`>
    : C extends []
      ? `${Out}${A}`
      : AddReversed<A, "0", C, Out>
  : B extends ""
    ? C extends []
      ? Out
      : `${Out}1`
    : AddReversed<"0", B, C, Out>;

type SubtractReversed<
  A,
  B,
  Borrow extends Carry = [],
  Out extends string = "",
> = A extends `${infer X extends Digit}${infer RA}`
  ? B extends `${infer Y extends Digit}${infer RB}`
    ? Units[X] extends [...Units[Y], ...Borrow, ...infer Rest]
      ? SubtractReversed<RA, RB, [], `${Out}${Rest["length"]}`>
      : [...Ten, ...Units[X]] extends [...Units[Y], ...Borrow, ...infer Rest]
        ? SubtractReversed<RA, RB, [0], `${Out}${Rest["length"]}`>
        : never
    : Borrow extends []
      ? `${Out}${A}`
      : SubtractReversed<A, "0", Borrow, Out>
  : Out;

export type AddDecimal<A, B> = Reverse<AddReversed<Reverse<A>, Reverse<B>>>;
/** A − B, for A >= B. */
export type SubtractDecimal<A, B> = DropZeros<Reverse<SubtractReversed<Reverse<A>, Reverse<B>>>>;

// ---- comparison, most significant digit first: the longer number is larger, else the first difference decides ----

type CompareDigit<X extends Digit, Y extends Digit> = X extends Y
  ? "equal"
  : Units[X] extends [...Units[Y], ...unknown[]]
    ? "greater"
    : "less";

export type Compare<A, B, SoFar = "equal"> = A extends `${infer X extends Digit}${infer RA}`
  ? B extends `${infer Y extends Digit}${infer RB}`
    ? Compare<RA, RB, SoFar extends "equal" ? CompareDigit<X, Y> : SoFar>
    : "greater"
  : B extends ""
    ? SoFar
    : "less";

// ---- multiplication: Horner's rule over the digits of B ----

/** The multiples of A, each at most four additions away; only those that are looked up are worked out. */
interface Multiples<A> {
  "0": "0";
  "1": A;
  "2": AddReversed<A, A>;
  "3": AddReversed<Multiples<A>["2"], A>;
  "4": AddReversed<Multiples<A>["2"], Multiples<A>["2"]>;
  "5": AddReversed<Multiples<A>["4"], A>;
  "6": AddReversed<Multiples<A>["3"], Multiples<A>["3"]>;
  "7": AddReversed<Multiples<A>["6"], A>;
  "8": AddReversed<Multiples<A>["4"], Multiples<A>["4"]>;
  "9": AddReversed<Multiples<A>["8"], A>;
}
type TimesTen<A> = A extends string ? `0${A}` : never;
type MultiplyReversed<A, B, Sum = "0"> = B extends `${infer Y extends Digit}${infer RB}`
  ? MultiplyReversed<A, RB, AddReversed<TimesTen<Sum>, Multiples<A>[Y]>>
  : Sum;

export type MultiplyDecimal<A, B> = A extends "1"
  ? B
  : B extends "1"
    ? A
    : A extends "0"
      ? "0"
      : B extends "0"
        ? "0"
        : DropZeros<Reverse<MultiplyReversed<Reverse<A>, B>>>;

// ---- long division -> [quotient, remainder] ----

type DivideStep<Rest, B, Count extends 0[] = []> =
  Compare<Rest, B> extends "less"
    ? [Count["length"], Rest]
    : DivideStep<SubtractDecimal<Rest, B>, B, [...Count, 0]>;
type LongDivision<
  A,
  B,
  Rest extends string = "0",
  Quotient extends string = "",
> = A extends `${infer X extends Digit}${infer RA}`
  ? DivideStep<Rest extends "0" ? X : `${Rest}${X}`, B> extends [
      infer Q extends number,
      infer R extends string,
    ]
    ? LongDivision<RA, B, R, `${Quotient}${Q}`>
    : never
  : [DropZeros<Quotient>, Rest];

export type DivideDecimal<A, B> = A extends B
  ? ["1", "0"]
  : B extends "1"
    ? [A, "0"]
    : B extends "0"
      ? ["NaN", "0"]
      : LongDivision<A, B>;

// ---- the same on number literals ----

export type Add<A extends number, B extends number> = ToNumber<AddDecimal<`${A}`, `${B}`>>;
/** A − B, and 0 when B is larger. */
export type Subtract<A extends number, B extends number> =
  Compare<`${A}`, `${B}`> extends "less" ? 0 : ToNumber<SubtractDecimal<`${A}`, `${B}`>>;
export type Multiply<A extends number, B extends number> = ToNumber<MultiplyDecimal<`${A}`, `${B}`>>;
export type DivMod<A extends number, B extends number> = DivideDecimal<`${A}`, `${B}`>;
