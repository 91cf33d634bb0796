// Reading pattern strings: "B n d" and "B n (h d)".

/** "B n d" -> ["B", "n", "d"] */
export type Words<S, Out extends unknown[] = []> = S extends ""
  ? Out
  : S extends ` ${infer R}`
    ? Words<R, Out>
    : S extends `${infer H} ${infer Rest}`
      ? Words<Rest, [...Out, H]>
      : [...Out, S];

/** "B (h d)" -> ["B", ["h", "d"]] */
export type WordsAndGroups<S, Out extends unknown[] = []> = S extends ""
  ? Out
  : S extends ` ${infer R}`
    ? WordsAndGroups<R, Out>
    : S extends `(${infer Group})${infer R}`
      ? WordsAndGroups<R, [...Out, Words<Group>]>
      : S extends `${infer H} ${infer Rest}`
        ? WordsAndGroups<Rest, [...Out, H]>
        : [...Out, S];

/** Numbers are sizes, `_` is any size, everything else is a name. */
type WordAsDim<W> = W extends `${infer N extends number}` ? N : W extends "_" ? number : W;
type WordsAsDims<L> = { [K in keyof L]: WordAsDim<L[K]> };

/** "B n 768" -> ["B", "n", 768] */
export type ParseShape<S extends string> =
  WordsAsDims<Words<S>> extends infer R extends readonly (number | string)[] ? R : never;

/** "B n d, B m d" -> [["B", "n", "d"], ["B", "m", "d"]] */
export type ParseShapes<S, Out extends unknown[] = []> = S extends `${infer H},${infer Rest}`
  ? ParseShapes<Rest, [...Out, ParseShape<H>]>
  : S extends string
    ? [...Out, ParseShape<S>]
    : never;
