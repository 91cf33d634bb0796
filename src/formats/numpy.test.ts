import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { arange, full, zeros } from "../tensor/create.js";
import { encodeNpy, readNpy, readNpz } from "./index.js";

const python = "/usr/bin/python3";
const hasNumPy = spawnSync(python, ["-c", "import numpy"]).status === 0;

/** Saves arrays of every dtype, byte order, memory order and format, with their values beside them. */
const saveScript = `
import json, sys, numpy as np
folder, expected = sys.argv[1], []
for code in ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "b1"]:
  for order in "<>":
    for shape in [(), (5,), (3, 4), (2, 3, 4), (2, 0)]:
      for fortran in [False, True]:
        for version in [(1, 0), (2, 0), (3, 0)]:
          size = int(np.prod(shape))
          values = (np.arange(size) * 37 % 101 - (0 if code[0] in "ub" else 50)).reshape(shape)
          array = values.astype(order + code, order="F" if fortran else "C")
          name = f"{len(expected)}.npy"
          with open(f"{folder}/{name}", "wb") as file: np.lib.format.write_array(file, array, version=version)
          expected.append([name, list(shape), array.tolist()])
json.dump(expected, open(f"{folder}/expected.json", "w"))
np.savez(f"{folder}/stored.npz", a=np.arange(6.0).reshape(2, 3), b=np.array(True))
np.savez_compressed(f"{folder}/deflated.npz", big=np.zeros((300, 300)), **{"name with / and é": np.arange(3)})
`;

/** Loads arrays that Lintel wrote, and saves them again. */
const resaveScript = `
import sys, numpy as np
for path in sys.argv[1:]: np.save(path + ".again.npy", np.load(path))
`;

describe.skipIf(!hasNumPy)("with NumPy", () => {
  const folder = mkdtempSync(join(tmpdir(), "lintel-numpy-"));
  afterAll(() => rmSync(folder, { recursive: true }));

  test("every array that it saves reads the same", async () => {
    execFileSync(python, ["-c", saveScript, folder]);
    type Expected = readonly (readonly [name: string, shape: readonly number[], values: unknown])[];
    const expected = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")) as Expected;
    expect(expected).toHaveLength(11 * 2 * 5 * 2 * 3);
    for (const [name, shape, values] of expected) {
      const read = await readNpy(join(folder, name));
      expect([read.shape, read.toArray()]).toEqual([shape, values]);
    }
    const stored = await readNpz(join(folder, "stored.npz"));
    expect(stored.get("a")?.toArray()).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
    expect(stored.get("b")?.toArray()).toBe(true);
    const deflated = await readNpz(join(folder, "deflated.npz"));
    expect(deflated.get("big")?.shape).toEqual([300, 300]);
    expect(deflated.get("name with / and é")?.toArray()).toEqual([0, 1, 2]);
  });

  test("every array that Lintel writes comes back from it byte by byte", async () => {
    const paths: string[] = [];
    for (const dtype of ["float32", "float64", "float16", "int32", "int64", "uint8", "bool"] as const) {
      for (const tensor of [
        arange(0, 6, 1, { dtype }),
        zeros([2, 0, 3], { dtype }),
        full([], 1, { dtype }),
      ]) {
        const path = join(folder, `lintel${paths.length}.npy`);
        writeFileSync(path, await encodeNpy(tensor));
        paths.push(path);
      }
    }
    execFileSync(python, ["-c", resaveScript, ...paths]);
    for (const path of paths) expect(readFileSync(`${path}.again.npy`)).toEqual(readFileSync(path));
  });
});
