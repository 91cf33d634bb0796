// `npm start`: builds what is stale, then runs the CLI with the given arguments, or prices BERT-base.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "./build.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const example = "analyze bert-base-uncased --batch 32 --seq 512 --gpu a100-40gb --mode training";
const given = process.argv.slice(2);

await build({ ifStale: true });
const { status, error } = spawnSync(
  process.execPath,
  [join(root, "dist/cli/main.js"), ...(given.length > 0 ? given : example.split(" "))],
  { stdio: "inherit" },
);
if (error !== undefined) throw error;
process.exitCode = status ?? 1;
