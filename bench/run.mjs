// npm run bench: installs the peers and builds what is stale, measures, prints and writes bench/RESULTS.md.
//   --sizes 128,512   other matrix edges       --rounds 9   other number of rounds
//   --only wasm|native   one section
// With any option it only prints: RESULTS.md is written by full runs.
import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = dirname(fileURLToPath(import.meta.url));
const text = { type: "string" };
const { values } = parseArgs({ options: { sizes: text, rounds: text, only: text } });
const sizes = values.sizes?.split(",").map(Number);
const rounds = Number(values.rounds ?? 51);

if (!existsSync(join(here, "node_modules/onnxruntime-node"))) {
  // onnxruntime-node brings its CPU library along; its script would fetch the CUDA one.
  execFileSync("npm", ["ci", "--ignore-scripts"], { cwd: here, stdio: "inherit", shell: process.platform === "win32" });
}
execFileSync(process.execPath, [join(here, "../scripts/build.mjs"), "--if-stale"], { stdio: "inherit" });

async function wasmSection() {
  process.env.LINTEL_NATIVE = "off";
  const { matmulCases } = await import("./cases.mjs");
  const { measure } = await import("./measure.mjs");
  const { markdown } = await import("./report.mjs");
  const peers = [await import("./peers/lintel.mjs"), await import("./peers/onnxruntime-web.mjs")];
  const results = [];
  for (const testCase of matmulCases(sizes)) {
    process.stderr.write(`${testCase.name} ${testCase.edge}\n`);
    results.push({ testCase, times: await measure(testCase, peers, rounds) });
  }
  return markdown(peers, results, { rounds, date: new Date().toISOString().slice(0, 10) });
}

const { nativeSection } = await import("./native/section.mjs");
const sections = [];
if (values.only !== "native") sections.push(await wasmSection());
if (values.only !== "wasm") sections.push(await nativeSection({ rounds, sizes }));
const { format } = await import("prettier");
const results = await format(sections.join("\n"), { parser: "markdown" });
process.stdout.write(results);
if (Object.keys(values).length === 0) writeFileSync(join(here, "RESULTS.md"), results);
