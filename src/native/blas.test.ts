import { afterEach, describe, expect, test, vi } from "vitest";

afterEach(() => {
  vi.unstubAllEnvs();
  vi.doUnmock("./foreign.js");
  vi.resetModules();
});

/** The module as a fresh process would load it. */
async function fresh(environment: Record<string, string> = {}): Promise<typeof import("./blas.js")> {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  vi.resetModules();
  return import("./blas.js");
}

describe("without a library", () => {
  test("a file that does not exist gives its name as the reason, and no error", async () => {
    const { blas, nativeStatus } = await fresh({ LINTEL_BLAS: "/nonexistent/libopenblas.so" });
    expect(blas()).toBeUndefined();
    const { available, reason, tried } = nativeStatus();
    expect(available).toBe(false);
    expect(reason).toContain(tried.length === 0 ? "koffi" : "LINTEL_BLAS=/nonexistent/libopenblas.so: ");
  });

  test("without koffi the reason says how to get it", async () => {
    vi.doMock("./foreign.js", async (original) => ({
      ...(await original<typeof import("./foreign.js")>()),
      loadKoffi: () => {
        throw new Error("Cannot find module 'koffi'\nRequire stack:");
      },
    }));
    const { blas, nativeStatus } = await fresh();
    expect(blas()).toBeUndefined();
    expect(nativeStatus().reason).toBe(
      "koffi, an optional dependency, cannot be loaded (npm install koffi): Cannot find module 'koffi'",
    );
  });

  test("LINTEL_NATIVE=off looks for nothing", async () => {
    const { blas, nativeStatus } = await fresh({ LINTEL_NATIVE: "off" });
    expect(blas()).toBeUndefined();
    expect(nativeStatus()).toMatchObject({
      available: false,
      reason: "turned off by LINTEL_NATIVE=off",
      tried: [],
    });
  });

  test("the search runs once: a failure is remembered", async () => {
    const { blas, nativeStatus } = await fresh({ LINTEL_BLAS: "/nonexistent/libopenblas.so" });
    blas();
    expect(nativeStatus()).toBe(nativeStatus());
  });
});

describe("settings", () => {
  test("selectNative says what was chosen before", async () => {
    const { selectNative } = await fresh();
    expect([selectNative("off"), selectNative("always"), selectNative("auto")]).toEqual([
      "auto",
      "off",
      "always",
    ]);
  });

  test("values that make no sense are refused", async () => {
    const native = await fresh({ LINTEL_NATIVE: "maybe" });
    expect(native.nativeStatus).toThrow('LINTEL_NATIVE is "maybe"; it must be off or auto.');
    vi.unstubAllEnvs();
    for (const value of ["0", "-1", "two", "1.5"]) {
      const { nativeStatus } = await fresh({ LINTEL_THREADS: value });
      expect(nativeStatus).toThrow(`LINTEL_THREADS is "${value}"; it must be a whole number from 1 to 256.`);
    }
  });

  test("LINTEL_THREADS reaches the library", async () => {
    const { nativeStatus } = await fresh({ LINTEL_THREADS: "1" });
    const { available, threads } = nativeStatus();
    expect(threads).toBe(available ? 1 : null);
  });
});
