import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, describe, expect, test, vi } from "vitest";
import { examples, runExample } from "../scripts/example.mjs";
import { root, runTsc } from "./types/run-tsc.js";

const folder = join(root, "examples");
const names = examples();

const outputs = new Map<string, Promise<string>>();

/** What an example prints. Each runs once. */
function outputOf(name: string): Promise<string> {
  const known = outputs.get(name) ?? capture(name);
  outputs.set(name, known);
  return known;
}

async function capture(name: string): Promise<string> {
  const lines: string[] = [];
  const log = vi
    .spyOn(console, "log")
    .mockImplementation((line: unknown = "") => void lines.push(String(line)));
  await runExample(name);
  log.mockRestore();
  return `${lines.join("\n")}\n`;
}

afterEach(() => {
  vi.restoreAllMocks();
});

/** Lines that say "measured" carry figures of the machine: their decimals are not compared. */
const withoutMeasurements = (output: string): string =>
  output.replace(/^.*measured:.*$/gm, (line) => line.replace(/\s+\d+\.\d+(e[+-]\d+)?/g, " #"));

const expectedFile = (name: string): string =>
  join(folder, dirname(name), "expected", `${name.split("/").at(-1)}.txt`);

describe("every example prints what is expected", () => {
  // UPDATE_EXPECTED=1 writes the files anew; read the difference before committing it.
  test.each(names)("%s", async (name) => {
    const output = withoutMeasurements(await outputOf(name));
    const file = expectedFile(name);
    if (process.env["UPDATE_EXPECTED"] === "1") {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, output);
    }
    expect(existsSync(file), `${file} is missing: run with UPDATE_EXPECTED=1`).toBe(true);
    expect(output).toBe(readFileSync(file, "utf8"));
  });

  test("and there is no expectation without an example", () => {
    const stored = ["", "chapter"].flatMap((part) =>
      readdirSync(join(folder, part, "expected")).map((file) => join(part, file.replace(/\.txt$/, ""))),
    );
    expect(stored.toSorted()).toEqual(names);
  });
});

/**
 * The figures of the chapter, right ones where the chapter's are wrong (docs/errata.md), independent of the files
 * above. A figure follows its label: everything of one entry must stand in one line, in this order.
 */
