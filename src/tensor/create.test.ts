import { describe, expect, test } from "vitest";
import { ConfigError, DTypeError, ShapeError } from "../base/errors.js";
import { namedSize } from "../shape/dim.js";
import { bind } from "./bind.js";
import * as create from "./create.js";
import { allocate, dtypes } from "./dtype.js";

const { abstractTensor, arange, eye, full, linspace, ones, rand, randint, randn, scalar, tensor, zeros } =
  create;

describe("tensor", () => {
  test("takes its shape and dtype from nested values", () => {
    expect(String(tensor([[1, 2], [3, 4]]))).toBe("tensor([[1., 2.],\n        [3., 4.]], float32)"); // prettier-ignore
    expect([tensor(3), tensor([]), tensor([[], []]), tensor([[[1]]])].map((x) => x.shape)).toEqual([
      [],
      [0],
      [2, 0],
      [1, 1, 1],
    ]);
    expect([tensor([1]), tensor([true]), tensor([1n]), tensor(false)].map((x) => x.dtype)).toEqual([
      "float32",
      "bool",
      "int64",
      "bool",
    ]);
    expect(tensor([2n ** 63n - 1n]).toArray()).toEqual([2n ** 63n - 1n]);
  });

  test("takes a dtype that holds all values, not only the first", () => {
    expect(String(tensor([true, 2]))).toBe("tensor([1., 2.], float32)");
    expect(String(tensor([1n, 2.5]))).toBe("tensor([1. , 2.5], float32)");
    expect(String(tensor([true, 2n]))).toBe("tensor([1, 2], int64)");
  });

  test("stores values in the dtype that is asked for", () => {
    expect(tensor([1.7, -1.7, 300], { dtype: "int32" }).toArray()).toEqual([1, -1, 300]);
    expect(tensor([300, -1], { dtype: "uint8" }).toArray()).toEqual([44, 255]);
    expect(tensor([0, 0.5], { dtype: "bool" }).toArray()).toEqual([false, true]);
    expect(tensor([0.1], { dtype: "float64" }).item()).toBe(0.1);
    expect([...tensor([1, -2], { dtype: "bfloat16" }).elements]).toEqual([0x3f80, 0xc000]);
  });

  test("shares a typed array of its own dtype and converts others", () => {
    const data = Float32Array.of(1, 2, 3, 4, 5, 6);
    const x = tensor(data, { shape: [2, 3] });
    expect(x.elements).toBe(data);
    expect(tensor(data, { dtype: "float64" }).elements).toEqual(Float64Array.from(data));
    expect(
      [new Float64Array(1), new Int32Array(1), new BigInt64Array(1), new Uint8Array(1)].map(
        (d) => tensor(d).dtype,
      ),
    ).toEqual(["float64", "int32", "int64", "uint8"]);
    expect(tensor(Uint16Array.of(0x3c00), { dtype: "float16" }).item()).toBe(1);
    const truths = Uint8Array.of(0, 1);
    expect(tensor(truths, { dtype: "bool" }).elements).toBe(truths);
    expect([...tensor(Uint8Array.of(0, 2), { dtype: "bool" }).elements]).toEqual([0, 1]);
  });

  test("names what is wrong", () => {
    expect(() => tensor([[1, 2], [3]])).toThrow("tensor: nested arrays have different lengths along axis 1"); // prettier-ignore
    expect(() => tensor([1, [2]])).toThrow(ShapeError);
    expect(() => tensor([[1], 2])).toThrow(ShapeError);
    expect(() => tensor(new Float32Array(5), { shape: [2, 3] })).toThrow(
      "tensor: 5 values do not fill the shape [2, 3], which has 6 elements",
    );
    expect(() => tensor(["a"] as unknown as number[])).toThrow(DTypeError);
    expect(() => tensor(Uint16Array.of(1))).toThrow("16-bit data needs { dtype: 'float16' }");
    const foreign = [
      new Int8Array(1),
      new Uint32Array(1),
      new BigUint64Array(1),
      new DataView(new ArrayBuffer(8)),
    ];
    for (const data of foreign) {
      expect(() => tensor(data as never)).toThrow(`tensor: no dtype is stored in ${data.constructor.name}`);
    }
    expect(() => tensor([2n ** 63n])).toThrow("tensor: 9223372036854775808 does not fit into int64");
    expect(() => zeros(3 as never)).toThrow("a shape is a list of sizes such as [2, 3], got 3");
    expect(() => zeros([2 ** 40, 2 ** 12])).toThrow(/elements of float32 \(\d+ bytes\) do not fit in memory/);
    expect(() => zeros([-1])).toThrow("a size must be an integer >= 0, got -1");
    expect(() => zeros([1.5])).toThrow(ShapeError);
    expect(() => zeros([2], { dtype: "f32" as "float32" })).toThrow(DTypeError);
  });
});

