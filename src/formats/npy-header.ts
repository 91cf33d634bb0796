import { malformed } from "./fail.js";

export interface NpyHeader {
  /** NumPy's type string, e.g. `"<f4"`. */
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  readonly dataStart: number;
}

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]; // \x93NUMPY

/** NumPy itself refuses longer headers unless told otherwise. */
const maxHeaderBytes = 1 << 16;

/** Reads the header of a `.npy` file: a Python dictionary with exactly three keys. */
export function parseNpyHeader(bytes: Uint8Array, file: string): NpyHeader {
  const fail = (problem: string, offset: number): never => {
    throw malformed({ file, offset }, problem);
  };
  if (bytes.length < 10) fail(`too short for a .npy file: ${bytes.length} bytes`, bytes.length);
  if (!magic.every((byte, i) => bytes[i] === byte))
    fail("not a .npy file: it does not start with \\x93NUMPY", 0);
  const major = bytes[6];
  if (major < 1 || major > 3) fail(`.npy version ${major}.${bytes[7]} is unknown`, 6);
  const start = major === 1 ? 10 : 12;
  if (bytes.length < start) fail("the header is truncated", bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = major === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > maxHeaderBytes) fail(`a header of ${length} bytes is longer than ${maxHeaderBytes}`, 8);
  const dataStart = start + length;
  if (dataStart > bytes.length)
    fail(`the header is truncated: ${dataStart - bytes.length} bytes are missing`, bytes.length);
  const text = new TextDecoder(major === 3 ? "utf-8" : "latin1").decode(bytes.subarray(start, dataStart));
  return { ...parseDictionary(text, (problem, at) => fail(problem, start + at)), dataStart };
}

/** Only the literals that NumPy writes here are read: strings, booleans and tuples of integers. */
const member =
  /\s*'(descr|fortran_order|shape)'\s*:\s*(?:'([^'\\]*)'|(True|False)|\(([0-9L, ]*)\))\s*(?:,|(?=\}))/y;

function parseDictionary(
  text: string,
  fail: (problem: string, at: number) => never,
): Omit<NpyHeader, "dataStart"> {
  const found: { descr?: string; fortranOrder?: boolean; shape?: readonly number[] } = {};
  if (!text.startsWith("{")) fail("the header is not a dictionary", 0);
  let at = 1;
  for (;;) {
    member.lastIndex = at;
    const match = member.exec(text);
    if (match === null) break;
    at = member.lastIndex;
    const [, key, string, boolean, tuple] = match;
    if (key === "descr" && string !== undefined && found.descr === undefined) found.descr = string;
    else if (key === "fortran_order" && boolean !== undefined && found.fortranOrder === undefined) {
      found.fortranOrder = boolean === "True";
    } else if (key === "shape" && tuple !== undefined && found.shape === undefined) {
      found.shape = parseTuple(tuple) ?? fail(`the shape (${tuple}) is not a tuple of sizes`, match.index);
    } else fail(`the header's '${key}' is given twice or has the wrong type`, match.index);
  }
  if (!/^\s*\}\s*$/.test(text.slice(at))) {
    const structured = /^\s*'descr'\s*:\s*\[/.test(text.slice(at));
    fail(
      structured ? "structured dtypes are not read" : "the header is not the dictionary that NumPy writes",
      at,
    );
  }
  const { descr, fortranOrder, shape } = found;
  if (descr === undefined || fortranOrder === undefined || shape === undefined) {
    return fail("the header needs 'descr', 'fortran_order' and 'shape'", 0);
  }
  return { descr, fortranOrder, shape };
}

/** `(3, 5)`, `(3,)`, `()`; Python 2 wrote `(3L, 5L)`. */
function parseTuple(text: string): number[] | undefined {
  const items = text.split(",").map((item) => item.trim());
  if (items.at(-1) === "") items.pop();
  if (!items.every((item) => /^[0-9]{1,16}L?$/.test(item))) return undefined;
  const sizes = items.map((item) => Number.parseInt(item, 10));
  return sizes.every(Number.isSafeInteger) ? sizes : undefined;
}
