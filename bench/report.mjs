import { cpus } from "node:os";

const gflops = (flops, milliseconds) => (flops / milliseconds / 1e6).toFixed(1);

/** The results as Markdown. The first peer is the one the ratios are about; losses are marked. */
export function markdown(peers, results, { rounds, date }) {
  const [subject, ...others] = peers;
  const lines = [
    "# Benchmark: float32 matrix product, one thread",
    "",
    `- Machine: ${cpus()[0].model.trim()}, ${cpus().length} logical cores, ${process.platform} ${process.arch}`,
    `- Node ${process.versions.node} (V8 ${process.versions.v8}), ${date}`,
    `- Peers: ${peers.map((peer) => peer.name).join(" against ")}`,
    `- Square matrices n×n, uniform random, full rank. Each call takes ordinary typed arrays and returns a new one:`,
    `  copies in and out are included. Peers interleaved in one process, medians of ${rounds} rounds;`,
    `  a round in which the process lost the processor to others is repeated.`,
    "- GFLOP/s = 2·n³ / time. A ratio above 1 means Lintel is faster; losses are bold.",
    "- `npm run bench` writes this file.",
    "",
  ];
  for (const layout of new Set(results.map((result) => result.testCase.name))) {
    const header = ["n", ...peers.flatMap(({ name }) => [`${name}, ms`, "GFLOP/s"])];
    for (const other of others) header.push(`Lintel / ${other.name.split(" ")[0]}`);
    lines.push(`## ${layout}`, "", `| ${header.join(" | ")} |`, `|${header.map(() => "---:").join("|")}|`);
    for (const { testCase, times } of results.filter((result) => result.testCase.name === layout)) {
      const cells = [testCase.edge, ...times.flatMap((ms) => [ms.toFixed(3), gflops(testCase.flops, ms)])];
      for (const ms of times.slice(1)) {
        const ratio = ms / times[0];
        cells.push(ratio < 1 ? `**${ratio.toFixed(2)}×**` : `${ratio.toFixed(2)}×`);
      }
      lines.push(`| ${cells.join(" | ")} |`);
    }
    lines.push("");
  }
  const losses = results.filter(({ times }) => times.slice(1).some((ms) => ms < times[0]));
  const named = losses.map(({ testCase }) => `${testCase.name} at ${testCase.edge}`).join(", ");
  lines.push(losses.length === 0 ? `${subject.name} lost no case.` : `Lost: ${named}.`, "");
  return lines.join("\n");
}
