// Libraries made of JavaScript functions, behind the interface of koffi.
import { TRANSPOSE } from "./cblas.js";
import type { ForeignArgument, ForeignFunction, ForeignInterface, ForeignLibrary } from "./foreign.js";

export interface FakeLibrary {
  readonly symbols: ReadonlyMap<string, ForeignFunction>;
  /** The parameter types with which each symbol was last bound. */
  readonly bound: Map<string, readonly string[]>;
  readonly threads: number[];
}

interface FakeOptions {
  readonly decorate?: (name: string) => string;
  readonly integerBits?: 32 | 64;
  /** Added to every product. */
  readonly error?: number;
  readonly without?: readonly string[];
}

type Reals = Float32Array | Float64Array;

const gemm =
  (error: number): ForeignFunction =>
  (...args) => {
    const [, aFlag, bFlag, m, n, k, , a, lda, b, ldb, beta, c, ldc] = args as readonly number[] &
      readonly ForeignArgument[];
    const [left, right, out] = [a, b, c].map((x) => x as unknown as Reals);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = error + (beta === 0 ? 0 : beta * out[i * ldc + j]);
        for (let p = 0; p < k; p++) {
          const x = left[aFlag === TRANSPOSE ? p * lda + i : i * lda + p];
          sum += x * right[bFlag === TRANSPOSE ? j * ldb + p : p * ldb + j];
        }
        out[i * ldc + j] = sum;
      }
    }
  };

const gemv: ForeignFunction = (...args) => {
  const [, flag, rows, cols, , a, lda, x, xStep, , y, yStep] = args as readonly number[];
  const [matrix, vector, out] = [a, x, y].map((values) => values as unknown as Reals);
  const [length, terms] = flag === TRANSPOSE ? [cols, rows] : [rows, cols];
  for (let i = 0; i < length; i++) {
    out[i * yStep] = 0;
    for (let p = 0; p < terms; p++) {
      out[i * yStep] += matrix[flag === TRANSPOSE ? p * lda + i : i * lda + p] * vector[p * xStep];
    }
  }
};

/** A small but whole CBLAS, or one that errs as the options say. */
export function fakeBlas(options: FakeOptions = {}): FakeLibrary {
  const { decorate = (name) => name, integerBits = 32, error = 0, without = [] } = options;
  const threads: number[] = [];
  const dot: ForeignFunction = (...args) => {
    const [n, x, , y] = args as readonly number[];
    const count = integerBits === 32 ? n | 0 : n;
    return count > 0 ? (x as unknown as Reals)[0] * (y as unknown as Reals)[0] : 0;
  };
  const functions: Record<string, ForeignFunction> = {
    cblas_sdot: dot,
    cblas_sgemm: gemm(error),
    cblas_dgemm: gemm(0),
    cblas_sgemv: gemv,
    cblas_dgemv: gemv,
    openblas_set_num_threads: (count) => threads.push(count as number),
    openblas_get_config: () => "OpenBLAS, pretended ",
  };
  const symbols = new Map(
    Object.entries(functions)
      .filter(([name]) => !without.includes(name))
      .map(([name, body]) => [decorate(name), body]),
  );
  return { symbols, bound: new Map(), threads };
}

/** A koffi that finds these files and no others. */
export function fakeKoffi(files: Readonly<Record<string, FakeLibrary>>): ForeignInterface {
  return {
    struct: (fields) => ({ fields }),
    load(path): ForeignLibrary {
      const library = path === null ? undefined : files[path];
      if (library === undefined) throw new Error(`cannot open ${path}\n    with details on more lines`);
      return {
        func(name, _result, parameters) {
          const body = library.symbols.get(name);
          if (body === undefined) throw new Error(`Cannot find function '${name}'`);
          library.bound.set(name, parameters);
          return body;
        },
      };
    },
  };
}
