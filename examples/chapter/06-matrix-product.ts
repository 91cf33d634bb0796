// The product of two matrices, entry by entry: every entry is a row times a column.
import { tensor } from "lintel";
import { heading, show } from "./format.js";

const A = tensor([
  [1, 2],
  [3, 4],
]);
const B = tensor([
  [5, 6],
  [7, 8],
]);
const C = A.matmul(B);

console.log("c(i,k) = Σ a(i,j) b(j,k)");
for (const i of [0, 1]) {
  for (const k of [0, 1]) {
    const row = A.select(0, i);
    const column = B.select(1, k);
    const terms = [0, 1].map((j) => `${row.select(0, j).item()}(${column.select(0, j).item()})`);
    show(`c(${i + 1},${k + 1}) = ${terms.join(" + ")}`, row.dot(column).item());
  }
}

heading("All at once, A.matmul(B):");
console.log(String(C));
heading("The other order is another matrix, B.matmul(A):");
console.log(String(B.matmul(A)));
