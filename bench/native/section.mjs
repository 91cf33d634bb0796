// The native section of RESULTS.md.
import { compare, startPeers } from "./compare.mjs";

const edges = [256, 384, 512, 768, 1024, 1536, 2048];

/** Products of 2048×2048 take 0.2 s and vary little. */
const MOST_ROUNDS = 15;

/** Measures and writes Markdown. Without a BLAS library it says so in one line. */
export async function nativeSection({ rounds: wanted, sizes = edges }) {
  const rounds = Math.min(wanted, MOST_ROUNDS);
  const lines = ["# Benchmark: matrix product on the machine's BLAS", ""];
  for (const threads of [1, 2]) {
    const peers = await startPeers(threads);
    if (peers.length === 0) return [...lines, "Left out: no BLAS library on this machine.", ""].join("\n");
    if (threads === 1) lines.push(...introduction(peers, rounds));
    for (const dtype of ["float32", "float64"]) {
      lines.push(`## ${dtype}, ${threads} thread${threads > 1 ? "s" : ""}`, "", ...header(peers));
      for (const edge of sizes) {
        process.stderr.write(`native ${dtype} ${edge}, ${threads} threads\n`);
        lines.push(row(edge, await compare(peers, { edge, dtype, threads }, rounds)));
      }
      lines.push("");
    }
    for (const peer of peers) peer.stop();
  }
  return lines.join("\n");
}

const introduction = (peers, rounds) => [
  ...peers.map(({ name }) => `- ${name}`),
  `- A·B of n×n matrices: tensors in, a new tensor out. A process per peer, one measured at a time, interleaved;`,
  `  medians of ${rounds} rounds; a round in which a peer lost the processor to others is repeated.`,
  "- GFLOP/s = 2·n³ / time. A ratio above 1 means Lintel is faster.",
  "",
];

function header(peers) {
  const cells = ["n", ...peers.flatMap(({ label }) => [`${label}, ms`, "GFLOP/s"])];
  for (const { label } of peers.slice(1)) cells.push(`Lintel / ${label}`);
  return [`| ${cells.join(" | ")} |`, `|${cells.map(() => "---:").join("|")}|`];
}

function row(edge, times) {
  const cells = [edge];
  for (const ms of times) cells.push(ms.toFixed(3), ((2 * edge ** 3) / ms / 1e6).toFixed(1));
  for (const ms of times.slice(1)) cells.push(`${(ms / times[0]).toFixed(2)}×`);
  return `| ${cells.join(" | ")} |`;
}
