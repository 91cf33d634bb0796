// Runs a TypeScript example on any Node: `npm run example -- chapter/05-forward`, or only `chapter/05`.
// Without arguments it lists what there is.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { runnerImport } from "vite";
import { build } from "./build.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, "examples");
const { resolve } = createRequire(import.meta.url);

/** The names of all programs, `chapter/05-forward`. A file that exports is a helper of the others. */
export function examples() {
  return readdirSync(folder, { recursive: true })
    .filter((path) => path.endsWith(".ts") && !/^export /m.test(source(path)))
    .map((path) => path.slice(0, -".ts".length).split(sep).join("/"))
    .toSorted((a, b) => (a < b ? -1 : 1));
}

const source = (path) => readFileSync(join(folder, path), "utf8");

/** What a program says about itself: the first comment line. */
export const describe = (name) => /^\/\/ (.*)/.exec(source(`${name}.ts`))?.[1] ?? "";

/** Runs one program in this process. */
export async function runExample(name) {
  await runnerImport(join(folder, `${name}.ts`), {
    root,
    configFile: false,
    logLevel: "error",
    plugins: [
      {
        name: "the-built-package",
        enforce: "pre",
        resolveId: (id) =>
          /^lintel($|\/)/.test(id) ? { id: pathToFileURL(resolve(id)).href, external: true } : undefined,
      },
    ],
  });
}

class NotFound extends Error {}

/** The example that is called so, or the only one whose name starts so. */
function find(wanted) {
  const name = wanted.replace(/^examples\//, "").replace(/\.ts$/, "");
  const matches = examples().filter((known) => known.startsWith(name));
  if (matches.length === 1 || matches.includes(name)) return matches.includes(name) ? name : matches[0];
  const hint =
    matches.length === 0
      ? `no example is called '${wanted}'; run without arguments for the list`
      : `'${wanted}' may be ${matches.join(" or ")}`;
  throw new NotFound(hint);
}

async function main(wanted) {
  if (wanted.length === 0) {
    const width = Math.max(...examples().map((name) => name.length));
    console.log("npm run example -- <name>\n");
    for (const name of examples()) console.log(`  ${name.padEnd(width)}  ${describe(name)}`);
    return;
  }
  const names = wanted.map(find);
  await build({ ifStale: true });
  for (const name of names) await runExample(name);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof NotFound)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
