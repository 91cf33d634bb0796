// Exercise 4: a 1024 × 4096 matrix as a product of rank r: parameters, the rank for 75 % compression, memory.
import { input } from "lintel";
import { bytesOfStorages, trace } from "lintel/cost";
import { Module } from "lintel/nn";
import { binaryBytes, bytes, count, heading, percent, show } from "./format.js";

class Factored extends Module {
  readonly W1 = input([1024, "r"]);
  readonly W2 = input(["r", 4096]);
  forward = () => input([1, 1024]).matmul(this.W1).matmul(this.W2);
}

const original = input([1024, 4096]).size;
const factored = trace(new Factored());
const size = bytesOfStorages(factored.parameters.map(({ storage }) => storage)); // 4 bytes per parameter
const compression = (r: number) => 1 - factored.bind({ r }).parameterCount / original;

console.log("(1) Parameters as a function of r");
show("W", count(original));
show("W₁ (1024 × r) and W₂ (r × 4096)", size.dividedExactlyBy(4)!.toCanonicalString());

let r = 1;
while (compression(r + 1) >= 0.75) r++;
heading("(2) The largest rank that still saves 75 %");
show("0.25 · 1024 · 4096 / (1024 + 4096)", (0.25 * original) / factored.bind({ r: 1 }).parameterCount);
show("r", r);
for (const rank of [r, r + 1]) show(`compression at r = ${rank}`, percent(compression(rank), 2));

heading("(3) Memory saved, 32-bit floats");
for (const rank of [r, r + 1]) {
  const saved = original * 4 - Number(size.substitute({ r: rank }).value());
  show(`r = ${rank}`, `${count(saved)} bytes = ${binaryBytes(saved, 2)} = ${bytes(saved, 2)}`);
}
