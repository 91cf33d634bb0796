import { ConfigError } from "../../base/errors.js";
import { toSize, type Size, type SizeLike } from "../../shape/dim.js";

export type Operator = "@" | "+" | "-" | "*" | "/";

/** An expression over shapes. */
export type Expression =
  | { readonly kind: "operand"; readonly name: string; readonly dims: readonly Size[] }
  | {
      readonly kind: "binary";
      readonly operator: Operator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: "einsum"; readonly spec: string; readonly operands: readonly Expression[] }
  | { readonly kind: "reshape"; readonly source: Expression; readonly target: readonly SizeLike[] }
  | { readonly kind: "transpose"; readonly source: Expression; readonly axes: readonly [number, number] }
  | { readonly kind: "unsqueeze"; readonly source: Expression; readonly axis: number };

const grammar =
  'write for example "Q[32,512,768] @ K[32,512,768]", "x[B,n,768] + b[768]", "x[B,n,768] -> [B,n,12,64]"';

/** Reads an expression. Throws `ConfigError` at the character that makes no sense. */
export function parseExpression(text: string): Expression {
  return new Parser(text).whole();
}

class Parser {
  readonly #text: string;
  #at = 0;
  #unnamed = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Expression {
    this.#take(/reshape\b(?!\s*\[)/y);
    const left = this.#sum();
    const result = this.#take(/->|→/y) === undefined ? left : this.#reshapeTo(left);
    if (this.#skip() < this.#text.length) this.#fail();
    return result;
  }

  #sum(): Expression {
    let left = this.#product();
    for (let sign = this.#take(/\+|-(?!>)/y); sign !== undefined; sign = this.#take(/\+|-(?!>)/y)) {
      left = { kind: "binary", operator: sign as Operator, left, right: this.#product() };
    }
    return left;
  }

  #product(): Expression {
    let left = this.#postfix();
    for (let sign = this.#take(/[@*/]/y); sign !== undefined; sign = this.#take(/[@*/]/y)) {
      left = { kind: "binary", operator: sign as Operator, left, right: this.#postfix() };
    }
    return left;
  }

  #postfix(): Expression {
    let source = this.#atom();
    for (;;) {
      if (this.#take(/\.(?:T|mT)\b/y) !== undefined) source = { kind: "transpose", source, axes: [-2, -1] };
      else if (this.#take(/\.transpose\s*\(/y) !== undefined) {
        const axes = this.#take(/-?\d+\s*,\s*-?\d+/y);
        const [i, j] = (axes ?? "-2,-1").split(",").map(Number);
        this.#expect(/\)/y);
        source = { kind: "transpose", source, axes: [i, j] };
      } else if (this.#take(/\.unsqueeze\s*\(/y) !== undefined) {
        const axis = Number(this.#expect(/-?\d+/y));
        this.#expect(/\)/y);
        source = { kind: "unsqueeze", source, axis };
      } else return source;
    }
  }

  #atom(): Expression {
    if (this.#take(/\(/y) !== undefined) {
      const inside = this.#sum();
      this.#expect(/\)/y);
      return inside;
    }
    if (this.#take(/einsum\s*\(/y) !== undefined) return this.#einsum();
    const name = this.#take(/[\p{L}_][\p{L}\p{N}_.]*(?=\s*\[)/uy);
    if (name === undefined && this.#take(/(?=\[)/y) === undefined) this.#fail();
    return { kind: "operand", name: name ?? `#${++this.#unnamed}`, dims: this.#shape().map(toSize) };
  }

  #einsum(): Expression {
    const quoted = this.#take(/"[^"]*"|'[^']*'/y) ?? this.#fail();
    const operands: Expression[] = [];
    while (this.#take(/,/y) !== undefined) operands.push(this.#sum());
    this.#expect(/\)/y);
    return { kind: "einsum", spec: quoted.slice(1, -1), operands };
  }

  #reshapeTo(source: Expression): Expression {
    return { kind: "reshape", source, target: this.#shape() };
  }

  #shape(): SizeLike[] {
    const text = this.#expect(/\[[^\]]*\]/y)
      .slice(1, -1)
      .trim();
    const sizes = text === "" ? [] : text.split(",").map((size) => size.trim());
    return sizes.map((size) => (/^-?\d+$/.test(size) ? Number(size) : size));
  }

  #skip(): number {
    while (/\s/.test(this.#text[this.#at] ?? "")) this.#at++;
    return this.#at;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#skip();
    const match = pattern.exec(this.#text);
    if (match === null) return undefined;
    this.#at += match[0].length;
    return match[0];
  }

  #expect(pattern: RegExp): string {
    return this.#take(pattern) ?? this.#fail();
  }

  #fail(): never {
    const at = this.#skip();
    const found = at < this.#text.length ? `'${this.#text[at]}'` : "the end";
    throw new ConfigError(
      `cannot read the expression at character ${at + 1}, ${found}:\n  ${this.#text}\n  ${" ".repeat(at)}^\n${grammar}`,
      { key: "expression", value: this.#text, offset: at },
    );
  }
}
