// npm run bench: installs the peers and builds what is stale, measures, prints and writes bench/RESULTS.md.
//   --sizes 128,512   other matrix edges       --rounds 9   other number of rounds
//   --only wasm|native   one section
// With any option it only prints: RESULTS.md is written by full runs.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = dirname(fileURLToPath(import.meta.url));
const text = { type: "string" };
const { values } = parseArgs({ options: { sizes: text, rounds: text, only: text } });
const sizes = values.sizes?.split(",").map(Number);
const rounds = Number(values.rounds ?? 51);

const { dependencies } = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
const installed = (name) => existsSync(join(here, "node_modules", name, "package.json"));
if (!Object.keys(dependencies).every(installed)) {
  // onnxruntime-node brings its CPU library along; its script would fetch the CUDA one.
  execFileSync("npm", ["ci", "--ignore-scripts"], {
    cwd: here,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
}
execFileSync(process.execPath, [join(here, "../scripts/build.mjs"), "--if-stale"], { stdio: "inherit" });

const { wasmSection } = await import("./section.mjs");
const { nativeSection } = await import("./native/section.mjs");
const sections = [];
if (values.only !== "native") sections.push(await wasmSection({ sizes }));
if (values.only !== "wasm") sections.push(await nativeSection({ rounds, sizes }));
const { format } = await import("prettier");
const results = await format(sections.join("\n"), { parser: "markdown" });
process.stdout.write(results);
if (Object.keys(values).length === 0) writeFileSync(join(here, "RESULTS.md"), results);