const figures: Record<string, readonly (readonly string[])[]> = {
  "01-images-as-vectors": [["28 × 28"], ["x ∈ ℝ^784"], ["224 × 224 × 3"], ["x ∈ ℝ^150528", "150,528"]],
  "04-linear-layer": [
    ["W ", "256 × 784"],
    ["weights", "200,704"],
    ["biases", "256"],
    ["total", "200,960"],
  ],
  "05-forward": [
    ["Wx", "[-0.5, 1.6]"],
    ["h = Wx + b", "[-0.4, 1.4]"],
    ["layer.forward(x)", "[-0.4, 1.4]"],
  ],
  "06-matrix-product": [
    ["1(5) + 2(7)", "19"],
    ["1(6) + 2(8)", "22"],
    ["3(5) + 4(7)", "43"],
    ["3(6) + 4(8)", "50"],
    ["[[19., 22.],"],
    ["[43., 50.]]"],
  ],
  "07-matmul-cost": [
    ["FLOPs", "2·m·p·n"],
    ["FLOPs", "2·n²·d_k"],
    ["FLOPs", "1,073,741,824", "1.07 GFLOPs"],
  ],
  "08-feed-forward-cost": [
    ["first transformation", "2·B·n·d_model·d_ff"],
    ["second transformation", "2·B·n·d_ff·d_model"],
    ["total", "4·B·d_ff·d_model·n"],
    ["products", "154,618,822,656", "154.6 GFLOPs"],
  ],
  "09-batched-matmul": [
    ["A ", "B × h × n × n"],
    ["A ", "32 × 12 × 512 × 512"],
    ["FLOPs", "12,884,901,888", "12.9 GFLOPs"],
  ],
  "10-broadcasting": [
    ["32 × 512 × 768 + 768", "32 × 512 × 768"],
    ["explicitly", "32 × 512 × 768"],
    ["strides", "[0, 0, 1]"],
  ],
  "11-transpose-laws": [["‖(Aᵀ)ᵀ − A‖", "0"]],
  "12-memory-layout": [
    ["memory", "[a, b, c, d]"],
    ["strides", "[2, 1]"],
    ["memory", "[a, c, b, d]"],
    ["strides", "[1, 2]"],
  ],
  "13-memory-access": [
    ["row after row", "1,048,576"],
    ["column after column", "16,777,216"],
    ["measured: ratio"],
  ],
  "14-blas-levels": [
    ["level 1", "2·n FLOPs"],
    ["level 2", "2·n² FLOPs"],
    ["level 3", "2·n³ FLOPs", "3·n² elements"],
    ["level 1", "× 2"],
    ["level 2", "× 4"],
    ["level 3", "× 8"],
    ["measured: level 3", "GFLOP/s"],
  ],
  "15-roofline-matmul": [
    ["FLOPs", "137,438,953,472", "137.4 GFLOPs"],
    ["bytes", "201,326,592", "192.0 MiB", "201.3 MB"],
    ["compute time", "0.44 ms"],
    ["memory time", "0.126 ms"],
    ["bound by", "compute"],
  ],
  "16-arithmetic-intensity": [
    ["ReLU", "n FLOPs", "8·n bytes"],
    ["product", "2·n³ FLOPs", "12·n² bytes"],
    ["312 TFLOP/s", "195.0 FLOP/byte"],
    ["ReLU", "0.125", "float16 memory"],
    ["n = 64", "10.7", "float16 memory"],
    ["n = 1024", "170.7", "float16 memory"],
  ],
  "17-blocked-matmul": [
    ["measured: schoolbook", "GFLOP/s"],
    ["measured: in blocks of 64", "GFLOP/s"],
    ["measured: A.matmul(B)", "GFLOP/s"],
  ],
  "17-cache-misses": [
    ["8 × 8", "270,336 without"],
    ["16 × 16", "270,336 without"],
    ["32 × 32", "270,336 without"],
  ],
  "18-dot-products": [
    ["qᵀk1", "0.92"],
    ["qᵀk2", "0.20"],
    ["‖q‖ ‖k1‖ cos θ", "0.92"],
  ],
  "19-eigenvalues": [
    ["λ1", "4.000000"],
    ["√2 · v1", "[1, 1]"],
    ["λ2", "2.000000"],
    ["√2 · v2", "[1, -1]"],
    ["tr(A)", "6.0"],
    ["det(A)", "8.0"],
  ],
  "21-best-approximation": [["rank 10: W₁ 40 × 10, W₂ 10 × 64"]],
  "22-low-rank-parameters": [
    ["W ", "1,048,576"],
    ["W₁ and W₂", "2560·k"],
    ["ratio", "k / 409.6"],
    ["k = 64", "163,840", "84.4 %"],
    ["k = 128", "327,680", "68.8 %"],
    ["W ", "4,194,304", "4.0 MiB"],
    ["W₁ and W₂", "655,360", "0.625 MiB"],
    ["per layer", "3.375 MiB"],
    ["100 layers", "337.5 MiB"],
  ],
  "23-exponential-spectrum": [
    ["k = 16", "0.449269", "0.449269", "0.449329"],
    ["error ≤ 0.1", "k = 46", "found 46", "true"],
  ],
  "24-rank-table": [
    ["k = 256", "37.50 %", "50.00 %"],
    ["k = 128", "68.75 %", "75.00 %"],
    ["k = 64", "84.38 %", "87.50 %"],
    ["k = 32", "92.19 %", "93.75 %"],
  ],
  "26-svd-listing": [
    ["W1, W2", "512 × 64, 64 × 2048"],
    ["Relative error", "0.8731"],
    ["Parameters", "1,048,576 -> 163,840"],
    ["Compression", "84.4 %"],
    ["lowRank(W, 64)", "error 0.8731"],
    ["within 2 %", "true"],
    ["rank 64", "0.3464"],
  ],
  "27-norms": [
    ["L1", "7"],
    ["L2", "5"],
    ["L∞", "4"],
  ],
  "28-embedding-memory": [
    ["E ", "50257 × 12288"],
    ["parameters", "617,558,016"],
    ["32-bit", "2,470,232,064", "2.30 GiB"],
    ["16-bit", "1.15 GiB"],
    ["embedded", "32 × 2048 × 12288"],
    ["memory", "3,221,225,472", "3.0 GiB"],
  ],
  "29-dimension-errors": [
    ["inner dims 768 and 512 differ; did you mean .matmul(other.transpose(-2, -1))?"],
    ["transpose(-2, -1)", "32 × 512 × 512"],
    ["x.unsqueeze(0)", "1 × 512 × 768"],
    ["x.unsqueeze(0).matmul(W)", "1 × 512 × 3072"],
    ["[32, 512, 768] + [768]", "32 × 512 × 768"],
  ],
  "30-bert-parameters": [
    ["multi-head attention", "2,359,296"],
    ["feed-forward network", "4,722,432"],
    ["layer normalisations", "3,072"],
    ["total", "7,084,800"],
    ["token embeddings", "23,040,000"],
    ["position embeddings", "393,216"],
    ["token type embeddings", "1,536"],
    ["12 encoder layers", "85,017,600"],
    ["pooler", "590,592"],
    ["total", "109,044,480"],
    ["token embeddings", "21.1 %"],
    ["encoder layers", "78.0 %"],
    ["share", "30.9 %"],
    ["total", "109,482,240"],
  ],
  "32-dimension-tracking": [
    ["input", "32 × 512 × 768"],
    ["reshape", "[B, n, 12, 64]", "32 × 512 × 12 × 64"],
    ["matmul", "[B, 12, n, n]", "32 × 12 × 512 × 512"],
    ["matmul", "[B, 12, n, 64]", "32 × 12 × 512 × 64"],
    ["reshape", "[B, n, 768]", "32 × 512 × 768"],
    ["linear", "[B, n, 3072]", "32 × 512 × 3072"],
    ["linear", "[B, n, 768]", "32 × 512 × 768"],
  ],
  "33-activation-memory": [
    ["Q, K, V", "151.0 MB"],
    ["scores", "402.7 MB"],
    ["attention output", "50.3 MB"],
    ["FFN", "201.3 MB"],
    ["per layer", "805.3 MB"],
    ["12 layers", "9.66 GB"],
    ["share", "50 %"],
    ["n = 1024", "1.61 GB"],
  ],
  "34-bert-flops": [
    ["projections", "1,811,939,328"],
    ["QKᵀ", "402,653,184"],
    ["AV", "402,653,184"],
    ["output projection", "603,979,776"],
    ["subtotal", "3.22 GFLOPs"],
    ["W₁", "2,415,919,104"],
    ["W₂", "2,415,919,104"],
    ["subtotal", "4.83 GFLOPs"],
    ["per layer", "8.05 GFLOPs"],
    ["12 layers", "96.64 GFLOPs"],
    ["training step", "289.91 GFLOPs"],
    ["feed-forward network", "60 %"],
    ["scores", "10 %"],
  ],
  "35-training-memory": [
    ["parameters", "436.2 MB"],
    ["gradients", "436.2 MB"],
    ["Adam", "872.4 MB"],
  ],
  "36-hardware-timing": [
    ["forward", "96.6 GFLOPs", "0.44 ms"],
    ["batch of 32", "14.2 ms"],
    ["training step", "42.5 ms"],
    ["throughput", "385,704"],
    ["time", "0.27 ms"],
  ],
  "exercise-1-similarity": [
    ["xᵀy", "-8"],
    ["‖x‖₂", "√14", "3.742"],
    ["‖y‖₂", "√21", "4.583"],
    ["sim(x, y)", "-0.467"],
  ],
  "exercise-2-feed-forward": [
    ["first", "2,359,296 weights", "3,072 biases"],
    ["second", "2,359,296 weights", "768 biases"],
    ["total", "4,722,432", "4,718,592"],
    ["X", "32 × 512 × 768"],
    ["products", "154,618,822,656"],
  ],
  "exercise-4-compression": [
    ["W₁", "5120·r"],
    ["0.25", "204.8"],
    ["r ", "204"],
    ["r = 204", "75.10 %"],
    ["r = 205", "74.98 %"],
    ["r = 204", "12,599,296", "12.02 MiB"],
  ],
  "exercise-5-attention-intensity": [
    ["A ", "16 × 1024 × 1024"],
    ["2n²d_k", "2,147,483,648", "2.15 GFLOPs"],
    ["transferred", "75,497,472"],
    ["intensity", "28.4 FLOP/byte"],
    ["above", "195 FLOP/byte"],
    ["bound by", "memory"],
  ],
  "exercise-6-embeddings": [
    ["V × d", "16,384,000"],
    ["table", "65,536,000", "62.5 MiB"],
    ["memory", "33,554,432", "32.0 MiB"],
    ["B ", "512 × 16 = 8,192"],
    ["rows", "512,000"],
    ["trainable", "520,192"],
    ["of the table", "3.2 %"],
  ],
  "exercise-7-order": [
    ["FLOPs", "1,074,266,112"],
    ["FLOPs", "4,194,304"],
    ["cheaper", "256×"],
  ],
  "exercise-8-roofline": [
    ["2 · 2048³", "17,179,869,184", "17.2 GFLOPs"],
    ["total", "50,331,648"],
    ["intensity", "341.3 FLOP/byte"],
    ["compute time", "0.172 ms"],
    ["memory time", "0.0559 ms"],
    ["bound by", "compute"],
  ],
};

