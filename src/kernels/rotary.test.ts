import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { selectWasmBuild, wasmAvailable, type WasmBuild } from "./module.js";
import { rotateRows } from "./rotary.js";

describe.for<WasmBuild>(["plain", "relaxed"])("rotateRows, %s build", (build) => {
  beforeEach((context) => {
    selectWasmBuild(build);
    if (!wasmAvailable()) context.skip("this runtime has no relaxed SIMD");
  });
  afterEach(() => selectWasmBuild("auto"));

  // [rows, pairs, period]: tails, tables that are staged in parts, many short periods, a last part that is shorter
  test.for([
    [1, 1, 1],
    [6, 7, 3],
    [64, 64, 1],
    [1200, 32, 600],
    [3000, 21, 1500],
    [900, 3, 9],
  ])("%d rows of %d pairs by %d rows of angles, in both layouts and in place", ([rows, pairs, period]) => {
    const width = 2 * pairs;
    const input = Float32Array.from({ length: rows * width }, (_, i) => Math.sin(i * 0.7) * 3);
    const table = Float32Array.from({ length: period * width }, (_, i) =>
      (i % width < pairs ? Math.cos : Math.sin)(Math.floor(i / width) * 0.01 + (i % pairs)),
    );
    for (const interleaved of [false, true]) {
      const output = input.slice();
      rotateRows({ input: output, output, pairs, table, period, interleaved });
      const [step, apart] = interleaved ? [2, 1] : [1, pairs];
      let worst = 0;
      for (let row = 0; row < rows; row++) {
        for (let i = 0; i < pairs; i++) {
          const place = row * width + i * step;
          const [a, b] = [input[place], input[place + apart]];
          const [cos, sin] = [0, pairs].map((half) => table[(row % period) * width + half + i]);
          const radius = Math.hypot(a, b);
          worst = Math.max(worst, Math.abs(output[place] - (a * cos - b * sin)) / radius);
          worst = Math.max(worst, Math.abs(output[place + apart] - (b * cos + a * sin)) / radius);
        }
      }
      expect(worst).toBeLessThan(1.5 * 2 ** -23);
    }
  });
});
