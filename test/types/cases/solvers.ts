// The direct solvers: shapes of factors, solutions and products.
import { input, zeros, type Dim, type Tensor } from "../../../src/index.js";
import {
  cholesky,
  det,
  inv,
  kron,
  lu,
  matrixPower,
  slogdet,
  solve,
  solveTriangular,
} from "../../../src/linalg/index.js";
import { is } from "./expect.js";

const stack = input(["B", "n", "n"]);
is<Tensor<["B", "n", "n"]>>()(cholesky(stack));
is<Tensor<["B", "n", "n"]>>()(inv(stack));
is<Tensor<["B", "n", "n"]>>()(matrixPower(stack, -2));
is<Tensor<["B"]>>()(det(stack));
is<Tensor<["B"]>>()(slogdet(stack).sign);
is<Tensor<[]>>()(slogdet(input([3, 3])).logabsdet);

const tall = lu(input(["B", 100, 20]));
is<Tensor<["B", 100, 100]>>()(tall.P);
is<Tensor<["B", 100, 20]>>()(tall.L);
is<Tensor<["B", 20, 20]>>()(tall.U);
is<Tensor<["B", 100]>>()(tall.permutation);
is<Tensor<[20, 100]>>()(lu(input([20, 100])).U);

is<Tensor<["B", "n"]>>()(solve(stack, input(["n"])));
is<Tensor<["B", "n", "k"]>>()(solve(stack, input(["n", "k"])));
is<Tensor<["A", "B", "n", 3]>>()(solve(stack, input(["A", 1, "n", 3])));
is<Tensor<["B", 4, 7]>>()(solveTriangular(input([4, 4]), input(["B", 4, 7]), { lower: true }));

is<Tensor<[6, 20]>>()(kron(input([2, 4]), input([3, 5])));
is<Tensor<["m*p", "2*n"]>>()(kron(input(["m", "n"]), input(["p", 2])));
is<Tensor<[2, 6]>>()(kron(input([3]), input([2, 2])));
is<Tensor<["B", 3]>>()(kron(input(["B", 3]), zeros([])));

// In the body of a generic function, and from tensors of unknown rank.
function normalEquations<N extends Dim, K extends Dim>(a: Tensor<[N, N]>, b: Tensor<[N, K]>): Tensor<[N, K]> {
  return solve(a, b);
}
is<Tensor<[3, 2]>>()(normalEquations(input([3, 3]), input([3, 2])));
const unknown: Tensor = input([3, 3]);
is<Tensor<Dim[]>>()(solve(unknown, unknown));
is<Tensor<Dim[]>>()(inv(unknown));
is<Tensor<Dim[]>>()(lu(unknown).U);
is<Tensor<Dim[]>>()(kron(unknown, zeros([2, 2])));
