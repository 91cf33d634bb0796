// npm run bench: installs the peers and builds what is stale, measures, and writes bench/results.json, which has every
// time, and what people read of it: bench/RESULTS.md and bench/speed.svg.
//   --only wasm,models     some groups of tables: wasm, large, models, native, decompositions; the others stay as they were
//   --sizes 128,512        other matrix edges for the products
//   --match "svd"          only the cases whose title has this text
//   --rounds 9             fewer rounds
//   --json                 prints the times instead of tables
// With --sizes, --match or --rounds it only prints.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = dirname(fileURLToPath(import.meta.url));
const text = { type: "string" };
const { values } = parseArgs({
  options: { only: text, sizes: text, match: text, rounds: text, json: { type: "boolean" } },
});
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
const { groupSection, report } = await import("./report.mjs");
const { drawSpeed } = await import("./chart.mjs");
const { format, resolveConfig } = await import("prettier");

const wanted = values.only?.split(",") ?? groups;
const unknown = wanted.find((group) => !groups.includes(group));
if (unknown !== undefined) throw new Error(`--only ${unknown}: the groups are ${groups.join(", ")}`);

/** The tables of one group, which are one run. */
async function runGroup(group) {
  const machine = `${cpus()[0].model.trim()}, ${cpus().length} logical cores, ${process.platform} ${process.arch}`;
  const measured = [];
  for (const table of tables.filter((one) => one.group === group)) {
    const { title, peers: wantedPeers, cases: casesOf, ratios = false } = table;
    const cases = casesOf(sizes).filter((one) => one.title.includes(values.match ?? ""));
    if (cases.length === 0) continue;
    const peers = await startPeers(wantedPeers);
    const results = [];
    if (peers[0]?.label === "Lintel") {
      for (const testCase of cases) {
        process.stderr.write(`${title}: ${testCase.title}\n`);
        const times = await measure(testCase, peers, values.rounds && Number(values.rounds));
        const { title: name, unit, work } = testCase;
        results.push({ title: name, unit, work, times: times.map((ms) => ms ?? null) });
      }
    }
    for (const { stop } of peers) stop();
    const described = peers.map(({ label, name, version, module }) => ({ label, name, version, module }));
    measured.push({ title, ratios, peers: described, results });
  }
  return { machine, date: new Date().toISOString().slice(0, 10), tables: measured };
}

/** Replaces a file at once. */
function write(name, content) {
  const file = join(here, name);
  writeFileSync(`${file}.new`, content);
  renameSync(`${file}.new`, file);
}

const kept = join(here, "results.json");
const before = existsSync(kept) ? JSON.parse(readFileSync(kept, "utf8")) : {};
const now = {};
for (const group of groups.filter((one) => wanted.includes(one))) {
  now[group] = await runGroup(group);
  if (!values.json) process.stdout.write(`${await groupSection(group, now[group])}\n`);
}
if (values.json) process.stdout.write(`${JSON.stringify(now, null, 2)}\n`);
if ([values.sizes, values.match, values.rounds].every((value) => value === undefined)) {
  const all = Object.fromEntries(
    groups
      .filter((group) => now[group] ?? before[group])
      .map((group) => [group, now[group] ?? before[group]]),
  );
  const style = await resolveConfig(kept);
  write("results.json", await format(JSON.stringify(all), { ...style, parser: "json" }));
  write("RESULTS.md", await report(all));
  write("speed.svg", await drawSpeed(all));
}
