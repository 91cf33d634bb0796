// The rank table for a layer that has learned: it cleans noisy digits, and a second layer reads them.
import { eye, matmul, randn, Random, stack, take, tensor, type Tensor } from "lintel";
import { lowRank, lstsq } from "lintel/linalg";
import { percent, show, times } from "./format.js";

const side = 16;
const float64 = { dtype: "float64" } as const;
const random = new Random(7);

// The seven segments of a calculator's display, [row, column, height, width], and which of them each digit lights.
const segments = [
  [1, 4, 1, 5], [2, 3, 4, 1], [2, 9, 4, 1], [6, 4, 1, 5], [7, 3, 4, 1], [7, 9, 4, 1], [11, 4, 1, 5],
]; // prettier-ignore
const digits = ["012456", "25", "02346", "02356", "1235", "01356", "013456", "025", "0123456", "012356"];

/** An image of a digit as a vector: somewhere near the middle, of some brightness. */
function draw(digit: number): Tensor {
  const pixels = new Float64Array(side * side);
  const [down, right] = [random.integer(0, 3), random.integer(0, 4)];
  const brightness = 0.5 + random.uniform() / 2;
  for (const segment of digits[digit]) {
    const [row, column, height, width] = segments[Number(segment)];
    for (let i = row + down; i < row + down + height; i++) {
      const at = i * side + column + right;
      pixels.fill(brightness, at, at + width);
    }
  }
  return tensor(pixels, { shape: [side * side] });
}

function sample(count: number, seed: number) {
  const labels = Array.from({ length: count }, () => random.integer(0, 10));
  const clean = stack(labels.map(draw)); // [count, 256]
  return {
    labels: tensor(labels, { dtype: "int32" }),
    clean,
    noisy: clean.add(randn(clean.sizes, { seed, ...float64 }).mul(0.3)),
  };
}

// Two layers are learned by least squares, from noisy images to clean ones and from features of those to digits.
const learned = sample(3000, 1);
const W = lstsq(learned.noisy, learned.clean).solution; // [256, 256]
const wanted = take(eye(10, 10, float64), learned.labels, 0); // [3000, 10]
const features = randn([side * side, 600], { seed: 3, ...float64 });
const featuresOf = (cleaned: Tensor) => matmul(cleaned, features).relu();
const readout = lstsq(featuresOf(matmul(learned.noisy, W)), wanted).solution; // [600, 10]

const unseen = sample(2000, 2);
const accuracy = (layer: (x: Tensor) => Tensor): number =>
  matmul(featuresOf(layer(unseen.noisy)), readout)
    .argmax(-1)
    .eq(unseen.labels)
    .cast("float64")
    .mean()
    .item();

const whole = accuracy((x) => matmul(x, W));
console.log(`W is ${times(W.shape)}; with it ${percent(whole)} of 2000 unseen digits are read.`);
show("rank k", "parameters saved   relative error   accuracy lost");
for (const k of [96, 64, 48, 32, 16, 8]) {
  const { W1, W2, error } = lowRank(W, k);
  const saved = 1 - (W1.size + W2.size) / W.size;
  const lost = whole - accuracy((x) => matmul(matmul(x, W1), W2));
  show(`k = ${k}`, `${percent(saved).padEnd(18)} ${error.toFixed(3).padEnd(16)} ${percent(lost)}`);
}
