// These wrap the runner's own functions; what the linter expects of a test is for their callers.
/* oxlint-disable vitest/no-conditional-tests, vitest/no-disabled-tests, vitest/valid-title, vitest/valid-describe-callback, vitest/expect-expect */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { describe, test } from "vitest";

const besideTheRepository = resolve(import.meta.dirname, "../../shared/data");

/**
 * Where the real models and conformance files lie: `LINTEL_DATA`, or `../shared/data` beside the repository.
 * They are too large and too variously licensed to ship, so a checkout works without them.
 */
export function dataFolder(): string | undefined {
  const chosen = process.env["LINTEL_DATA"];
  if (chosen === undefined || chosen === "") {
    return existsSync(besideTheRepository) ? besideTheRepository : undefined;
  }
  if (!existsSync(chosen)) throw new Error(`LINTEL_DATA points at ${chosen}, which does not exist`);
  return resolve(chosen);
}

const withoutData = (name: string): string => `${name} (skipped: no data folder; set LINTEL_DATA)`;

/** `describe`, given the data folder; one skipped line when there is none. */
export function describeWithData(name: string, suite: (folder: string) => void): void {
  const folder = dataFolder();
  if (folder === undefined) test.skip(withoutData(name), () => undefined);
  else {
    describe(name, () => {
      suite(folder);
    });
  }
}

/** `test`, given the data folder; one skipped line when there is none. */
export function testWithData(name: string, body: (folder: string) => void | Promise<void>): void {
  const folder = dataFolder();
  if (folder === undefined) test.skip(withoutData(name), () => undefined);
  else test(name, () => body(folder));
}
