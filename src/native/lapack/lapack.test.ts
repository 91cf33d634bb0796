import { describe, expect, test } from "vitest";
import { discover } from "../discover.js";
import { fakeBlas, fakeKoffi, type FakeLibrary } from "../fake-library.fixture.js";
import type { ForeignFunction } from "../foreign.js";
import { fortranSymbols } from "./fortran.js";
import type { Lapack } from "./lapack.js";

type Functions = Readonly<Record<string, ForeignFunction>>;

/** Fills one element where only the low half of the count of rows is read. */
const laset =
  (bits: 32 | 64): ForeignFunction =>
  (...args) => {
    const rows = (args[1] as unknown as BigInt64Array)[0];
    const [beta, a] = [args[4], args[5]] as unknown as Float64Array[];
    if ((bits === 32 ? BigInt.asIntN(32, rows) : rows) > 0n) a[0] = beta[0];
  };

function open(functions: Functions, environment: Record<string, string> = {}, others = {}): Lapack {
  const library = fakeBlas();
  const symbols = new Map([...library.symbols, ...Object.entries(functions)]);
  const files: Record<string, FakeLibrary> = { "libopenblas.so.0": { ...library, symbols }, ...others };
  return discover({ koffi: fakeKoffi(files), platform: "linux", environment, threads: 3 }).blas!.lapack;
}

test("builds call a routine by several names", () => {
  expect(fortranSymbols(["", ""], "dgesdd")).toEqual(["dgesdd$NEWLAPACK", "dgesdd_"]);
  expect(fortranSymbols(["scipy_", "64_"], "dgesdd")[0]).toBe("scipy_dgesdd_64_");
  expect(fortranSymbols(["", "_64"], "dgesdd")).toEqual(["dgesdd_64_", "dgesdd_64"]);
});

describe("what a library has", () => {
  test("none of it: the reason says so, and no routine is there", () => {
    const lapack = open({});
    expect(lapack.routine("gesdd", "float64")).toBeUndefined();
    const { available, reason, routines, refused } = lapack.status();
    expect([available, reason, routines]).toEqual([false, "libopenblas.so.0 has no LAPACK", []]);
    expect(new Set(refused.map((each) => each.reason))).toEqual(new Set([reason]));
  });

  test("some of it: the others are missed by name", () => {
    const lapack = open({ dlaset_: laset(32) });
    const { available, integerBits, refused } = lapack.status();
    expect([available, integerBits]).toEqual([true, 32]);
    expect(refused).toContainEqual({ routine: "sgesdd", reason: "it has no sgesdd_" });
  });

  test("the width of integers is measured", () => {
    expect(open({ dlaset_: laset(64) }).integerBits).toBe(64);
    expect(open({ dlaset$NEWLAPACK: laset(32) }).integerBits).toBe(32);
  });

  test("a routine that computes wrongly or fails is refused with what it gave", () => {
    const wrong = { dlaset_: laset(32), dsyevd_: () => undefined, dgesvd_: () => undefined };
    const { refused } = open(wrong).status();
    expect(refused).toContainEqual({
      routine: "dsyevd",
      reason: "it gave 0 instead of 1 in a small problem",
    });
    const failing: ForeignFunction = (...args) => {
      for (const cell of args) if (cell instanceof Int32Array) cell[0] = 7;
    };
    expect(open({ dlaset_: laset(32), dsyevd_: failing }).status().refused).toContainEqual({
      routine: "dsyevd",
      reason: "it answered 7 to a small problem",
    });
  });
});

describe("LINTEL_LAPACK names another file", () => {
  test("its routines are used", () => {
    const library = {
      ...fakeBlas(),
      symbols: new Map([
        ["dlaset_", laset(64)],
        ["dgetrf_", laset(64)],
      ]),
    };
    const lapack = open({}, { LINTEL_LAPACK: "/liblapack.so" }, { "/liblapack.so": library });
    expect(lapack.status()).toMatchObject({ available: true, file: "/liblapack.so", integerBits: 64 });
  });

  test("one that cannot be used is a reason, not an error", () => {
    const lapack = open({ dlaset_: laset(32) }, { LINTEL_LAPACK: "/nowhere.so" });
    expect(lapack.status().reason).toBe("LINTEL_LAPACK=/nowhere.so: cannot open /nowhere.so");
    const other = open({}, { LINTEL_LAPACK: "libopenblas.so.0" });
    expect(other.status().reason).toContain("it has no dgetrf_: not a LAPACK library");
  });
});

describe("calls", () => {
  test("flags, numbers and workspaces reach the routine; queries are asked once per size", () => {
    const queries: number[] = [];
    const lengths: number[] = [];
    const gesvd: ForeignFunction = (...args) => {
      const [jobu, , m, n] = args as unknown as Int32Array[];
      const [work, lwork] = args.slice(11) as unknown as [Float64Array, Int32Array];
      expect([String.fromCharCode(jobu[0]), args.slice(14)]).toEqual(["S", [1, 1]]); // lengths of both flags
      if (lwork[0] === -1) {
        queries.push(m[0] * n[0]);
        work[0] = 5 * m[0];
      } else lengths.push(lwork[0], work.length);
    };
    const lapack = open({ dlaset_: laset(32), dgesvd_: gesvd });
    const x = new Float64Array(8);
    const calls = () => lapack.routine("gesvd", "float64")?.("S", "S", 3, 2, x, 3, x, x, 3, x, 2);
    calls(); // the check refuses it
    expect(lapack.routine("gesvd", "float64")).toBeUndefined();
    expect([queries, lengths]).toEqual([[6], [10, 10]]);
  });
});
