// npm run bench: installs the peers and builds what is stale, measures, prints and writes bench/RESULTS.md.
//   --sizes 128,512   other matrix edges       --rounds 9   other number of rounds
// Either option prints only: RESULTS.md is written by full runs.
import { execFileSync } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = dirname(fileURLToPath(import.meta.url));
const { values } = parseArgs({ options: { sizes: { type: "string" }, rounds: { type: "string" } } });
const rounds = Number(values.rounds ?? 51);

if (!existsSync(join(here, "node_modules/onnxruntime-web"))) {
  execFileSync("npm", ["ci"], { cwd: here, stdio: "inherit", shell: process.platform === "win32" });
}
execFileSync(process.execPath, [join(here, "../scripts/build.mjs"), "--if-stale"], { stdio: "inherit" });

const { matmulCases } = await import("./cases.mjs");
const { measure } = await import("./measure.mjs");
const { markdown } = await import("./report.mjs");
const peers = [await import("./peers/lintel.mjs"), await import("./peers/onnxruntime-web.mjs")];

const results = [];
for (const testCase of matmulCases(values.sizes?.split(",").map(Number))) {
  process.stderr.write(`${testCase.name} ${testCase.edge}\n`);
  results.push({ testCase, times: await measure(testCase, peers, rounds) });
}
const { format } = await import("prettier");
const draft = markdown(peers, results, { rounds, date: new Date().toISOString().slice(0, 10) });
const text = await format(draft, { parser: "markdown" });
process.stdout.write(text);
if (values.sizes === undefined && values.rounds === undefined) writeFileSync(join(here, "RESULTS.md"), text);
