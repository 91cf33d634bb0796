import { expect, test } from "vitest";
import { costFormulas, largestDifference, opsOf, wave } from "../../../test/expect.js";
import { abstractTensor, arange } from "../../tensor/create.js";
import { permute } from "../permute/op.js";
import { reshape } from "../reshape/op.js";
import { rearrange } from "./op.js";

test("splits, reorders and merges as reshape and permute do", () => {
  const x = wave([2, 5, 24]);
  const heads = rearrange(x, "b n (h d) -> b h n d", { h: 4 });
  expect(largestDifference(heads, permute(reshape(x, [2, 5, 4, 6]), [0, 2, 1, 3]))).toBe(0);
  expect(largestDifference(rearrange(heads, "b h n d -> b n (h d)"), x)).toBe(0);
});

// x = np.arange(24).reshape(2, 3, 4); x.reshape(2, 3, 2, 2).transpose(2, 1, 0, 3).reshape(2, 3, 4)
test("groups are read in the order they are written", () => {
  const y = rearrange(reshape(arange(24), [2, 3, 4]), "a b (c d) -> c b (a d)", { d: 2 });
  expect(y.dataSync()).toEqual(
    Int32Array.from([0, 1, 12, 13, 4, 5, 16, 17, 8, 9, 20, 21, 2, 3, 14, 15, 6, 7, 18, 19, 10, 11, 22, 23]),
  );
});

test("'...' stands for any axes, 1 for an axis that comes or goes", () => {
  expect(rearrange(wave([2, 3, 4, 5]), "a ... d -> d ... a").shape).toEqual([5, 3, 4, 2]);
  expect(rearrange(wave([2, 3]), "... -> 1 ... 1").shape).toEqual([1, 2, 3, 1]);
  expect(rearrange(wave([2, 1, 3]), "a 1 b -> (a b)").shape).toEqual([6]);
  expect(rearrange(wave([2, 3]), "a b -> (a b) ()").shape).toEqual([6, 1]);
});

test("symbolic sizes divide exactly and keep their names", () => {
  const x = abstractTensor(["B", "n", 768]);
  expect(String(rearrange(x, "B n (h d) -> B h n d", { h: 12 }).dims)).toBe("B,12,n,64");
  expect(String(rearrange(x, "B n d -> (B n) d").dims)).toBe("B·n,768");
  expect(String(rearrange(abstractTensor(["2*n"]), "(two n) -> n two", { two: 2 }).dims)).toBe("n,2");
});

test("is free where strides suffice, and otherwise copies once; observers see one op", () => {
  const x = abstractTensor(["B", "n", 768]);
  const split = costFormulas(() => rearrange(x, "B n (h d) -> B h n d", { h: 12 }));
  expect([String(split.bytesRead), String(split.flops)]).toEqual(["0", "0"]);
  const merged = costFormulas(() => rearrange(abstractTensor(["B", 12, "n", 64]), "B h n d -> B n (h d)"));
  expect([String(merged.bytesRead), String(merged.bytesWritten)]).toEqual(["B·12·n·64·4", "B·12·n·64·4"]);
  expect(opsOf(() => rearrange(wave([2, 3]), "a b -> (b a)")).map(({ op }) => op.name)).toEqual([
    "rearrange",
  ]);
});

test("errors show the pattern and the shape", () => {
  const x = abstractTensor([32, 512, 768]);
  const message = (pattern: string, sizes?: Record<string, number>) => () => rearrange(x, pattern, sizes);
  const heads = "B n (h d) -> B h n d";
  expect(message(heads, { h: 10 })).toThrow(`rearrange '${heads}': 768 is not divisible by 10`);
  expect(message(heads)).toThrow("give the size of all but one name in each group");
  expect(message(heads, { h: 12, d: 32 })).toThrow("group has 384 elements but axis is 768");
  expect(message("B n -> n B")).toThrow("[32, 512, 768] has too many axes");
  expect(message("B n d e -> n B d e")).toThrow("[32, 512, 768] has too few axes");
  expect(message("B n d -> n B d", { B: 16 })).toThrow("B is 16 but [32, 512, 768] has 32");
  expect(message("a a d -> a d")).toThrow("a is 32 but [32, 512, 768] has 512");
  expect(message("B n d -> B n e")).toThrow("unknown name 'e' on the right");
  expect(message("B n d -> B n")).toThrow("'d' is missing on the right");
  expect(message("B n d")).toThrow("rearrange: pattern needs '->'");
  expect(message("B ... -> B")).toThrow("'...' must appear on both sides");
});
