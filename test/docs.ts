// The documentation that stands above public names: found by following the re-exports of an entry point.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Polynomial } from "../src/shape/polynomial.js";
import { Tensor } from "../src/tensor/tensor.js";
import { root } from "./types/run-tsc.js";

/** A documented name: `matmul`, or `Tensor.item` for a member of a class. */
export interface Doc {
  readonly name: string;
  readonly file: string;
  readonly text: string;
  /** The lines below `@example`. */
  readonly example: readonly string[];
}

const block = String.raw`(?:/\*\*((?:(?!\*/)[^])*)\*/\s*)?`;
const declaration = new RegExp(
  String.raw`^${block}export (?:abstract |async )*(const|function\*?|class) (\w+)`,
  "gm",
);
const member = /^ {2}\/\*\*((?:(?!\*\/)[^])*)\*\/\s*(?:(?:static|async|readonly|override|get) |\*)*(\w+)/gm;

/** What `file` exports, by the public name, with the docs of class members under `Class.member`. */
export function readDocs(file: string): Map<string, Doc> {
  const source = readFileSync(join(root, file), "utf8");
  const docs = new Map<string, Doc>();
  const add = (name: string, doc: Doc): unknown => docs.set(name, { ...doc, name });
  const follow = (path: string): Map<string, Doc> =>
    readDocs(join(dirname(file), path.replace(/\.js$/, ".ts")));
  for (const [, path] of source.matchAll(/^export \* from "(.+)";$/gm)) {
    for (const [name, doc] of follow(path)) add(name, doc);
  }
  for (const [, list, path] of source.matchAll(/^export \{([^}]*)\} from "(.+)";$/gm)) {
    const theirs = follow(path);
    for (const item of list.split(",").map((text) => text.trim())) {
      if (item === "" || item.startsWith("type ")) continue;
      const [name, alias = name] = item.split(" as ");
      for (const [key, doc] of theirs) {
        if (key === name || key.startsWith(`${name}.`)) add(alias + key.slice(name.length), doc);
      }
    }
  }
  for (const { 0: whole, 1: text = "", 2: kind, 3: name, index } of source.matchAll(declaration)) {
    if (docs.has(name) && text === "") continue; // an overload
    add(name, docOf(name, file, text));
    if (kind !== "class") continue;
    const body = source.slice(index + whole.length, source.indexOf("\n}\n", index));
    for (const [, memberText, key] of body.matchAll(member)) {
      add(`${name}.${key}`, docOf(`${name}.${key}`, file, memberText));
    }
  }
  return docs;
}

function docOf(name: string, file: string, comment: string): Doc {
  const lines = comment.split("\n").map((line) => line.replace(/^\s*\* ?/, "").trimEnd());
  const at = lines.indexOf("@example");
  const text = lines.slice(0, at === -1 ? undefined : at).join("\n");
  const after = at === -1 ? [] : lines.slice(at + 1);
  const end = after.findIndex((line) => line.startsWith("@"));
  const example = after.slice(0, end === -1 ? undefined : end).filter((line) => line !== "");
  return { name, file, text: text.trim(), example };
}

const claim = /^(?:const (\w+) = )?(.*);\s*\/\/ (.+)$/;

/** Whether a line says what its expression is worth. */
export const isClaim = (line: string): boolean => claim.test(line);

/**
 * The body of an example, with `expression; // value` turned into `await is(() => expression, "value")` and
 * `const x = expression; // value` followed by the same for x.
 */
export function instrument({ name, example }: Doc): string {
  const lines = example.map((line) => {
    const [, variable, expression, value] = claim.exec(line) ?? [];
    if (expression === undefined) return line;
    if (variable !== undefined) {
      return `const ${variable} = ${expression}; await is(() => ${variable}, ${JSON.stringify(value)});`;
    }
    if (/^(?:const|let|for|return)\b/.test(expression)) {
      throw new Error(`${name}: nothing has the value '${value}' in: ${line}`);
    }
    const async = expression.includes("await ") ? "async " : "";
    return `await is(${async}() => ${expression}, ${JSON.stringify(value)});`;
  });
  return lines.map((line) => `    ${line}`).join("\n");
}

/** A value as the comments of examples write it: `[[1, 2]]`, `"text"`, `5n`, `{ rank: 2 }`, `[B, n, 768]`. */
export function spell(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (value === null || typeof value !== "object") return String(value);
  if (Array.isArray(value)) return `[${value.map(spell).join(", ")}]`;
  if (ArrayBuffer.isView(value)) return spell([...(value as Uint8Array)]);
  if (value instanceof Tensor || value instanceof Polynomial) return value.toString();
  const entries = Object.entries(value).map(([key, entry]) => `${key}: ${spell(entry)}`);
  return `{ ${entries.join(", ")} }`;
}

/** What a comment allows: itself, where `…` stands for anything. */
export const pattern = (text: string): RegExp =>
  new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll("…", "[^]*")}$`);
