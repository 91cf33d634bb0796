// What untyped JavaScript passes: whatever it is, a public function answers, or throws a `LintelError` that says what is
// wrong with it. Never the TypeError of an implementation that assumed too much.
import { describe, expect, test } from "vitest";
import * as formats from "../../src/formats/index.js";
import * as lintel from "../../src/index.js";
import * as linalg from "../../src/linalg/index.js";
import * as models from "../../src/models/index.js";
import * as nn from "../../src/nn/index.js";
import { analyze, analyzeFolder, findHardware, trace } from "../../src/cost.js";
import { Tensor, randn, tensor, zeros } from "../../src/index.js";

type Callable = (...operands: unknown[]) => unknown;

const values: Readonly<Record<string, unknown>> = {
  nothing: undefined,
  null: null,
  "a negative number": -7,
  "a fraction": 1.5,
  NaN,
  "a bigint": 10n,
  "a string": "/no/such/junk",
  "an object": {},
  "an object of junk": { junk: 1 },
  "an array": [1, 2, 3],
  "an array of junk": ["a", null],
  "a function": () => 1,
  true: true,
  bytes: new Uint8Array(3),
  "a matrix": randn([3, 3]),
  "a batch": randn([2, 3, 3]),
  "an integer matrix": tensor([[1, 2]], { dtype: "int32" }),
  "an abstract matrix": lintel.input(["B", "n"]),
  "an empty matrix": zeros([0, 0]),
};

/** Callbacks and what is built by other functions alone; `measureMachine` takes seconds. */
const left = new Set(["inModule", "observe", "Tensor", "Bert", "Gpt2", "Llama", "Neox", "Module"]);

const callable = (name: string, value: unknown): Callable[] => {
  if (typeof value !== "function" || left.has(name) || name.endsWith("Error")) return [];
  const isClass = Function.prototype.toString.call(value).startsWith("class");
  if (!isClass) return [value as Callable];
  return [(...operands) => new (value as new (...given: unknown[]) => unknown)(...operands)];
};

const matrix = values["a matrix"];
const junk = Object.keys(values);

/** Every list of arguments to try, with the name of its last. */
function* argumentLists(): Generator<[name: string, operands: unknown[]]> {
  yield ["none", []];
  for (const name of junk) {
    yield [name, [values[name]]];
    yield [`a matrix and ${name}`, [matrix, values[name]]];
    yield [`${name} and a matrix`, [values[name], matrix]];
    yield [`two matrices and ${name}`, [matrix, matrix, values[name]]];
    yield [`a shape, a number and ${name}`, [[2, 2], 3, values[name]]];
    yield [`three matrices and ${name}`, [matrix, matrix, matrix, values[name]]];
  }
}

async function surprises(call: Callable): Promise<string[]> {
  const found: string[] = [];
  for (const [name, operands] of argumentLists()) {
    try {
      await call(...operands);
    } catch (error) {
      if (!(error instanceof lintel.LintelError)) found.push(`${name}: ${String(error)}`);
    }
  }
  return found;
}

const cost = { analyze, analyzeFolder, findHardware, trace };

describe.each(Object.entries({ lintel, linalg, nn, models, formats, cost }))("%s", (_, entry) => {
  const functions = Object.entries(entry).flatMap(([name, value]) =>
    callable(name, value).map((call) => ({ name, call })),
  );
  test.each(functions)("$name", async ({ call }) => {
    expect(await surprises(call)).toEqual([]);
  });
});

describe("methods", () => {
  const subjects = ["a matrix", "a batch", "an integer matrix", "an abstract matrix", "an empty matrix"];
  const names = Object.getOwnPropertyNames(Tensor.prototype).filter(
    (name) =>
      !["constructor", "withView"].includes(name) &&
      typeof Object.getOwnPropertyDescriptor(Tensor.prototype, name)!.value === "function",
  );
  test.each(names)("%s", async (name) => {
    for (const subject of subjects) {
      const x = values[subject] as Record<string, Callable>;
      expect(await surprises((...operands) => x[name](...operands))).toEqual([]);
    }
  });
});
