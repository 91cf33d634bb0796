import { isStoredDType, storedDTypes, type StoredDType } from "./dtypes.js";
import { group, malformed, quote, type Place, type Warnings } from "./fail.js";
import { JsonObject, parseJson, type JsonMember, type JsonValue } from "./json.js";
import { decodeUtf8, utf8Length } from "./utf8.js";

/** One tensor as the header declares it; `begin` and `end` count bytes from the start of the data. */
export interface HeaderEntry {
  readonly name: string;
  readonly dtype: StoredDType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
  /** Where its offsets stand in the header, in UTF-16 units. */
  readonly at: number;
}

export interface Header {
  /** In the order of the header. */
  readonly entries: ReadonlyMap<string, HeaderEntry>;
  readonly metadata: Readonly<Record<string, string>>;
  /** Where an entry is, in bytes of the file. Counts them only when asked, for a message. */
  readonly placeOf: (entry: HeaderEntry) => Place;
}

/** What precedes the header: its length, in 8 bytes. */
export const lengthBytes = 8;

/**
 * Parses the JSON header of a safetensors file. Everything a single entry can get wrong is checked here; how the
 * entries cover the data is for `checkLayout`.
 *
 * Follows the verdicts of the reference reader (safetensors 0.8): leading whitespace, unknown fields and repeated
 * names pass with a warning, of repeated names the last counts. Stricter in what only its JSON library lets pass: an
 * entry written as a list, a dtype written as an object, a size beyond 2^53 beside a size of 0.
 */
export function parseHeader(bytes: Uint8Array, file: string, warnings: Warnings): Header {
  const text = decodeUtf8(bytes, (offset) => {
    throw malformed({ file, offset: lengthBytes + offset }, "the header is not valid UTF-8");
  });
  const reader = new HeaderReader(text, file, warnings);
  return reader.read();
}

class HeaderReader {
  readonly #text: string;
  readonly #file: string;
  readonly #warnings: Warnings;

  constructor(text: string, file: string, warnings: Warnings) {
    this.#text = text;
    this.#file = file;
    this.#warnings = warnings;
  }

  read(): Header {
    if (this.#text.startsWith("\ufeff")) this.#fail("the header starts with a byte order mark", 0);
    const root = parseJson(this.#text, (problem, at) =>
      this.#fail(`the header is not valid JSON: ${problem}`, at),
    );
    if (!(root instanceof JsonObject)) this.#fail("the header must be a JSON object", 0);
    if (!this.#text.startsWith("{"))
      this.#warnings.add(`${this.#file}: whitespace precedes the header's '{'`);
    const entries = new Map<string, HeaderEntry>();
    let metadata: Record<string, string> | undefined;
    for (const member of root.members) {
      if (member.key === "__metadata__") {
        if (metadata !== undefined) this.#fail("__metadata__ is given twice", member.at);
        metadata = this.#metadata(member);
        continue;
      }
      if (entries.has(member.key)) {
        this.#warnings.add(
          `${this.#file}: tensor ${quote(member.key)} is declared twice; the last declaration counts`,
        );
      }
      entries.set(member.key, this.#entry(member));
    }
    return { entries, metadata: metadata ?? {}, placeOf: ({ at, name }) => this.#place(at, name) };
  }

  #metadata({ value, at }: JsonMember): Record<string, string> {
    if (value === null) return {};
    if (!(value instanceof JsonObject)) this.#fail("__metadata__ must be an object of strings", at);
    const pairs = new Map<string, string>();
    for (const { key, value: text, at: keyAt } of value.members) {
      if (typeof text !== "string") {
        this.#fail(`__metadata__ ${quote(key)} must be a string, got ${describe(text)}`, keyAt);
      }
      if (pairs.has(key)) {
        this.#warnings.add(`${this.#file}: __metadata__ gives ${quote(key)} twice; the last value counts`);
      }
      pairs.set(key, text);
    }
    return Object.fromEntries(pairs); // defines own properties, so that a key "__proto__" stays a key
  }

  #entry({ key: name, value, at }: JsonMember): HeaderEntry {
    if (!(value instanceof JsonObject)) {
      this.#fail(`must be an object with dtype, shape and data_offsets, got ${describe(value)}`, at, name);
    }
    const fields = value.members;
    for (const { key } of fields) {
      if (key !== "dtype" && key !== "shape" && key !== "data_offsets") {
        this.#warnings.add(`${this.#file}: tensor ${quote(name)} has the unknown field ${quote(key)}`);
      }
    }
    const field = (wanted: string): JsonMember => {
      const found =
        fields.find(({ key }) => key === wanted) ?? this.#fail(`has no ${quote(wanted)}`, at, name);
      const again = fields.findLast(({ key }) => key === wanted);
      if (again !== found) this.#fail(`${quote(wanted)} is given twice`, again?.at ?? at, name);
      return found;
    };
    const shape = this.#integers(field("shape"), name);
    const offsets = field("data_offsets");
    const [begin, end, ...rest] = this.#integers(offsets, name);
    if (begin === undefined || end === undefined || rest.length > 0) {
      this.#fail("data_offsets must be two integers", offsets.at, name);
    }
    return {
      name,
      dtype: this.#dtype(field("dtype"), name),
      shape,
      begin,
      end,
      at: offsets.at,
    };
  }

  #dtype({ value, at }: JsonMember, name: string): StoredDType {
    if (typeof value !== "string") this.#fail(`dtype must be a string, got ${describe(value)}`, at, name);
    if (isStoredDType(value)) return value;
    return this.#fail(`unknown dtype ${quote(value)}; safetensors has ${storedDTypes.join(", ")}`, at, name);
  }

  #integers({ key, value, at }: JsonMember, name: string): number[] {
    if (!Array.isArray(value)) this.#fail(`${key} must be an array of integers`, at, name);
    return value.map((size) => {
      if (typeof size === "number" && size >= 0) return size;
      const problem =
        typeof size === "bigint" && size > 0
          ? `${key} has ${size}, which is beyond 2^53 - 1`
          : `${key} must hold integers >= 0, got ${describe(size)}`;
      return this.#fail(problem, at, name);
    });
  }

  #place(at: number, tensor?: string): Place {
    return { file: this.#file, tensor, offset: lengthBytes + utf8Length(this.#text, at) };
  }

  #fail(problem: string, at: number, tensor?: string): never {
    throw malformed(this.#place(at, tensor), problem);
  }
}

function describe(value: JsonValue): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "an array";
  if (value instanceof JsonObject) return "an object";
  if (typeof value === "string") return quote(value);
  return typeof value === "object" ? value.text : String(value);
}

/** The smallest header is `{}`; the largest that the reference reader accepts has this many bytes. */
export const maxHeaderBytes = 100_000_000;

/** The message for a header length that cannot be. */
export const headerTooLarge = (length: bigint | number): string =>
  `the header would have ${group(length)} bytes, more than the limit of ${group(maxHeaderBytes)}`;
