// Row-major and column-major: the same matrix, two orders in memory, told apart by strides.
import { tensor } from "lintel";
import { heading, show } from "./format.js";

const letters = ["a", "b", "c", "d"];
const spell = (memory: ArrayLike<number | bigint>) =>
  `[${Array.from(memory, (code) => letters[Number(code)]).join(", ")}]`;

const A = tensor([
  [0, 1],
  [2, 3],
]); // stands for [[a, b], [c, d]]
console.log("A = [[a, b], [c, d]], in row-major order as in C and PyTorch:");
show("memory", spell(A.elements));
show(
  "strides",
  `[${A.strides.join(", ")}]: the next row is ${A.strides[0]} further, the next column ${A.strides[1]}`,
);

// The same matrix column by column: lay out its transpose row by row, and look at it transposed.
const byColumns = tensor(A.transpose().dataSync(), { shape: [2, 2] }).transpose();
heading("The same matrix in column-major order, as in Fortran and MATLAB:");
show("memory", spell(byColumns.elements));
show(
  "strides",
  `[${byColumns.strides.join(", ")}]: the next row is ${byColumns.strides[0]} further, the next column ${byColumns.strides[1]}`,
);
show("row 1 of both", `${spell(A.select(0, 0).dataSync())} and ${spell(byColumns.select(0, 0).dataSync())}`);

heading("So transposing moves no data, it only swaps the strides:");
show("A.transpose() shares A's memory", A.transpose().elements === A.elements);
show("its strides", `[${A.transpose().strides.join(", ")}]`);
