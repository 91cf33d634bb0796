import { vi } from "vitest";

/** The engines and decompositions as a process with these environment variables would load them. */
export async function freshEngine(environment: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  vi.resetModules();
  const [{ engines, withEngine }, linalg, { randn, tensor }, { matmul, transpose }] = await Promise.all([
    import("../../src/backends/engines.js"),
    import("../../src/linalg/index.js"),
    import("../../src/tensor/create.js"),
    import("../../src/ops/index.js"),
  ]);
  return { engines, withEngine, linalg, randn, tensor, matmul, transpose };
}
