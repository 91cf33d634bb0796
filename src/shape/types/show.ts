// Shapes as people write them, for error messages: [B, 12, n, 64].
import type { Dim } from "./dim.js";
import type { Kind } from "./kind.js";
import type { First } from "./list.js";

export type ShowDim<X extends Dim, Z> = Kind<X, Z> extends "unknown" ? "?" : `${X}`;

type ShowRest<S, Out extends string, Z> =
  First<S, Z> extends [infer X extends Dim, infer Rest]
    ? ShowRest<Rest, `${Out}, ${ShowDim<X, Z>}`, Z>
    : S extends readonly []
      ? Out
      : `${Out}, ...`;

export type Show<S, Z> = S extends readonly []
  ? "[]"
  : First<S, Z> extends [infer X extends Dim, infer Rest]
    ? `[${ShowRest<Rest, ShowDim<X, Z>, Z>}]`
    : "[...]";
