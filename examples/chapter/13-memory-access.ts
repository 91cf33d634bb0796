// Walking a row-major matrix along its rows uses whole cache lines; walking down its columns wastes them.
import { ones } from "lintel";
import { count, heading, measured, show, times } from "./format.js";

const n = 4096;
const A = ones([n, n]);
const memory = A.elements as Float32Array;
const [down, right] = A.strides;

const perLine = 64 / memory.BYTES_PER_ELEMENT;
console.log(`A row-major matrix ${times(A.shape)}, ${perLine} elements in a cache line of 64 bytes`);
show("lines touched per row, along it", count(n / perLine));
show("lines touched per column, down it", count(n));
show("lines loaded, row after row", count((n * n) / perLine));
show("lines loaded, column after column", `up to ${count(n * n)}`);

function sum(outer: number, inner: number): number {
  let result = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0, at = i * outer; j < n; j++, at += inner) result += memory[at];
  }
  return result;
}

/** The best of some runs: what remains is the memory, not the scheduler. */
function seconds(body: () => number): number {
  const runs = Array.from({ length: 4 }, () => {
    const start = performance.now();
    if (body() !== n * n) throw new Error("wrong sum");
    return (performance.now() - start) / 1000;
  });
  return Math.min(...runs);
}

const sequential = seconds(() => sum(down, right));
const strided = seconds(() => sum(right, down));
heading(`Adding up all ${count(n * n)} elements:`);
measured("row after row", `${((n * n * 4) / sequential / 1e9).toFixed(1)} GB/s`);
measured("column after column", `${((n * n * 4) / strided / 1e9).toFixed(1)} GB/s`);
measured("ratio", (strided / sequential).toFixed(1));
