import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { describeWithData } from "../../test/data.js";
import { FormatError } from "../base/errors.js";
import { openSafetensors } from "./index.js";

type Detail = readonly (readonly [name: string, dtype: string, shape: readonly number[], bytes: number])[];

interface Recorded {
  readonly file: string;
  readonly bytes: number;
  readonly reference_0_8_0: "ok" | "error";
  readonly reference_detail: string | Detail;
}

describeWithData("the reference reader's recorded verdicts", (folder) => {
  const root = join(folder, "safetensors-conformance");
  const manifest = JSON.parse(readFileSync(join(root, "manifest.json"), "utf8")) as readonly Recorded[];
  const verdict = (wanted: string): readonly Recorded[] =>
    manifest.filter(({ reference_0_8_0 }) => reference_0_8_0 === wanted);
  const inputs = (file: string): (string | Uint8Array | Blob)[] => {
    const path = join(root, file);
    return [path, readFileSync(path), new Blob([readFileSync(path)])];
  };

  test("cover 76 files", () => {
    expect(manifest).toHaveLength(76);
    expect(verdict("ok").length + verdict("error").length).toBe(76);
  });

  test.each(verdict("error"))("error: $file", async ({ file, bytes }) => {
    for (const input of inputs(file)) {
      const error = await openSafetensors(input).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(FormatError);
      const { details } = error as FormatError;
      expect(details["file"]).toContain(typeof input === "string" ? input : " bytes");
      expect(details["offset"]).toBeLessThanOrEqual(bytes);
    }
  });

  test.each(verdict("ok"))("ok: $file", async ({ file, reference_detail }) => {
    const byName = (a: readonly unknown[], b: readonly unknown[]): number => (`${a[0]}` < `${b[0]}` ? -1 : 1);
    const recorded = (reference_detail as Detail).toSorted(byName);
    for (const input of inputs(file)) {
      const opened = await openSafetensors(input);
      const found = opened.names.map((name) => {
        const { storedDType, shape, byteLength } = opened.info(name);
        return [name, storedDType, shape, byteLength];
      });
      expect(found.toSorted(byName)).toEqual(recorded);
      for (const [name, , shape, byteLength] of recorded) {
        expect(await opened.bytes(name)).toHaveLength(byteLength);
        expect((await opened.tensor(name)).shape).toEqual(shape);
      }
      await opened.close();
    }
  });
});
