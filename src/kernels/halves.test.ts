import { expect, test } from "vitest";
import { fromBFloat16, fromFloat16, toBFloat16, toFloat16 } from "../tensor/half.js";
import { narrowToHalves, widenHalves } from "./halves.js";

const types = [
  ["float16", fromFloat16, toFloat16],
  ["bfloat16", fromBFloat16, toBFloat16],
] as const;

test.for(types)("%s: every pattern widens to its value and narrows back to itself", ([half, decode]) => {
  const patterns = Uint16Array.from({ length: 2 ** 16 }, (_, i) => i);
  const values = new Float32Array(patterns.length);
  widenHalves(patterns, half, values);
  expect(values.findIndex((value, i) => !Object.is(value, decode(i)))).toBe(-1);
  const back = new Uint16Array(patterns.length);
  narrowToHalves(values, half, back);
  expect(back.findIndex((pattern, i) => pattern !== i && !Number.isNaN(values[i]))).toBe(-1);
  expect(back.findIndex((pattern, i) => Number.isNaN(values[i]) && !Number.isNaN(decode(pattern)))).toBe(-1);
});

test.for(types)("%s: float32 rounds to nearest, ties to even, as one by one", ([half, decode, encode]) => {
  const words = Uint32Array.from({ length: 2 ** 18 + 5 }, (_, i) => Math.imul(i, 16411) ^ (i << 15));
  // Midpoints between neighbours, and their own neighbours.
  for (let i = 0; i < 2 ** 16; i++) words[4 * i] = (i << 16) | 0x8000 | (i % 3);
  for (let i = 0; i < 2 ** 16; i++) words[4 * i + 1] = (Math.imul(i, 77) << 13) | 0x1000;
  const values = new Float32Array(words.buffer);
  const target = new Uint16Array(values.length);
  narrowToHalves(values, half, target);
  const wrong = values.findIndex((value, i) =>
    Number.isNaN(value) ? !Number.isNaN(decode(target[i])) : target[i] !== encode(value),
  );
  expect(wrong).toBe(-1);
});