test("every creator makes every dtype", () => {
  for (const dtype of dtypes) {
    expect(zeros([2], { dtype }).elements).toEqual(allocate(dtype, 2));
    expect(
      [full([2], 1, { dtype }), ones([2], { dtype }), arange(1, 2, 1, { dtype }), scalar(1, { dtype })].map(
        (x) => [x.dtype, Number(x.dataSync()[0])],
      ),
    ).toEqual(Array.from({ length: 4 }, () => [dtype, 1]));
  }
});

test("options may stand where an optional argument would", () => {
  const options = { dtype: "float64" } as const;
  expect(String(eye(2, options))).toBe(String(eye(2, 2, options)));
  expect(String(eye(2, { diagonal: 1 }))).toBe(String(eye(2, 2, { diagonal: 1 })));
  expect(String(arange(3, options))).toBe(String(arange(0, 3, 1, options)));
  expect(String(arange(1, 3, options))).toBe(String(arange(1, 3, 1, options)));
  expect(String(linspace(0, 1, options))).toBe(String(linspace(0, 1, 50, options)));
  // @ts-expect-error no such option
  expect(() => eye(2, { type: "float64" })).toThrow(ConfigError);
});

test("a shape given as arguments is told to be a list", () => {
  for (const make of [zeros, ones, rand, randn]) {
    // @ts-expect-error a shape is a list
    expect(() => make(2, 3)).toThrow("a shape is a list of sizes such as [2, 3], got 2");
  }
});

test("eye has ones on one diagonal", () => {
  // np.eye(2, 3, k=1), np.eye(3, k=-2)
  expect(eye(2, 3, { diagonal: 1 }).toArray()).toEqual([[0, 1, 0], [0, 0, 1]]); // prettier-ignore
  expect(eye(3, 3, { diagonal: -2 }).toArray()).toEqual([[0, 0, 0], [0, 0, 0], [1, 0, 0]]); // prettier-ignore
  expect(eye(0).shape).toEqual([0, 0]);
});

test("arange counts as NumPy does", () => {
  expect(String(arange(3))).toBe("tensor([0, 1, 2], int32)");
  // np.arange(5, 0, -2), np.arange(0, 1, 0.25), np.arange(3, 3), np.arange(0, 1.1, 0.5)
  expect(arange(5, 0, -2).toArray()).toEqual([5, 3, 1]);
  expect(String(arange(0, 1, 0.25))).toBe("tensor([0.  , 0.25, 0.5 , 0.75], float32)");
  expect(arange(3, 3).shape).toEqual([0]);
  expect(arange(0, 1.1, 0.5).toArray()).toEqual([0, 0.5, 1]);
  expect(String(arange(2 ** 31 - 1, 2 ** 31 + 1))).toBe("tensor([2147483647, 2147483648], int64)");
  expect(arange(2 ** 31 - 1, 2 ** 31).dtype).toBe("int32");
  expect(() => arange(0, 1, 0)).toThrow(ConfigError);
  expect(() => arange(Infinity)).toThrow("never ends");
});

