// Exercise 7: (AB)x against A(Bx): the same vector, at very different cost.
import { input, randn } from "lintel";
import { trace } from "lintel/cost";
import { vectorNorm } from "lintel/linalg";
import { count, heading, law, show } from "./format.js";

const [A, B, x] = [input(["m", "n"]), input(["n", "p"]), input(["p"])] as const;
const first = trace(() => A.matmul(B).matmul(x));
const second = trace(() => A.matmul(B.matmul(x)));

const sizes = { m: 512, n: 2048, p: 512 };
const cost = (traced: typeof first) => traced.bind(sizes).totals.flops.value();
console.log("m = 512, n = 2048, p = 512");
for (const [name, traced] of Object.entries({ "(1) (AB)x": first, "(2) A(Bx)": second })) {
  heading(name);
  traced.ops.forEach(({ flops }, i) => show(`product ${i + 1}`, flops));
  show("FLOPs", count(cost(traced)));
}
heading("Comparison");
show("A(Bx) is cheaper by a factor of", `${Math.floor(Number(cost(first)) / Number(cost(second)))}×`);
show("exactly", Number(cost(first)) / Number(cost(second)));

const data = {
  A: randn([512, 2048], { seed: 1 }),
  B: randn([2048, 512], { seed: 2 }),
  x: randn([512], { seed: 3 }),
};
const slow = data.A.matmul(data.B).matmul(data.x);
const fast = data.A.matmul(data.B.matmul(data.x));
law("relative difference", vectorNorm(slow.sub(fast)).item() / vectorNorm(fast).item(), 2048 * 2 ** -23);
