import { describe, expect, test } from "vitest";
import { candidates, discover } from "./discover.js";
import { fakeBlas, fakeKoffi, type FakeLibrary } from "./fake-library.fixture.js";

const find = (files: Record<string, FakeLibrary>, environment: Record<string, string> = {}) =>
  discover({ koffi: fakeKoffi(files), platform: "linux", environment, threads: 3 });

describe("where libraries are looked for", () => {
  const files = (environment: Record<string, string>, platform = "linux"): string[] =>
    candidates({ platform, environment }).map(({ file }) => file);

  test("OpenBLAS first on Linux, Accelerate on macOS, nothing on an unknown system", () => {
    expect(files({})[0]).toBe("libopenblasp.so.0");
    expect(files({})).toContain("libmkl_rt.so.2");
    expect(files({}, "darwin")[0]).toMatch(/Accelerate$/);
    expect(files({}, "plan9")).toEqual([]);
  });

  test("never the reference BLAS", () => {
    expect(files({}).filter((file) => /libc?blas\.so/.test(file))).toEqual([]);
  });

  test("variables in paths are filled in; a path without its variable is left out", () => {
    expect(files({ CONDA_PREFIX: "/conda" })).toContain("/conda/lib/libopenblas.so.0");
    expect(files({}).filter((file) => /^\/lib|\$|undefined/.test(file))).toEqual([]);
  });

  test("LINTEL_BLAS is a family, a path or a file name, and nothing else is tried", () => {
    expect(files({ LINTEL_BLAS: "BLIS" }).every((file) => file.includes("blis"))).toBe(true);
    expect(files({ LINTEL_BLAS: "/opt/my/libblas.so" })).toEqual(["/opt/my/libblas.so"]);
    expect(files({ LINTEL_BLAS: "libfoo.so.3" })).toEqual(["libfoo.so.3"]);
  });
});

describe("what is accepted", () => {
  test("the first library that opens, with its threads set; the ones before it are remembered", () => {
    const library = fakeBlas();
    const { blas, tried } = find({ "libopenblas.so.0": library });
    expect(blas).toMatchObject({
      family: "openblas",
      config: "OpenBLAS, pretended",
      threads: 3,
      integerBits: 32,
    });
    expect(library.threads).toEqual([3]);
    expect(tried).toEqual([
      { file: "libopenblasp.so.0", outcome: "cannot open libopenblasp.so.0" },
      { file: "libopenblas.so.0", outcome: "used" },
    ]);
  });

  test("64-bit integers are recognised whatever the symbols are called", () => {
    for (const suffix of ["", "64_", "_64"]) {
      const library = fakeBlas({ integerBits: 64, decorate: (name) => name + suffix });
      const { blas } = find({ "/one.so": library }, { LINTEL_BLAS: "/one.so" });
      expect(blas?.integerBits).toBe(64);
      expect(library.bound.get(`cblas_dgemv${suffix}`)).toContain("int64");
      expect(library.threads).toEqual([3]);
    }
  });

  test("the library inside NumPy's wheels, whose symbols begin with scipy_", () => {
    const library = fakeBlas({ integerBits: 64, decorate: (name) => `scipy_${name}64_` });
    expect(find({ "/one.so": library }, { LINTEL_BLAS: "/one.so" }).blas?.family).toBe("openblas");
  });

  test("32-bit integers are passed as such: their upper halves would be garbage", () => {
    const library = fakeBlas();
    find({ "/one.so": library }, { LINTEL_BLAS: "/one.so" });
    expect(library.bound.get("cblas_sgemm")).not.toContain("int64");
  });
});

describe("what is refused, with its reason, for the next one", () => {
  const outcome = (library: FakeLibrary): string => {
    const { blas, tried } = find({ "libopenblasp.so.0": library, "libopenblas.so.0": fakeBlas() });
    expect(blas?.file).toBe("libopenblas.so.0");
    return tried[0].outcome;
  };

  test("a library that computes wrongly", () => {
    expect(outcome(fakeBlas({ error: 1 }))).toBe(
      "its float32 gemm gave 51, 69, 123, 168 instead of 50, 68, 122, 167",
    );
  });

  test("a library without CBLAS, or with half of it", () => {
    expect(outcome(fakeBlas({ decorate: (name) => `f_${name}` }))).toContain("not a CBLAS library");
    expect(outcome(fakeBlas({ without: ["cblas_dgemm"] }))).toBe("it has no cblas_dgemm");
    expect(outcome(fakeBlas({ without: ["cblas_sdot"] }))).toBe("it has no cblas_sdot");
  });

  test("nothing at all is an answer too", () => {
    const { blas, tried } = find({});
    expect(blas).toBeUndefined();
    expect(tried.length).toBe(candidates({ platform: "linux", environment: {} }).length);
  });
});
