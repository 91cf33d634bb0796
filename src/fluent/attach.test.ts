import { expect, test } from "vitest";
import { observe } from "../op/observer.js";
import * as lintel from "../index.js";
import { input, scalar, tensor, Tensor, zeros } from "../index.js";

const x = tensor([
  [1, -2, 3],
  [-4, 5, 0.5],
]);
const ids = tensor([1, 0], { dtype: "int32" });
const along = tensor([[0], [2]], { dtype: "int32" });

// Arguments after x, for every method that needs some.
const rest: Record<string, readonly unknown[]> = {
  as: [[2, 3]],
  bind: [{ n: 3 }],
  cast: ["float64"],
  clip: [-1, 1],
  cosineSimilarity: [x],
  expand: [[4, 2, 3]],
  gather: [1, along],
  linear: [zeros([5, 3])],
  matmul: [zeros([3, 4])],
  pad: [
    [
      [1, 0],
      [0, 2],
    ],
  ],
  permute: [[1, 0]],
  rearrange: ["a b -> (b a)"],
  repeat: [2, 0],
  reshape: [[3, 2]],
  select: [0, 1],
  slice: [1, 0, 2],
  split: [3, 1],
  squeeze: [],
  take: [ids],
  tensordot: [x],
  tile: [[2, 1]],
  unsqueeze: [0],
};
const binary =
  "add sub mul div remainder pow maximum minimum eq ne lt le gt ge logicalAnd logicalOr logicalXor";
for (const name of binary.split(" ")) rest[name] = [2];
const receivers: Record<string, Tensor> = {
  dot: tensor([1, 2]),
  outer: tensor([1, 2]),
  where: tensor([true, false]),
};
Object.assign(rest, { dot: [tensor([3, 4])], outer: [tensor([3, 4])], where: [1, 2] });
const attended = zeros([1, 2, 4]);
receivers["scaledDotProductAttention"] = attended;
rest["scaledDotProductAttention"] = [attended, attended];
receivers["rotaryEmbedding"] = attended;
receivers["embedding"] = ids;
rest["embedding"] = [zeros([2, 4])];

type Loose = Record<string, (...args: readonly unknown[]) => Tensor | Tensor[]>;
const functions: Loose = {
  ...(lintel as unknown as Loose),
  var: lintel.variance as unknown as Loose[string],
};
const names = Object.getOwnPropertyNames(Tensor.prototype).filter((name) => Object.hasOwn(functions, name));

test("there is a method for nearly every function whose first argument is a tensor", () => {
  expect(names.length).toBeGreaterThan(80);
});

test.each(names)("x.%s(…) is the function applied to x", (name) => {
  const receiver = receivers[name] ?? x;
  const args = rest[name] ?? [];
  const values = (result: Tensor | Tensor[]): unknown => [result].flat().map((t) => t.toArray());
  const run = (body: () => Tensor | Tensor[]): { ops: string[]; result: unknown } => {
    const ops: string[] = [];
    const result = observe(({ op }) => ops.push(op.name), body);
    return { ops, result: values(result) };
  };
  const method = run(() => (receiver as unknown as Loose)[name](...args));
  expect(method).toEqual(run(() => functions[name](receiver, ...args)));
});

test("methods are not enumerable and chain", () => {
  expect(Object.keys(x)).not.toContain("matmul");
  expect(x.mul(2).sum(1).toArray()).toEqual([4, 3]);
  expect(scalar(3).add(1).item()).toBe(4);
  expect(input(["B", 12]).softmax("B").mean(0, true).dims.map(String)).toEqual(["1", "12"]);
});
