// What the linter expects of a test is for the callers of these wrappers.
/* oxlint-disable vitest/no-conditional-tests, vitest/no-disabled-tests, vitest/expect-expect */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, test } from "vitest";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const elsewhere = ["/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

/** A Chromium that is installed: `LINTEL_CHROMIUM`, or the first on the path. */
function findChromium(): string | undefined {
  const chosen = process.env["LINTEL_CHROMIUM"];
  if (chosen !== undefined && chosen !== "") {
    if (!existsSync(chosen)) throw new Error(`LINTEL_CHROMIUM points at ${chosen}, which does not exist`);
    return chosen;
  }
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/bin"];
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...candidates, ...elsewhere].find((path) => existsSync(path));
}

/** Nothing that asks the network, no sandbox (containers run as root), no graphics card. */
export const chromiumFlags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** `describe`, given the path of a Chromium; one skipped line when none is installed. */
export function describeWithChromium(suite: (executablePath: string) => void): void {
  const path = findChromium();
  if (path === undefined) test.skip("browser (skipped: no Chromium; set LINTEL_CHROMIUM)", () => undefined);
  else {
    describe("in Chromium", () => {
      suite(path);
    });
  }
}
