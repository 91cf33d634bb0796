// A matrix is a linear map: T(ax + by) = aT(x) + bT(y) and T(0) = 0, up to rounding.
import { randn, zeros } from "lintel";
import { vectorNorm } from "lintel/linalg";
import { heading, law, show, values } from "./format.js";

const epsilon = 2 ** -23; // of float32
console.log("‖T(ax + by) − (aT(x) + bT(y))‖ / ‖T(ax + by)‖ ≤ n·ε, for random W [m × n]:\n");

for (const n of [16, 256, 1024]) {
  const W = randn([n / 2, n], { seed: n });
  const x = randn([n], { seed: n + 1 });
  const y = randn([n], { seed: n + 2 });
  const [a, b] = [2.5, -0.75];

  const left = W.matmul(x.mul(a).add(y.mul(b)));
  const right = W.matmul(x).mul(a).add(W.matmul(y).mul(b));
  law(`${n / 2} × ${n}`, vectorNorm(left.sub(right)).item() / vectorNorm(left).item(), n * epsilon);
}

const W = randn([2, 3], { seed: 7 });
const origin = zeros([3]);
heading("The origin stays where it is:");
show("T(0)", values(W.matmul(origin)));

heading("A layer with a bias is affine, not linear, and an activation is neither:");
const bias = randn([2], { seed: 8 });
show("W·0 + b", values(W.matmul(origin).add(bias)));
const x = randn([3], { seed: 9 });
show("relu(Wx) + relu(−Wx)", values(W.matmul(x).relu().add(W.matmul(x.neg()).relu())));
show("relu(Wx − Wx)", values(W.matmul(x.sub(x)).relu()));