const pattern = (parts: readonly string[]): RegExp =>
  new RegExp(parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".*?"), "m");

describe("the figures of the chapter", () => {
  test.each(Object.keys(figures))("%s", async (name) => {
    let rest = await outputOf(`chapter/${name}`);
    for (const parts of figures[name]) {
      const found = pattern(parts).exec(rest);
      expect(found, `${parts.join(" … ")} in\n${rest}`).not.toBeNull();
      rest = rest.slice(found!.index + found![0].length);
    }
  });

  test("word analogy: the nearest word is the one that completes it", async () => {
    const answers = [...(await outputOf("chapter/02-word-analogy")).matchAll(/≈\n {2}(\w+)/g)].map(
      ([, word]) => word,
    );
    expect(answers).toEqual(["queen", "prince", "horse"]);
  });

  test("blocking costs n³/√M: a cache four times as large halves the loads", async () => {
    const output = await outputOf("chapter/17-cache-misses");
    const loads = [...output.matchAll(/([\d,]+) with blocks/g)].map(([, n]) => Number(n.replaceAll(",", "")));
    expect(loads).toHaveLength(3);
    for (const i of [1, 2]) expect(loads[i - 1] / loads[i]).toBeCloseTo(2, 1);
  });

  test.each(names)("every law that %s checks holds", async (name) => {
    expect((await outputOf(name)).split("\n").filter((line) => /\bfalse\b|NaN|undefined/.test(line))).toEqual(
      [],
    );
  });
});

