/** The whole path of an opened library: Linux lists what a process has mapped. Elsewhere the name as it was given. */
export function loadedFile(name: string): string {
  if (process.platform !== "linux") return name;
  try {
    const { readFileSync, realpathSync } = process.getBuiltinModule("node:fs");
    if (name.includes("/")) return realpathSync(name);
    // libopenblas.so.0 links to libopenblasp-r0.3.21.so: the names agree up to the first dot.
    const beginning = `/${name.split(".")[0]}`;
    const mapped = readFileSync("/proc/self/maps", "utf8").match(/\/.*/g) ?? [];
    return mapped.find((path) => path.slice(path.lastIndexOf("/")).startsWith(beginning)) ?? name;
  } catch {
    return name;
  }
}
