import { afterEach, describe, expect, test, vi } from "vitest";
import { ConfigError, LintelError } from "../base/errors.js";
import { Arena } from "./arena.js";
import { gemm } from "./gemm.js";
import { selectWasmBuild, wasmAvailable, wasmBuild } from "./module.js";

afterEach(() => {
  selectWasmBuild("auto");
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** The module as a fresh process would load it. */
async function freshModule(): Promise<typeof import("./module.js")> {
  vi.resetModules();
  return import("./module.js");
}

describe("choosing a build", () => {
  test("plain SIMD runs here, and off turns the kernels off with a clear error", () => {
    selectWasmBuild("plain");
    expect(wasmBuild()).toBe("plain");
    selectWasmBuild("off");
    expect(wasmAvailable()).toBe(false);
    const scalar = { data: new Float32Array(1), offset: 0, rowStride: 1, colStride: 1 };
    expect(() => gemm({ m: 1, n: 1, k: 1, a: scalar, b: scalar, c: scalar })).toThrow(ConfigError);
  });

  test("LINTEL_WASM chooses; an unknown value is refused", async () => {
    vi.stubEnv("LINTEL_WASM", "off");
    expect((await freshModule()).wasmAvailable()).toBe(false);
    vi.stubEnv("LINTEL_WASM", "plain");
    expect((await freshModule()).wasmBuild()).toBe("plain");
    vi.stubEnv("LINTEL_WASM", "turbo");
    const { wasmAvailable: ask } = await freshModule();
    expect(ask).toThrow('LINTEL_WASM is "turbo"; it must be plain, relaxed, off or auto.');
  });

  test("without process, as in a browser, the best build is chosen", async () => {
    vi.stubGlobal("process", undefined);
    expect((await freshModule()).wasmAvailable()).toBe(true);
  });

  test("without WebAssembly the kernels are reported missing", async () => {
    vi.stubGlobal("WebAssembly", undefined);
    expect((await freshModule()).wasmAvailable()).toBe(false);
  });
});

describe("Arena", () => {
  test("stays within its limit however large the operands are", async () => {
    const { requireKernels } = await freshModule();
    const fresh = await import("./gemm.js");
    const { arena } = requireKernels();
    arena.limit = 2 ** 18;
    for (const [m, n, k] of [
      [500, 400, 300],
      [1, 900, 700],
      [900, 1, 700],
      [9, 2000, 300],
      [2000, 9, 300],
      [9, 9, 30000],
    ]) {
      // prettier-ignore
      const operand = (rows: number, cols: number) => ({
        data: new Float32Array(rows * cols).fill(1),
        offset: 0,
        rowStride: cols,
        colStride: 1,
      });
      const c = operand(m, n);
      fresh.gemm({ m, n, k, a: operand(m, k), b: operand(k, n), c });
      expect(new Set(c.data)).toEqual(new Set([k]));
      expect(arena.byteLength).toBeLessThanOrEqual(2 ** 18 + 2 * 65536);
    }
  });

  const pages = (count: number) => ({
    buffer: new ArrayBuffer(count * 65536),
    grow(more: number) {
      if (more > 4) throw new RangeError("no memory");
      this.buffer = new ArrayBuffer(this.buffer.byteLength + more * 65536);
      return 0;
    },
  });

  test("grows when a call needs more, and never otherwise", () => {
    const arena = new Arena(pages(1), 1024);
    arena.reserve(60000);
    expect(arena.byteLength).toBe(65536);
    arena.reserve(65536);
    expect(arena.byteLength).toBe(2 * 65536);
    expect(arena.f32.byteLength).toBe(2 * 65536);
  });

  test("says how much memory was missing", () => {
    const arena = new Arena(pages(1), 0);
    expect(() => arena.reserve(2 ** 20)).toThrow(LintelError);
    expect(() => arena.reserve(2 ** 20)).toThrow("cannot grow to 1 MiB");
  });
});
