import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
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
    for (const foreign of [
      "commander",
      "__metadata__",
      "hidden_size",
      "node:fs",
      "koffi",
      "cblas_",
      "a100",
    ]) {
      expect(code, `the bundle contains '${foreign}'`).not.toContain(foreign);
    }
  });

  const decompositions = ["not positive definite", "is not square", "svdF32", "choleskyF32"];

  test("importing matmul brings no decomposition and none of their kernels", async () => {
    const code = await bundle(`import { matmul } from "lintel"; globalThis.matmul = matmul;`);
    for (const foreign of decompositions) {
      expect(code, `the bundle contains '${foreign}'`).not.toContain(foreign);
    }
  });

  test("svd alone still has its fast kernels", async () => {
    const program = `
      import { tensor } from "lintel";
      import { svd } from "lintel/linalg";
      const used = new Set();
      const { Instance } = WebAssembly;
      WebAssembly.Instance = class extends Instance {
        get exports() {
          return new Proxy(super.exports, { get: (all, name) => (used.add(name), all[name]) });
        }
      };
      const S = svd(tensor([[3, 0], [0, -5]])).S.toArray();
      console.log(JSON.stringify({ S, used: [...used] }));`;
    const code = await bundle(program);
    for (const own of decompositions) expect(code).toContain(own);
    const folder = mkdtempSync(join(tmpdir(), "lintel-bundle-"));
    try {
      writeFileSync(join(folder, "program.mjs"), code);
      const output = execFileSync(process.execPath, [join(folder, "program.mjs")], { encoding: "utf8" });
      const { S, used } = JSON.parse(output) as { S: number[]; used: string[] };
      expect(S).toEqual([5, 3]);
      expect(used).toContain("svdF32");
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("without what the native engine needs", () => {
  /** What a fresh process says about the engine, after a product that would go to it. */
  function run(before: string, environment: Record<string, string>): { reason: string; sum: number } {
    const program = `${before}
      import("lintel").then(({ engines, matmul, ones }) => {
        const sum = matmul(ones([64, 64]), ones([64, 64])).sum().item();
        console.log(JSON.stringify({ sum, reason: engines()[0].summary }));
      });`;
    const options = { cwd: root, encoding: "utf8", env: { ...process.env, ...environment } } as const;
    return JSON.parse(execFileSync(process.execPath, ["-e", program], options)) as ReturnType<typeof run>;
  }

  test("a process without koffi computes, and knows why it has no BLAS", () => {
    const missing = `const modules = require("node:module");
      const load = modules._load;
      modules._load = (id, ...rest) => {
        if (id === "koffi") throw new Error("Cannot find module 'koffi'");
        return load(id, ...rest);
      };`;
    const { reason, sum } = run(missing, {});
    expect(reason).toContain("(npm install koffi): Cannot find module 'koffi'");
    expect(sum).toBe(64 ** 3);
  });

  test("a LINTEL_BLAS that does not exist is named, and nothing else happens", () => {
    const { reason, sum } = run("", { LINTEL_BLAS: "/nonexistent/libopenblas.so" });
    expect(reason).toMatch(/^LINTEL_BLAS=\/nonexistent\/libopenblas.so: |koffi/);
    expect(sum).toBe(64 ** 3);
  });

  test("LINTEL_NATIVE=off is the reason where it is set", () => {
    expect(run("", { LINTEL_NATIVE: "off" }).reason).toBe("turned off by LINTEL_NATIVE=off");
  });
});