describe("docs/errata.md", () => {
  // | where | the chapter says | `right` | why | [program] |
  const errata = readFileSync(join(root, "docs/errata.md"), "utf8");
  const rows = [...errata.matchAll(/^\|.*`.*\[(\S+)\]\(.*\) *\|$/gm)].map(([row, program]) => {
    const [, where, , right] = row.split("|").map((cell) => cell.trim());
    return { where, program, right: [...right.matchAll(/`([^`]+)`/g)].map(([, figure]) => figure) };
  });

  test.each(rows)("$where: $right comes out of $program", async ({ program, right }) => {
    const output = await outputOf(`chapter/${program}`);
    expect(right.length).toBeGreaterThan(0);
    for (const figure of right) expect(output).toContain(figure);
  });

  test("has a row for every erratum that we know", () => {
    expect(rows.length).toBeGreaterThanOrEqual(20);
  });
});

test("examples/README.md lists every program", () => {
  const links = [...readFileSync(join(folder, "README.md"), "utf8").matchAll(/\]\((\S+)\.ts\)/g)];
  expect(links.map(([, name]) => name).toSorted()).toEqual(names);
});

test("the dimension errors say in the editor what they say when they run", async () => {
  const name = "29-dimension-errors";
  const source = readFileSync(join(folder, "chapter", `${name}.ts`), "utf8");
  const promised = [...source.matchAll(/@ts-expect-error (.*)$/gm)].map(([, message]) => message);
  expect(promised).toHaveLength(4);

  // The same program without the comments that silence the compiler, where neither git nor the linter looks.
  const place = join(root, "node_modules/.cache/lintel-examples");
  mkdirSync(place, { recursive: true });
  writeFileSync(join(place, "program.ts"), source.replaceAll("@ts-expect-error", ""));
  copyFileSync(join(folder, "chapter/format.ts"), join(place, "format.ts"));
  const paths = { lintel: [`${root}/dist/index.d.ts`] };
  const config = {
    extends: join(root, "tsconfig.json"),
    compilerOptions: { paths },
    files: ["program.ts"],
    include: [],
  };
  writeFileSync(join(place, "tsconfig.json"), JSON.stringify(config));
  const { diagnostics } = await runTsc("-p", place);

  const inEditor = diagnostics.map(({ text }) => /parameter of type '"(.*)"'\.$/.exec(text)?.[1]);
  expect(inEditor).toEqual(promised);
  const output = await outputOf(`chapter/${name}`);
  for (const message of promised) expect(output).toContain(`ShapeError:\n    ${message}\n`);
});

describe("npm run example", () => {
  const run = (...args: string[]): string =>
    execFileSync(process.execPath, [join(root, "scripts/example.mjs"), ...args], {
      encoding: "utf8",
      stdio: "pipe",
    });

  test("lists every example with its description", () => {
    const lines = run().trim().split("\n").slice(2);
    expect(lines.map((line) => line.trim().split(/\s+/)[0])).toEqual(names);
    for (const line of lines) expect(line).toMatch(/^\s+\S+ {2,}\S.{10,}/);
  });

  test("runs one by the beginning of its name", () => {
    expect(run("chapter/05")).toContain("[-0.4, 1.4]");
  });

  test.each([
    ["chapter/99", "no example is called 'chapter/99'"],
    ["chapter/exercise", "may be chapter/exercise-1-similarity or"],
  ])("refuses %s", (name, message) => {
    let failure: { status?: number; stderr?: string } = {};
    try {
      run(name);
    } catch (error) {
      failure = error as typeof failure;
    }
    expect(failure.status).toBe(2);
    expect(failure.stderr).toContain(message);
  });
});
