import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeWithData } from "../../test/data.js";
import { FormatError } from "../base/errors.js";
import { openSafetensors } from "./index.js";

interface Recorded {
  readonly file: string;
  readonly bytes: number;
  readonly reference_0_8_0: "ok" | "error";
  readonly reference_detail: string | readonly (readonly [string, string, readonly number[], number])[];
}

describeWithData("the reference reader's recorded verdicts", (folder) => {
  const root = join(folder, "safetensors-conformance");
  const manifest = JSON.parse(readFileSync(join(root, "manifest.json"), "utf8")) as readonly Recorded[];

  test("the manifest has all files", () => expect(manifest).toHaveLength(76));

  test.each(manifest)("$reference_0_8_0: $file", async ({ file, bytes, reference_0_8_0, reference_detail }) => {
    const path = join(root, file);
    for (const input of [path, new Uint8Array(readFileSync(path)), new Blob([readFileSync(path)])]) {
      if (reference_0_8_0 === "error") {
        const error: unknown = await openSafetensors(input).catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(FormatError);
        const { details } = error as FormatError;
        expect(details["offset"]).toBeLessThanOrEqual(bytes);
        if (input === path) expect(details["file"]).toBe(path);
        continue;
      }
      await using opened = await openSafetensors(input);
      const found = opened.names.map((name) => {
        const { storedDType, shape, byteLength } = opened.info(name);
        return [name, storedDType, shape, byteLength] as const;
      });
      const byName = (a: readonly unknown[], b: readonly unknown[]): number => (String(a[0]) < String(b[0]) ? -1 : 1);
      expect(found.toSorted(byName)).toEqual([...(reference_detail as typeof found)].sort(byName));
      for (const name of opened.names) {
        const { dtype, shape, byteLength } = opened.info(name);
        expect(await opened.bytes(name)).toHaveLength(byteLength);
        if (dtype !== undefined) expect((await opened.tensor(name)).shape).toEqual(shape);
      }
    }
  });
});
