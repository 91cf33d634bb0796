import type { WeightRules } from "../architectures/architecture.js";

/** What becomes of one tensor of a checkpoint. */
export interface Placement {
  /** Its name in the file. */
  readonly name: string;
  /** The parameter that it fills. */
  readonly path: string;
  /** Stored [in, out]. */
  readonly transposed: boolean;
}

/** The path of a checkpoint's tensor in our model; `undefined` for a buffer or a task head. */
function parameterPath(name: string, rules: WeightRules): string | undefined {
  const prefix = rules.prefixes?.find((candidate) => name.startsWith(candidate)) ?? "";
  const short = name.slice(prefix.length);
  if (rules.ignore?.some((pattern) => pattern.test(short))) return undefined;
  return (rules.renames ?? []).reduce((path, [from, to]) => path.replace(from, to), short);
}

/** Where every tensor of a checkpoint goes; buffers and task heads are left out. */
export function placeWeights(names: readonly string[], rules: WeightRules): Placement[] {
  return names.flatMap((name) => {
    const path = parameterPath(name, rules);
    return path === undefined ? [] : [{ name, path, transposed: rules.transposed?.test(path) ?? false }];
  });
}
