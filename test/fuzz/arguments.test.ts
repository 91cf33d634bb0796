// What untyped JavaScript passes: whatever it is, everything public answers, or throws a `LintelError` that says what is
// wrong with it. Never the TypeError of an implementation that assumed too much.
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { LintelError } from "../../src/index.js";
import { entries, instances, isClass, type Callable, type Class } from "./entries.js";
import { argumentLists } from "./junk.js";

/** What `call` throws, for some list of arguments, that is no `LintelError` for people to read. */
async function surprises(call: Callable): Promise<string[]> {
  const found: string[] = [];
  for (const [name, operands] of argumentLists()) {
    try {
      const answer = await call(...operands);
      if (isGenerator(answer)) for (const step of answer) void step; // computes nothing until it is asked
    } catch (error) {
      if (!isReadable(error)) found.push(`${name}: ${String(error)}`);
    }
  }
  return found;
}

/** Values of JavaScript that slipped into a message say nothing about what was given. */
const isReadable = (error: unknown): boolean =>
  error instanceof LintelError && !/\[object |undefined|=>/.test(error.message);

const isGenerator = (value: unknown): value is Iterable<unknown> =>
  typeof value === "object" &&
  value !== null &&
  Object.prototype.toString.call(value) === "[object Generator]";

/** The names of the functions that an object has of its own, constructors aside. */
const functionsOf = (owner: object): string[] =>
  Object.entries(Object.getOwnPropertyDescriptors(owner)).flatMap(([name, { value }]) =>
    typeof value === "function" && name !== "constructor" ? [name] : [],
  );

/** The methods of an object: its own, those of its class and of the classes above that. */
function methodsOf(subject: object): string[] {
  const names = new Set<string>();
  for (let at = subject; at !== Object.prototype; at = Object.getPrototypeOf(at) as object) {
    for (const name of functionsOf(at)) names.add(name);
  }
  return [...names];
}

const build = (made: Class): Callable => {
  const constructor = made as new (...operands: unknown[]) => object;
  return (...operands) => new constructor(...operands);
};

const methodOf = (owner: object, name: string): Callable => {
  const method = (owner as Record<string, Callable>)[name];
  return (...operands) => method.apply(owner, operands);
};

/** An error takes what it is given as its message, as all of JavaScript's do. */
const isError = (value: Class): boolean => value.prototype instanceof Error;

const exported = Object.values(entries).flatMap((entry) => Object.values(entry));

test("every entry point of the package is here", () => {
  const file = new URL("../../package.json", import.meta.url);
  const { exports } = JSON.parse(readFileSync(file, "utf8")) as { exports: Record<string, unknown> };
  expect(Object.keys(entries)).toEqual(Object.keys(exports).filter((name) => name !== "./package.json"));
});

test("every exported class has an instance here", async () => {
  const made: object[] = [];
  for (const make of Object.values(instances)) made.push(await make());
  const classes = exported.filter(isClass).filter((value) => !isError(value));
  for (const value of classes) expect(made.some((instance) => instance instanceof value)).toBe(true);
});

describe.each(Object.entries(entries))("%s", (_, entry) => {
  const calls = Object.entries(entry).flatMap(([name, value]) => {
    if (typeof value !== "function") return [];
    if (!isClass(value)) return [{ name, call: value as Callable }];
    if (isError(value)) return [];
    const constructor = { name: `new ${name}`, call: build(value) };
    const ofClass = functionsOf(value).map((key) => ({ name: `${name}.${key}`, call: methodOf(value, key) }));
    return [constructor, ...ofClass];
  });
  test.each(calls)("$name", async ({ call }) => {
    expect(await surprises(call)).toEqual([]);
  });
});

describe.each(Object.entries(instances))("%s", async (_, make) => {
  test.each(methodsOf(await make()))("%s", async (name) => {
    expect(await surprises(methodOf(await make(), name))).toEqual([]);
  });
});
