// What shape checking costs the compiler: a 12-layer BERT against the package's typed API.
//
//   node scripts/type-budget.mjs            prints the figures
//   node scripts/type-budget.mjs --json     the same as one JSON object
//   node scripts/type-budget.mjs --record   also writes the counts to test/types/budget.json
//
// Three programs: "empty" imports the package and does nothing; "same" has twelve equal layers; in "different"
// every layer has its own width, so that no instantiation is shared. Counts are net of "empty" and deterministic
// (one checker); seconds are those of this machine.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const budgetFile = join(root, "test", "types", "budget.json");

const imports = `import { einsum, embedding, input, layerNorm, linear, zeros, type Tensor } from "../../../../src/index.js";\n`;

/** One encoder layer, written as a user would. Every line is a checked call. */
function layer(i, width, heads, previous) {
  const head = width / heads;
  const hidden = 4 * width;
  const dense = (x, out, from) => `linear(${x}, zeros([${out}, ${from}]), zeros([${out}]))`;
  const norm = (x) => `layerNorm(${x}, zeros([${width}]), zeros([${width}]))`;
  return `
const p${i} = ${previous === width ? `x${i}` : dense(`x${i}`, width, previous)};
const q${i} = ${dense(`p${i}`, width, width)}.reshape(["B", "n", ${heads}, ${head}]).transpose(1, 2);
const k${i} = ${dense(`p${i}`, width, width)}.reshape(["B", "n", ${heads}, -1]).transpose(1, 2);
const v${i} = ${dense(`p${i}`, width, width)}.rearrange("B n (h d) -> B h n d", { h: ${heads} });
const s${i} = q${i}.matmul(k${i}.transpose(-2, -1)).mul(1 / Math.sqrt(${head}));
const a${i} = s${i}.add(mask).softmax(-1);
const e${i} = einsum("bhqk,bhkd->bhqd", a${i}, v${i});
const c${i} = a${i}.matmul(v${i}).add(e${i}).transpose(1, 2).reshape(["B", "n", ${width}]);
const r${i} = ${dense(`c${i}`, width, width)}.add(p${i});
const d${i} = r${i}.sub(r${i}.mean(-1, true));
const w${i} = d${i}.mul(d${i}).mean(-1, true);
const n${i} = d${i}.div(w${i}.sqrt()).mul(zeros([${width}])).add(zeros([${width}]));
const f${i} = ${dense(`n${i}`, hidden, width)}.gelu();
const g${i} = ${dense(`f${i}`, width, hidden)}.add(n${i});
const x${i + 1}: Tensor<["B", "n", ${width}]> = ${norm(`g${i}`)};
`;
}

function bert(widthOf) {
  const layers = Array.from({ length: 12 }, (_, i) =>
    layer(i, widthOf(i), 12, i === 0 ? 768 : widthOf(i - 1)),
  );
  const last = widthOf(11);
  return `${imports}
const ids = input(["B", "n"]);
const mask = input(["B", 1, 1, "n"]);
const e = embedding(ids, zeros([30522, 768])).add(embedding(input(["n"]), zeros([512, 768])));
const x0: Tensor<["B", "n", 768]> = layerNorm(e, zeros([768]), zeros([768]));
${layers.join("")}
const pooled = linear(x12.slice(1, 0, 1).squeeze(1), zeros([${last}, ${last}])).tanh();
const logits: Tensor<["B", 2]> = linear(pooled, zeros([2, ${last}]));
export const probabilities = logits.softmax(-1);
`;
}

const programs = {
  empty: `${imports}export type { Tensor };\nvoid [einsum, embedding, input, layerNorm, linear, zeros];\n`,
  same: bert(() => 768),
  different: bert((i) => 12 * (64 + i)),
};

function measure(name, source) {
  const folder = join(root, "node_modules", ".cache", "lintel-types", `budget-${name}`);
  const up = relative(folder, root);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "program.ts"), source);
  const config = {
    extends: join(up, "test/types/tsconfig.json"),
    compilerOptions: { rootDir: up },
    files: ["program.ts"],
    include: [],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const args = [tsc, "-p", folder, "--extendedDiagnostics", "--pretty", "false", "--singleThreaded"];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: "utf8" });
  if (status !== 0) {
    const reasons = stdout.split("\n").filter((line) => line.includes("error TS"));
    throw new Error(`the program "${name}" does not compile:\n${reasons.join("\n") || stderr}`);
  }
  const figure = (label) => Number(new RegExp(`^${label}:\\s*([\\d.]+)`, "m").exec(stdout)?.[1]);
  return {
    instantiations: figure("Instantiations"),
    types: figure("Types"),
    checkSeconds: figure("Check time"),
    totalSeconds: figure("Total time"),
  };
}

export function measureBudget() {
  const all = Object.fromEntries(
    Object.entries(programs).map(([name, source]) => [name, measure(name, source)]),
  );
  const net = (name) => ({
    instantiations: all[name].instantiations - all.empty.instantiations,
    types: all[name].types - all.empty.types,
  });
  return { seconds: all, counts: { same: net("same"), different: net("different") } };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { seconds, counts } = measureBudget();
  if (process.argv.includes("--record")) writeFileSync(budgetFile, `${JSON.stringify(counts, null, 2)}\n`);
  if (process.argv.includes("--json")) {
    process.stdout.write(
      `${JSON.stringify({ schema: "lintel.type-budget/1", programs: seconds, net: counts })}\n`,
    );
  } else {
    const cell = (value) => String(value).padStart(16);
    const row = (name, ...cells) => `${name.padEnd(12)}${cells.map(cell).join("")}\n`;
    let table = row("12 layers", "check s", "total s", "instantiations", "types");
    for (const [name, figures] of Object.entries(seconds)) {
      const { checkSeconds, totalSeconds, instantiations, types } = figures;
      table += row(name, checkSeconds.toFixed(3), totalSeconds.toFixed(3), instantiations, types);
    }
    for (const [name, figures] of Object.entries(counts)) {
      table += row(`${name}, net`, "", "", figures.instantiations, figures.types);
    }
    process.stdout.write(table);
  }
}
