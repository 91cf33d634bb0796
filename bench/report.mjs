import { cpus } from "node:os";

const rate = ({ kind, work }, ms) => (kind === "product" ? work / ms / 1e6 : (ms * 1e6) / work);

/** What the first lines of the file say. */
export function introduction(date) {
  return [
    "# Benchmark: WebAssembly engines",
    "",
    `- Machine: ${cpus()[0].model.trim()}, ${cpus().length} logical cores, ${process.platform} ${process.arch}; ${date}`,
    "- Each call starts from the library's own tensors and ends with new elements in JavaScript's memory: copies out of",
    "  WebAssembly count for all, copies in for those that hold tensors outside it (Lintel, onnxruntime-web).",
    "- Products in GFLOP/s = 2·m·n·k / time, more is better; maps of 32,768 × 512 elements in ns an element, less is",
    "  better. A process per peer, one measured at a time, interleaved; medians; a sample in which the process lost",
    "  the processor to others is repeated.",
    "- The ratio is Lintel's speed over the fastest peer's: above 1 Lintel is faster, losses are bold. A dash is a case",
    "  that the peer does not offer.",
    "- `npm run bench` writes this file.",
    "",
  ];
}

/** One table: a case per line, a peer per column. The first peer is Lintel. */
export function section(title, peers, results) {
  const lines = [
    `## ${title}`,
    "",
    `${peers.map(({ name }) => name).join(" · ")} · Node ${peers[0].version}`,
    "",
  ];
  const header = ["case", ...peers.map(({ label }) => label), "Lintel / best"];
  lines.push(`| ${header.join(" | ")} |`, `| --- |${" ---: |".repeat(header.length - 1)}`);
  const lost = [];
  for (const { testCase, times } of results) {
    const digits = testCase.kind === "product" ? 1 : 2;
    const cells = times.map((ms) => (ms === undefined ? "–" : rate(testCase, ms).toFixed(digits)));
    const others = times.slice(1).filter((ms) => ms !== undefined);
    const ratio = Math.min(...others) / times[0];
    const shown = others.length === 0 ? "–" : `${ratio.toFixed(2)}×`;
    if (ratio < 1) lost.push(testCase.title);
    lines.push(`| ${testCase.title} | ${cells.join(" | ")} | ${ratio < 1 ? `**${shown}**` : shown} |`);
  }
  return [...lines, "", lost.length === 0 ? "Lintel lost no case." : `Lost: ${lost.join("; ")}.`, ""];
}
