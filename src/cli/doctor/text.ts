import pico from "picocolors";
import { decimal, integer, significant } from "../../report/format.js";
import { bar, barWidth } from "../../report/bar.js";
import { drawNotes, drawSection, type Paint } from "../../report/table.js";
import { wrap } from "../../report/wrap.js";
import type { Diagnosis, EngineReport } from "./diagnose.js";
import { drawMemoryReport } from "./memory-text.js";

/** A diagnosis for a terminal. */
export function diagnosisText(
  diagnosis: Diagnosis,
  { width, color }: { readonly width: number; readonly color: boolean },
): string {
  const paint = pico.createColors(color);
  const columns = Math.max(60, Math.min(width, 120));
  const blocks = [
    machine(diagnosis, columns, paint),
    `${paint.bold("Engines, fastest first")}\n${diagnosis.engines.map((engine) => engineLines(engine, columns, paint)).join("\n")}`,
    products(diagnosis, columns, paint),
    roofline(diagnosis, columns, paint),
    ...(diagnosis.memory === null ? [] : drawMemoryReport(diagnosis.memory, columns, paint)),
    drawNotes(notesOf(diagnosis), columns, paint),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function machine(diagnosis: Diagnosis, width: number, paint: Paint): string {
  const { node, platform, cpu, cores, memoryBytes, lastLevelCacheBytes: cache, wasmFeatures } = diagnosis;
  const has = (yes: boolean, what: string): string => `${yes ? paint.green("✔") : paint.red("✘")} ${what}`;
  const gibibytes = (memoryBytes / 2 ** 30).toFixed(1);
  const facts = [
    `${cores} core${cores === 1 ? "" : "s"} available`,
    `${gibibytes} GiB of memory`,
    ...(cache === null ? [] : [`${integer(cache / 2 ** 20)} MiB of last-level cache`]),
  ];
  const wasm = [
    has(wasmFeatures.simd, "SIMD"),
    has(wasmFeatures.relaxedSimd, "relaxed SIMD"),
    has(wasmFeatures.sharedMemory, "shared memory"),
  ];
  const rows = [
    ["Node", `${node}, ${platform}`],
    ["CPU", wrap([cpu, ...facts].join(", "), width, " ".repeat(15))],
    ["WebAssembly", wasm.join("  ")],
  ];
  return [
    paint.bold("Machine"),
    ...rows.map(([key, value]) => `  ${paint.dim(key.padEnd(11))}  ${value}`),
  ].join("\n");
}

function engineLines(engine: EngineReport, width: number, paint: Paint): string {
  const { name, available, summary, version, path, threads, limits, tried } = engine;
  const indent = " ".repeat(15);
  const count = threads === null ? "" : `, ${threads} thread${threads === 1 ? "" : "s"}`;
  const why = limits === null ? "" : `; ${limits}`;
  const what = path === null ? summary : (version ?? summary);
  const lines = [
    `${what}${available && name !== "reference" ? count + why : ""}`,
    ...(path === null ? [] : [path]),
    ...(available ? [] : tried.slice(0, 3).map(({ file, outcome }) => `${file}: ${outcome}`)),
  ].map((line) => wrap(line, width, indent));
  const mark = available ? paint.green("✔") : paint.red("✘");
  return `  ${mark} ${name.padEnd(9)}  ${lines.join(`\n${indent}`)}`;
}

function products({ engines }: Diagnosis, width: number, paint: Paint): string {
  const used = engines.filter(({ available }) => available);
  const rates = used.flatMap(({ name, gemm }) =>
    (["float32", "float64"] as const).map((dtype) => {
      const best = gemm
        .filter((rate) => rate.dtype === dtype)
        .reduce((a, b) => (b.flopsPerSecond > a.flopsPerSecond ? b : a));
      return { name, ...best };
    }),
  );
  const largest = Math.max(...rates.map(({ flopsPerSecond }) => flopsPerSecond));
  return drawSection(
    {
      title: "Matrix products, the best of several sizes",
      columns: [
        { name: "engine", align: "left" },
        { name: "", align: "left" },
        { name: "GFLOP/s", align: "right" },
        { name: "at n =", align: "right" },
        { name: "", align: "left" },
      ],
      rows: rates.map(({ name, dtype, n, flopsPerSecond }) => [
        dtype === "float32" ? name : "",
        dtype,
        decimal(flopsPerSecond / 1e9),
        integer(n),
        bar(flopsPerSecond / largest, barWidth(width, 52)),
      ]),
    },
    width,
    paint,
  );
}

function roofline(
  { roofline: ridges, copyBytesPerSecond, engine }: Diagnosis,
  width: number,
  paint: Paint,
): string {
  const { float32, float64 } = ridges;
  const rows = [
    ["copying", `${significant(copyBytesPerSecond / 1e9)} GB/s, bytes read and bytes written`],
    [
      "ridge",
      `${significant(float32.ridgeFlopsPerByte)} FLOP/B in float32, ` +
        `${significant(float64.ridgeFlopsPerByte)} in float64, for the ${engine} engine`,
    ],
  ];
  return [
    paint.bold("Roofline"),
    ...rows.map(([key, value]) => `  ${paint.dim(key.padEnd(7))}  ${wrap(value, width, " ".repeat(11))}`),
  ].join("\n");
}

function notesOf({ memory }: Diagnosis): string[] {
  return [
    "Every figure is the fastest of several runs; other programs that run meanwhile make it smaller.",
    "Products: one multiply-add counts as 2 FLOPs; n × n matrices, called as a program calls them, results allocated.",
    "Copying is done by one thread. Ridge: an op with fewer FLOPs per byte than this waits for memory.",
    ...(memory === null
      ? []
      : [
          "Reading: 32-bit numbers, added up in plain JavaScript. Useful bytes are the numbers themselves; memory moves " +
            "whole cache lines, mostly of 64 bytes.",
          "BLAS levels: bytes are every operand once and the result once. Plain loops and blocks are JavaScript and " +
            "scalar, so a block gains only what the cache gives; packed is the fastest engine.",
        ]),
  ];
}
