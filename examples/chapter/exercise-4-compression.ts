// Exercise 4: a 1024 × 4096 matrix as a product of rank r: parameters, the rank for 75 % compression, memory.
import { input, Polynomial } from "lintel";
import { binaryBytes, bytes, count, heading, percent, show } from "./format.js";

const W = input([1024, 4096]);
const W1 = input([1024, "r"]);
const W2 = input(["r", 4096]);
const parameters = Polynomial.product(...W1.dims).plus(Polynomial.product(...W2.dims));
const kept = (r: number) => Number(parameters.substitute({ r }).value());
const compression = (r: number) => 1 - kept(r) / W.size;

console.log("(1) Parameters as a function of r");
show("W", count(W.size));
show("W₁ (1024 × r) and W₂ (r × 4096)", `${parameters} = ${parameters.toCanonicalString()}`);

let r = 1;
while (compression(r + 1) >= 0.75) r++;
heading("(2) The largest rank that still saves 75 %");
show(`0.25 · ${count(W.size)} / ${kept(1)}`, (0.25 * W.size) / kept(1));
show("r", r);
for (const rank of [r, r + 1]) show(`compression at r = ${rank}`, percent(compression(rank), 2));

heading("(3) Memory saved, 32-bit floats");
for (const rank of [r, r + 1]) {
  const saved = 4 * (W.size - kept(rank));
  show(`r = ${rank}`, `${count(saved)} bytes = ${binaryBytes(saved, 2)} = ${bytes(saved, 2)}`);
}
