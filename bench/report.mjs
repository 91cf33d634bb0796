// What people read of the results: Markdown tables.
import { format } from "prettier";

/** What is printed for a time, and how many digits of it. */
const units = {
  "GFLOP/s": ({ work }, ms) => (work / ms / 1e6).toFixed(1),
  "ns/element": ({ work }, ms) => ((ms * 1e6) / work).toFixed(2),
  "tokens/s": ({ work }, ms) => ((work / ms) * 1000).toFixed(0),
  ms: (_, ms) => ms.toFixed(ms < 10 ? 2 : 1),
};

const introduction = [
  "# Benchmark",
  "",
  "- A process per peer, one measured at a time, interleaved: in every round each runs a case once, after half a second of",
  "  calls that do not count (compilation, memory). Medians; a sample in which the process lost the processor to others is",
  "  repeated, and one after a second of waiting begins with a call that does not count. All compute the same random,",
  "  full-rank numbers, and their results are compared.",
  "- Each call starts from the library's own tensors and ends with new elements in the caller's memory: copies out of",
  "  WebAssembly count for all, copies in for those that hold tensors outside it (Lintel, onnxruntime-web).",
  "- GFLOP/s = 2·m·n·k / time, and tokens/s: more is better. ns/element and ms: less is better.",
  "- The ratio is Lintel's speed over a peer's: above 1 Lintel is faster, losses are bold. A dash is a case that the peer",
  "  does not offer, or for which it takes many seconds.",
  "- NumPy computes decompositions of float32 matrices in float64, PyTorch in float32; the float64 cases compare like with",
  "  like.",
  "- `npm run bench` writes this file, and every time to `results.json`.",
  "",
];

const shown = (ratio) => {
  const text = `${ratio.toFixed(2)}×`;
  return ratio < 1 ? `**${text}**` : text;
};

const groupTitles = {
  wasm: "WebAssembly engines",
  large: "Large results",
  models: "Models",
  native: "Products on the machine's BLAS",
  decompositions: "Decompositions",
};

/** One table: a case per line, a peer per column. The first peer is Lintel; Lintel on another Node is no rival. */
function section({ title, ratios, peers, results }) {
  if (results.length === 0) return [`## ${title}`, "", "Left out: this machine lacks what it needs.", ""];
  const isRival = peers.map(({ module }) => module !== peers[0].module);
  const others = peers.filter((_, i) => isRival[i]);
  const compared = ratios ? others.map(({ label }) => `against ${label}`) : ["against the best"];
  const header = ["case", "unit", ...peers.map(({ label }) => label), ...compared];
  const lines = [
    `## ${title}`,
    "",
    peers.map(({ name }) => name).join(" · "),
    "",
    `Node ${peers[0].version.slice(5)}`,
    "",
  ];
  lines.push(`| ${header.join(" | ")} |`, `| --- | --- |${" ---: |".repeat(header.length - 2)}`);
  const lost = [];
  for (const result of results) {
    const { title: name, unit, times } = result;
    const cells = times.map((ms) => (ms === null ? "–" : units[unit](result, ms)));
    const own = times[0];
    const theirs = times.filter((_, i) => isRival[i]);
    const best = Math.min(...theirs.filter((ms) => ms !== null));
    const measured = ratios ? theirs : [Number.isFinite(best) ? best : null];
    const verdicts = measured.map((ms) => (ms === null || own === null ? "–" : shown(ms / own)));
    if (best < own) lost.push(name);
    lines.push(`| ${[name, unit, ...cells, ...verdicts].join(" | ")} |`);
  }
  return [...lines, "", lost.length === 0 ? "Lintel lost no case." : `Lost: ${lost.join("; ")}.`, ""];
}

const formatted = (lines) => format(lines.join("\n"), { parser: "markdown" });

/** The tables of one group, below a heading that says where and when they were measured. */
export const groupSection = (group, { machine, date, tables }) =>
  formatted([`# ${groupTitles[group]}`, "", `${machine}; ${date}`, "", ...tables.flatMap(section)]);

/** The whole file. */
export async function report(groups) {
  const sections = Object.entries(groups).map(([group, measured]) => groupSection(group, measured));
  return (await Promise.all([formatted(introduction), ...sections])).join("\n");
}
