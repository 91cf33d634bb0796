// Builds the package into dist/: the WASM kernels first, then the TypeScript.
// `--if-stale` skips what is newer than its sources.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildKernels } from "./build-kernels.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** The newest modification time below a file or folder. */
function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}

export async function build({ ifStale = false } = {}) {
  await buildKernels({ ifStale });
  const output = join(root, "dist/index.js");
  const sources = ["src", "tsconfig.json", "tsconfig.build.json"].map((name) => join(root, name));
  if (ifStale && existsSync(output) && statSync(output).mtimeMs > Math.max(...sources.map(newest))) return;
  // Into a folder of its own first, so that dist/ is never half-written.
  const fresh = join(root, `dist-${process.pid}`);
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const args = [tsc, "-p", join(root, "tsconfig.build.json"), "--outDir", fresh];
  try {
    execFileSync(process.execPath, args, { stdio: ["ignore", 2, 2] });
    rmSync(join(root, "dist"), { recursive: true, force: true });
    renameSync(fresh, join(root, "dist"));
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await build({ ifStale: process.argv.includes("--if-stale") });
}
