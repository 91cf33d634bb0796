// npm run bench: installs the peers and builds what is stale, measures, prints and writes bench/RESULTS.md.
//   --only wasm,models     some groups of tables: wasm, large, models, native, decompositions; the others stay as they were
//   --sizes 128,512        other matrix edges for the products
//   --match "svd"          only the cases whose title has this text
//   --rounds 9             fewer rounds
// With any of the last three it only prints.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = dirname(fileURLToPath(import.meta.url));
const text = { type: "string" };
const { values } = parseArgs({ options: { only: text, sizes: text, match: text, rounds: text } });
const sizes = values.sizes?.split(",").map(Number);

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

const { groups, tables } = await import("./tables.mjs");
const { measure, startPeers } = await import("./measure.mjs");
const { groupHeading, introduction, section } = await import("./report.mjs");
const { format } = await import("prettier");

const wanted = values.only?.split(",") ?? groups;
const unknown = wanted.find((group) => !groups.includes(group));
if (unknown !== undefined) throw new Error(`--only ${unknown}: the groups are ${groups.join(", ")}`);

/** The tables of one group, which are one run. */
async function runGroup(group) {
  const lines = groupHeading(group, new Date().toISOString().slice(0, 10));
  for (const table of tables.filter((one) => one.group === group)) {
    const cases = table.cases(sizes).filter(({ title }) => title.includes(values.match ?? ""));
    if (cases.length === 0) continue;
    const peers = await startPeers(table.peers);
    if (peers[0]?.label === "Lintel") {
      const results = [];
      for (const testCase of cases) {
        process.stderr.write(`${table.title}: ${testCase.title}\n`);
        results.push({
          testCase,
          times: await measure(testCase, peers, values.rounds && Number(values.rounds)),
        });
      }
      lines.push(...section(table, peers, results));
    } else lines.push(`## ${table.title}`, "", "Left out: this machine lacks what it needs.", "");
    for (const { stop } of peers) stop();
  }
  return format(lines.join("\n"), { parser: "markdown" });
}

const file = join(here, "RESULTS.md");
/** The groups of the file as it is: each begins with its heading. */
const before = existsSync(file) ? readFileSync(file, "utf8").split(/^(?=# )/m) : [];
const results = [await format(introduction().join("\n"), { parser: "markdown" })];
for (const group of groups) {
  if (wanted.includes(group)) {
    const measured = await runGroup(group);
    process.stdout.write(`${measured}\n`);
    results.push(measured);
  } else results.push(...before.filter((part) => part.startsWith(groupHeading(group)[0])));
}
const whole = results.map((part) => part.trim()).join("\n\n");
if ([values.sizes, values.match, values.rounds].every((value) => value === undefined)) {
  writeFileSync(`${file}.new`, `${whole}\n`);
  renameSync(`${file}.new`, file);
}
