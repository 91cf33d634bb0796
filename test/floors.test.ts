import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

/** Violations that dependency-cruiser finds below `cwd/src` under the project's rules. */
function violations(cwd: string): string[] {
  const output = execFileSync(
    process.execPath,
    [
      `${root}/node_modules/dependency-cruiser/bin/dependency-cruise.mjs`,
      "src",
      "--config",
      `${root}/.dependency-cruiser.mjs`,
      "--output-type",
      "json",
    ],
    { cwd, encoding: "utf8", maxBuffer: 1 << 28 },
  );
  const { summary } = JSON.parse(output) as {
    summary: { totalCruised: number; violations: { rule: { name: string }; from: string; to: string }[] };
  };
  expect(summary.totalCruised).toBeGreaterThan(0);
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
}

test("every file imports only from lower floors", () => {
  expect(violations(root)).toEqual([]);
});

test("the rules do catch an import from a higher floor", () => {
  expect(violations(`${root}/test/fixtures/floors`)).toEqual([
    "floor-of-base: src/base/lower.ts → src/tensor/upper.ts",
  ]);
});
