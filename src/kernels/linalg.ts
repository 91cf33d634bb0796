import type { Arena } from "./arena.js";
import * as relaxed from "./generated/linalg-relaxed.js";
import * as plain from "./generated/linalg-simd.js";
import type { LinalgExports } from "./linalg-exports.js";
import { decode, instantiate, wasmBuild, type WasmBuild } from "./module.js";

/** The module of the decompositions and the memory that they work in: whole matrices are copied into it. */
export interface LinalgKernels {
  readonly exports: LinalgExports;
  readonly arena: Arena;
}

const loaded = new Map<WasmBuild, LinalgKernels | undefined>();

/** The decompositions' kernels, instantiated on the first call; undefined where WebAssembly is missing or off. */
export function linalgKernels(): LinalgKernels | undefined {
  const build = wasmBuild();
  if (build === undefined) return undefined;
  if (!loaded.has(build)) {
    const { binary } = build === "relaxed" ? relaxed : plain;
    const instance = instantiate(decode(binary), false);
    loaded.set(build, instance && { exports: instance.exports as LinalgExports, arena: instance.arena });
  }
  return loaded.get(build);
}
