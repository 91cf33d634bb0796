/** Keys are literals in a program, so this is never reached but by programs that make them up. */
const most = 1000;

/** `parse` with its results kept by text. They must not depend on anything else. */
export function memoize<T>(parse: (text: string) => T): (text: string) => T {
  const results = new Map<string, T>();
  return (text) => {
    const found = results.get(text);
    if (found !== undefined) return found;
    if (results.size >= most) results.clear();
    const result = parse(text);
    results.set(text, result);
    return result;
  };
}
