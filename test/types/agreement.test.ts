import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { input, Tensor, zeros } from "../../src/index.js";
import * as linalg from "../../src/linalg/index.js";
import { bindSize, sameSize, showShape, toSize, type Size } from "../../src/shape/dim.js";
import { seen } from "./cases/expect.js";

/** The types that a case file claims, in the order of its `is<…>()` calls. */
function claims(file: string): string[] {
  const source = readFileSync(new URL(`cases/${file}.ts`, import.meta.url), "utf8");
  return [...source.matchAll(/^is<(.*)>\(\)\(/gm)].map(([, type]) => type);
}

/** `Tensor<["B", number, 768]>` -> ["B", null, 768]; undefined for types that say less. */
function claimedShape(type: string): (string | number | null)[] | undefined {
  const match = /^Tensor<(\[.*\])>$/.exec(type);
  return match === null
    ? undefined
    : (JSON.parse(match[1].replace(/\bnumber\b/g, "null")) as (string | number | null)[]);
}

/** `x.shape` of a tensor with data gives plain numbers: there a name stands for the size that dims.ts gave it. */
function fits(claim: string | number, actual: Size): boolean {
  const size = toSize(claim);
  return sameSize(typeof actual === "number" ? bindSize(size, { B: 2, n: 8 }) : size, actual);
}

// The case files are programs. What the compiler says about every value must be what the value is.
test.each(["positive", "generic", "dims", "layers", "linalg", "solvers", "fn"])(
  "cases/%s.ts runs, with the shapes its types claim",
  async (name) => {
    seen.length = 0;
    await import(`./cases/${name}.ts`);
    const types = claims(name);
    expect(types.length).toBeGreaterThan(3);
    expect(seen.length).toBe(types.length);

    let compared = 0;
    types.forEach((type, i) => {
      const wanted = claimedShape(type);
      const value = seen[i];
      if (wanted === undefined || !(value instanceof Tensor)) return;
      compared++;
      const same =
        wanted.length === value.ndim &&
        wanted.every((dim, axis) => dim === null || fits(dim, value.dims[axis]));
      expect(same, `${type} is ${showShape(value.dims)}`).toBe(true);
    });
    expect(compared).toBeGreaterThan(types.length / 2);
  },
);

/** What tsc says about a call on linalg functions in negative.ts, and the call. */
function refusals(): { call: string; message: string }[] {
  const lines = readFileSync(new URL("cases/negative.ts", import.meta.url), "utf8").split("\n");
  return lines.flatMap((line, i) => {
    const message = /^\/\/ error .*parameter of type '"((\w+): .*)"'\.$/.exec(line);
    return message !== null && message[2] in linalg ? [{ message: message[1], call: lines[i + 1] }] : [];
  });
}

test.each(refusals())("$call: the compiler and the run say the same", ({ call, message }) => {
  const names = { ...linalg, input, zeros, Q: input(["B", "n", 768]), scores: input(["B", 12, "n", "n"]) };
  let said = "nothing";
  try {
    runInNewContext(call, names);
  } catch (error) {
    said = (error as Error).message;
  }
  expect(said).toBe(message);
});
