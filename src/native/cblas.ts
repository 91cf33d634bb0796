import { find, type ForeignFunction, type ForeignLibrary } from "./foreign.js";

/** Enumerations of cblas.h. */
export const ROW_MAJOR = 101;
export const NO_TRANSPOSE = 111;
export const TRANSPOSE = 112;

/** The products of one precision, as CBLAS declares them. */
export interface Products {
  readonly gemm: ForeignFunction;
  readonly gemv: ForeignFunction;
}

/** The functions of one precision. Throws when the library lacks one. */
export function bindProducts(
  library: ForeignLibrary,
  symbol: (name: string) => string,
  letter: "s" | "d",
  integerBits: 32 | 64,
): Products {
  const [size, real] = [integerBits === 32 ? "int" : "int64", letter === "s" ? "float" : "double"];
  const bind = (name: string, parameters: readonly string[]): ForeignFunction => {
    const found = find(library, symbol(name), "void", parameters);
    if (found === undefined) throw new Error(`it has no ${symbol(name)}`);
    return found;
  };
  // Enumerations are C ints in every build. `void *` passes a typed array's memory, and is koffi's fastest pointer.
  const flag = "int";
  const flags = [flag, flag];
  const matrix = ["void *", size];
  const operands = [real, ...matrix, ...matrix, real, ...matrix]; // alpha, A, B or x, beta, C or y
  return {
    gemm: bind(`cblas_${letter}gemm`, [...flags, flag, size, size, size, ...operands]),
    gemv: bind(`cblas_${letter}gemv`, [...flags, size, size, ...operands]),
  };
}
