import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { measureBudget } from "../../scripts/type-budget.mjs";

type Counts = Record<"same" | "different", { instantiations: number; types: number }>;
const recorded = JSON.parse(readFileSync(new URL("budget.json", import.meta.url), "utf8")) as Counts;

describe("the price of shape checking, in compiler work for a 12-layer BERT", () => {
  let counts: Counts;
  beforeAll(() => {
    counts = measureBudget().counts;
  });

  test.each(["same", "different"] as const)("%s widths: within 10 %% of the recorded budget", (name) => {
    expect(counts[name].instantiations).toBeLessThanOrEqual(recorded[name].instantiations * 1.1);
    expect(counts[name].types).toBeLessThanOrEqual(recorded[name].types * 1.1);
    // A count far below the budget means that something is no longer checked, or that the budget is stale.
    expect(counts[name].instantiations).toBeGreaterThan(recorded[name].instantiations * 0.5);
  });
});