test("linspace ends exactly at its end", () => {
  // np.linspace(0, 1, 5), np.linspace(2, 3, 1)
  expect(linspace(0, 1, 5).toArray()).toEqual([0, 0.25, 0.5, 0.75, 1]);
  expect(linspace(2, 3, 1).toArray()).toEqual([2]);
  expect(linspace(0, 0.1, 4, { dtype: "float64" }).toArray()).toEqual([
    0, 0.03333333333333333, 0.06666666666666667, 0.1,
  ]);
  expect(linspace(0, 1, 0).shape).toEqual([0]);
});

describe("random tensors", () => {
  test("are the generator's numbers in row-major order", () => {
    // A separate Python implementation of xoshiro128** and Marsaglia's polar method, seed 7.
    expect(randn([2, 2], { seed: 7, dtype: "float64" }).toArray()).toEqual([[0.6644662862786538, -0.18715045313964931], [2.4940056828677215, 0.6285800174280405]]); // prettier-ignore
    expect(rand([2], { seed: 7, dtype: "float64" }).toArray()).toEqual([
      0.9272215834239151, 0.379670775508249,
    ]);
    expect(randn([], { seed: 7 }).item()).toBe(Math.fround(0.6644662862786538));
    expect(randn([3]).toArray()).toEqual(randn([3], { seed: 0 }).toArray());
  });

  test("rand never reaches 1, however coarse the dtype", () => {
    for (const dtype of ["float32", "float16", "bfloat16"] as const) {
      const values = rand([200_000], { seed: 1, dtype }).dataSync() as Float32Array;
      expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    }
  });

  test("randint covers its range and nothing else", () => {
    const x = randint(-2, 3, [1000], { seed: 1 });
    expect(x.dtype).toBe("int32");
    expect([...new Set(x.toArray() as number[])].toSorted((a, b) => a - b)).toEqual([-2, -1, 0, 1, 2]);
    expect(() => randint(3, 3, [1])).toThrow("randint: the range [3, 3) is empty");
  });
});

test("a name without a size makes the tensor abstract", () => {
  const made = [
    zeros(["B", 2]),
    ones(["B", 2]),
    full(["B", 2], 3),
    randn(["B", 2]),
    rand(["B", 2]),
    randint(0, 9, ["B", 2]),
    eye("B", 2),
    eye(2, "B"),
  ];
  expect(made.map((x) => x.isAbstract)).toEqual(made.map(() => true));
  expect(made.slice(-2).map((x) => String(x.dims))).toEqual(["B,2", "2,B"]);
  const sized = zeros([namedSize("B", 3), 2]);
  expect([sized.isAbstract, sized.shape, String(sized.dims)]).toEqual([false, [3, 2], "B,2"]);
});

test("like another tensor", () => {
  const x = abstractTensor([2, "n"], "int64");
  expect(String(create.zerosLike(x))).toBe("tensor([2, n], int64, abstract)");
  expect(String(create.onesLike(tensor([[5n]])))).toBe("tensor([[1]], int64)");
  expect(create.onesLike(x, { dtype: "bool" }).dtype).toBe("bool");
});

describe("bind", () => {
  test("replaces names by sizes, names and expressions", () => {
    const x = abstractTensor(["B", "2*n", 768], "float16");
    expect(bind(x, { B: 32, n: 512, other: 1 }).shape).toEqual([32, 1024, 768]);
    expect(String(bind(x, { n: "m+1" }))).toBe("tensor([B, 2·m + 2, 768], float16, abstract)");
    expect(bind(x, { B: 32, n: 512 }).strides).toEqual([1024 * 768, 768, 1]);
  });

  test("on data only confirms the sizes that are there", () => {
    const x = tensor([1, 2, 3], { shape: [namedSize("n", 3)] });
    expect(bind(x, { n: 3 }).toArray()).toEqual([1, 2, 3]);
    expect(() => bind(x, { n: 4 })).toThrow("bind: axis 0 of [n] holds 3 elements, not 4");
  });
});
