import { ShapeError } from "../base/errors.js";
import { Polynomial } from "./polynomial.js";

// Names hold decimal digits only: ² is a number too (\p{N}), and means a power.
const token = /\s*(?:(\d+)|([\p{L}_][\p{L}\p{Nd}_]*)|([⁰¹²³⁴-⁹]+)|([-+*·^()/]))/uy;

const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
const readSuperscript = (text: string): number =>
  Number([...text].map((digit) => superscripts.indexOf(digit)).join(""));

/**
 * Reads a formula: names, integers, `+ - * · ^`, powers such as `n²`, division by an integer, and parentheses.
 * Everything that `Polynomial` prints reads back.
 *
 * @example
 * parsePolynomial("2*B*(n+1)")   // 2·B·n + 2·B
 * parsePolynomial("2*n^3/3")     // 2·n³/3
 */
export function parsePolynomial(text: string): Polynomial {
  const tokens = tokenize(text);
  let position = 0;
  const peek = () => tokens[position];
  const fail = (): never => {
    throw new ShapeError(
      `'${text}' is not a size: write a name (B), an integer (768) or an expression such as 2*B*n+1`,
      { text },
    );
  };

  function atom(): Polynomial {
    const next = tokens[position++];
    if (next === undefined) return fail();
    if (/^\d/.test(next)) return Polynomial.constant(BigInt(next));
    if (/^[\p{L}_]/u.test(next)) return Polynomial.symbol(next);
    if (next !== "(") return fail();
    const inside = sum();
    if (tokens[position++] !== ")") fail();
    return inside;
  }

  function power(): Polynomial {
    const base = atom();
    let exponent = 1;
    if (/^[⁰¹²³⁴-⁹]/u.test(peek() ?? "")) exponent = readSuperscript(tokens[position++]);
    else if (peek() === "^") {
      position++;
      exponent = /^\d/.test(peek() ?? "") ? Number(tokens[position++]) : fail();
    }
    if (exponent > 64) fail();
    return Polynomial.product(...Array.from({ length: exponent }, () => base));
  }

  function product(): Polynomial {
    let result = power();
    for (;;) {
      if (peek() === "*" || peek() === "·") {
        position++;
        result = result.times(power());
      } else if (peek() === "/") {
        position++;
        result = result.over(/^\d*[1-9]/.test(peek() ?? "") ? BigInt(tokens[position++]) : fail());
      } else {
        return result;
      }
    }
  }

  function sum(): Polynomial {
    let result = Polynomial.constant(0);
    if (peek() !== "-") result = product(); // a leading minus subtracts from 0
    while (peek() === "+" || peek() === "-") {
      result = tokens[position++] === "+" ? result.plus(product()) : result.minus(product());
    }
    return result;
  }

  const result = sum();
  return position === tokens.length ? result : fail();
}

/** As `parsePolynomial`, for sizes: they are multiplied, never divided. */
export function parseSize(text: string): Polynomial {
  if (text.includes("/")) throw unexpected(text, "/");
  return parsePolynomial(text);
}

const unexpected = (text: string, character: string): ShapeError =>
  new ShapeError(`'${text}' is not a size: unexpected '${character}'`, { text });

function tokenize(text: string): string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  for (;;) {
    const start = token.lastIndex;
    const match = token.exec(text);
    if (match === null) {
      if (text.slice(start).trim() !== "") {
        throw unexpected(text, text.slice(start).trim()[0]);
      }
      return tokens;
    }
    tokens.push(match.slice(1).find((part) => part !== undefined)!);
  }
}
