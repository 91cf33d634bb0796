// An image is a vector: one component for every pixel and channel.
import { linspace, randint } from "lintel";
import { count, heading, show, times } from "./format.js";

// A hand-made digit, 28 × 28 as in MNIST: bright where the distance from the centre is close to 0.6.
const axis = linspace(-1, 1, 28);
const distance = axis
  .reshape([28, 1])
  .square()
  .add(axis.reshape([1, 28]).square())
  .sqrt();
const digit = distance.sub(0.6).div(0.2).square().neg().exp().mul(255).round();

console.log("A grey image, intensities from 0 (black) to 255 (white):\n");
const ink = " .:-=+*#%@";
for (let row = 0; row < 28; row += 2) {
  const intensities = [...digit.select(0, row).dataSync()].map(Number);
  console.log("    " + intensities.map((v) => ink[Math.floor((v / 256) * ink.length)]).join(""));
}

const x = digit.flatten();
heading("Row after row, its pixels are the components of one vector:");
show("image", times(digit.shape));
show("vector", `x ∈ ℝ^${x.size}`);

// Pixel (i, j) is component 28 i + j.
const [i, j] = [13, 22];
show(`pixel (${i}, ${j})`, digit.select(0, i).select(0, j).item());
show(`component 28·${i} + ${j} = ${28 * i + j}`, x.select(0, 28 * i + j).item());

const photo = randint(0, 256, [224, 224, 3], { dtype: "uint8", seed: 1 });
heading("Colour images have three channels:");
show("image", times(photo.shape));
show("vector", `x ∈ ℝ^${photo.flatten().size}, ${count(photo.flatten().size)} components`);
