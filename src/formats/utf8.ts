/** Decodes strict UTF-8, keeping a byte order mark; `invalid` learns the offset of the first bad sequence. */
export function decodeUtf8(bytes: Uint8Array, invalid: (offset: number) => never): string {
  const options = { fatal: true, ignoreBOM: true };
  try {
    return new TextDecoder("utf-8", options).decode(bytes);
  } catch {
    // TextDecoder does not say where. A prefix decodes as a stream exactly when nothing in it is bad.
    let [valid, bad] = [0, bytes.length + 1];
    while (bad - valid > 1) {
      const middle = (valid + bad) >>> 1;
      try {
        new TextDecoder("utf-8", options).decode(bytes.subarray(0, middle), { stream: true });
        valid = middle;
      } catch {
        bad = middle;
      }
    }
    return invalid(valid);
  }
}

const encoder = new TextEncoder();

/** How many bytes the first `units` UTF-16 units of a text take. */
export const utf8Length = (text: string, units = text.length): number =>
  encoder.encode(text.slice(0, units)).length;

/** True when the text has no half of a surrogate pair, so that UTF-8 can say it. */
export const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

/** Compares as UTF-8 bytes do, which is the order of code points and not of UTF-16 units. */
export function compareUtf8(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    let [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
    if (x === y) continue;
    // Surrogates stand for code points above every other UTF-16 unit.
    if (x >= 0xd800 && y >= 0xd800) {
      x = x >= 0xe000 ? x - 0x800 : x + 0x2000;
      y = y >= 0xe000 ? y - 0x800 : y + 0x2000;
    }
    return x - y;
  }
  return a.length - b.length;
}
