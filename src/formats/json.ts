// A strict JSON reader (RFC 8259) for headers that may be hostile. JSON.parse hides what matters here: it keeps the
// last of equal keys, rounds integers beyond 2^53, takes 1e3 for an integer and reorders integer-like keys.

export type JsonValue = null | boolean | number | bigint | string | JsonFraction | JsonValue[] | JsonObject;

/** A number that is not a 64-bit integer in plain digits: `1.0`, `1e3`, `-0`, or more than 19 digits. */
export class JsonFraction {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** An object as it was written: members in order, equal keys kept. */
export class JsonObject {
  readonly members: readonly JsonMember[];

  constructor(members: readonly JsonMember[]) {
    this.members = members;
  }
}

export interface JsonMember {
  readonly key: string;
  readonly value: JsonValue;
  /** Where the key starts, in UTF-16 units. */
  readonly at: number;
}

/** Reports a syntax error; `at` counts UTF-16 units. */
export type JsonFailure = (problem: string, at: number) => never;

/** Deeper nesting is refused, as serde_json does, so that no input exhausts the stack. */
const maxDepth = 127;

/** Parses one JSON value and nothing after it but whitespace. */
export function parseJson(text: string, fail: JsonFailure): JsonValue {
  return new Parser(text, fail).document();
}

const whitespace = /[ \t\n\r]*/y;
const numeral = /-?(?:0|[1-9][0-9]*)(?:(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)/y;
const plainInteger = /^(?:0|-?[1-9][0-9]*)$/;
const words: readonly (readonly [string, null | boolean])[] = [
  ["null", null],
  ["true", true],
  ["false", false],
];
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

class Parser {
  readonly #text: string;
  readonly #fail: JsonFailure;
  #at = 0;
  #depth = 0;

  constructor(text: string, fail: JsonFailure) {
    this.#text = text;
    this.#fail = fail;
  }

  document(): JsonValue {
    this.#skipWhitespace();
    const value = this.#value();
    this.#skipWhitespace();
    if (this.#at < this.#text.length) {
      this.#fail(`${this.#here()} after the end of the JSON value`, this.#at);
    }
    return value;
  }

  #value(): JsonValue {
    switch (this.#text[this.#at]) {
      case "{":
        return this.#object();
      case "[":
        return this.#array();
      case '"':
        return this.#string();
      default:
        return this.#word();
    }
  }

  #object(): JsonObject {
    const members: JsonMember[] = [];
    this.#sequence("}", () => {
      const at = this.#at;
      if (this.#text[at] !== '"') this.#fail(`a member name in quotes is expected, got ${this.#here()}`, at);
      const key = this.#string();
      this.#skipWhitespace();
      if (this.#text[this.#at] !== ":") this.#fail(`':' is expected, got ${this.#here()}`, this.#at);
      this.#at++;
      this.#skipWhitespace();
      members.push({ key, value: this.#value(), at });
    });
    return new JsonObject(members);
  }

  #array(): JsonValue[] {
    const values: JsonValue[] = [];
    this.#sequence("]", () => values.push(this.#value()));
    return values;
  }

  /** Reads comma-separated items up to the closing bracket. */
  #sequence(close: "}" | "]", item: () => void): void {
    if (++this.#depth > maxDepth) this.#fail(`nesting is deeper than ${maxDepth}`, this.#at);
    this.#at++;
    this.#skipWhitespace();
    if (this.#text[this.#at] !== close) {
      for (;;) {
        item();
        this.#skipWhitespace();
        if (this.#text[this.#at] !== ",") break;
        this.#at++;
        this.#skipWhitespace();
      }
      if (this.#text[this.#at] !== close) {
        this.#fail(`',' or '${close}' is expected, got ${this.#here()}`, this.#at);
      }
    }
    this.#at++;
    this.#depth--;
  }

  #string(): string {
    const text = this.#text;
    const start = this.#at;
    const parts: string[] = [];
    let from = ++this.#at;
    for (;;) {
      const code = text.charCodeAt(this.#at);
      if (Number.isNaN(code)) this.#fail("the string has no closing quote", start);
      if (code < 0x20) this.#fail(`${this.#here()} must be escaped in a string`, this.#at);
      if (code === 0x22) break;
      if (code !== 0x5c) {
        this.#at++;
        continue;
      }
      parts.push(text.slice(from, this.#at), this.#escape());
      from = this.#at;
    }
    const last = text.slice(from, this.#at++);
    return parts.length === 0 ? last : parts.join("") + last;
  }

  #escape(): string {
    const start = this.#at;
    const letter = this.#text[start + 1] ?? "";
    const simple = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
    if (simple !== undefined) {
      this.#at += 2;
      return simple;
    }
    if (letter !== "u") this.#fail(`'\\${letter}' is not a JSON escape`, start);
    const high = this.#hexEscape();
    if (high < 0xd800 || high > 0xdfff) return String.fromCharCode(high);
    // Halves of a surrogate pair alone are no character and cannot be written as UTF-8.
    const low = high < 0xdc00 && this.#text.startsWith("\\u", this.#at) ? this.#hexEscape() : 0;
    if (low < 0xdc00 || low > 0xdfff) this.#fail("a surrogate escape without its other half", start);
    return String.fromCharCode(high, low);
  }

  #hexEscape(): number {
    const digits = this.#text.slice(this.#at + 2, this.#at + 6);
    if (!/^[0-9a-fA-F]{4}$/.test(digits)) this.#fail("'\\u' needs four hexadecimal digits", this.#at);
    this.#at += 6;
    return Number.parseInt(digits, 16);
  }

  #word(): null | boolean | number | bigint | JsonFraction {
    for (const [word, value] of words) {
      if (!this.#text.startsWith(word, this.#at)) continue;
      this.#at += word.length;
      return value;
    }
    const start = this.#at;
    numeral.lastIndex = start;
    const digits = numeral.exec(this.#text)?.[0];
    if (digits === undefined) this.#fail(`a value is expected, got ${this.#here()}`, start);
    this.#at += digits.length;
    if (!plainInteger.test(digits) || digits.length > 20) {
      if (!Number.isFinite(Number(digits))) this.#fail("a number out of range", start);
      return new JsonFraction(digits.length > 40 ? `${digits.slice(0, 37)}...` : digits);
    }
    const value = Number(digits);
    return Number.isSafeInteger(value) ? value : BigInt(digits);
  }

  #skipWhitespace(): void {
    whitespace.lastIndex = this.#at;
    whitespace.test(this.#text);
    this.#at = whitespace.lastIndex;
  }

  #here(): string {
    const code = this.#text.codePointAt(this.#at);
    if (code === undefined) return "the end of the text";
    const printable = code > 0x20 && code !== 0x7f && code !== 0xfeff;
    return printable
      ? `'${String.fromCodePoint(code)}'`
      : `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
  }
}
