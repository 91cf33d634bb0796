import { expect, test } from "vitest";
import { closestNames } from "./closest.js";

const names = ["a100-40gb", "a100-80gb", "h200", "rtx-4090"];

test("names that contain the text, in their order", () => {
  expect(closestNames("A100", names)).toEqual(["a100-40gb", "a100-80gb"]);
});

test("otherwise the names a few edits away, nearest first", () => {
  expect(closestNames("h100", names)).toEqual(["h200"]);
  expect(closestNames("rtx4080", names)).toEqual(["rtx-4090"]);
});

test("nothing when nothing is close", () => {
  expect(closestNames("tpu-v5", names)).toEqual([]);
  expect(closestNames("", names)).toEqual([]);
});
