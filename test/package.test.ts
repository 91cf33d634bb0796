import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { describe, expect, test } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}/package.json`, "utf8")) as {
  exports: Record<string, { types: string; default: string } | string>;
};
const entries = Object.entries(manifest.exports).flatMap(([path, target]) =>
  typeof target === "string" ? [] : [{ specifier: path.replace(".", "lintel"), ...target }],
);

describe("the built package", () => {
  test.each(entries)(
    "$specifier has code and types, and loads",
    async ({ specifier, types, default: code }) => {
      expect(existsSync(`${root}/${types}`)).toBe(true);
      expect(existsSync(`${root}/${code}`)).toBe(true);
      const module = (await import(specifier)) as object;
      expect(Object.keys(module).length).toBeGreaterThan(0);
    },
  );
});

/** The code that a bundler keeps for a browser when a program uses only these lines. */
async function bundle(program: string): Promise<string> {
  const entry = "\0program";
  const result = await build({
    configFile: false,
    logLevel: "silent",
    root,
    plugins: [
      {
        name: "program",
        resolveId: (id) => (id === "program" ? entry : undefined),
        load: (id) => (id === entry ? program : undefined),
      },
    ],
    build: { write: false, minify: false, rollupOptions: { input: "program" } },
  });
  const outputs = Array.isArray(result) ? result : [result];
  return outputs
    .flatMap((output) => ("output" in output ? output.output : []))
    .map((chunk) => ("code" in chunk ? chunk.code : ""))
    .join("\n");
}

describe("tree shaking", () => {
  test("importing matmul brings neither the command line, nor files, nor models", async () => {
    const code = await bundle(`import { matmul } from "lintel"; globalThis.matmul = matmul;`);
    expect(code).toContain("inner dims");
    for (const foreign of ["commander", "__metadata__", "hidden_size", "node:fs", "koffi", "a100"]) {
      expect(code, `the bundle contains '${foreign}'`).not.toContain(foreign);
    }
  });
});
