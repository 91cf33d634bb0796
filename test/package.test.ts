import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
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

interface Chunk {
  readonly fileName: string;
  readonly isEntry: boolean;
  readonly code: string;
}

/** The files that a bundler makes for a browser of a program. */
async function bundled(program: string): Promise<Chunk[]> {
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
    .flatMap((chunk) => ("code" in chunk ? [chunk] : []));
}

/** The code that is kept of the package when a program uses only these lines. */
const bundle = async (program: string): Promise<string> =>
  (await bundled(program)).map(({ code }) => code).join("\n");

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

describe("in a browser", () => {
  /** What a bundle that knows nothing of Node prints. */
  async function print(program: string): Promise<string> {
    const chunks = await bundled(program);
    const folder = mkdtempSync(join(tmpdir(), "lintel-bundle-"));
    try {
      writeFileSync(join(folder, "package.json"), `{ "type": "module" }`);
      for (const { fileName, code } of chunks) {
        expect(code.match(/^import .*node:|(?:import|require)\(.node:|__vite-browser-external/gm)).toBeNull();
        mkdirSync(join(folder, dirname(fileName)), { recursive: true });
        writeFileSync(join(folder, fileName), code);
      }
      const entry = chunks.find(({ isEntry }) => isEntry)!.fileName;
      return execFileSync(process.execPath, [join(folder, entry)], { encoding: "utf8" });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }

  test("formats read bytes, and say what to give them instead of a path", async () => {
    const printed = await print(`
      import { tensor } from "lintel";
      import * as formats from "lintel/formats";
      const w = tensor([[1, 2], [3, 4]]);
      const file = await formats.openSafetensors(new Blob([await formats.encodeSafetensors({ w })]));
      console.log(String(await file.tensor("w")));
      for (const asked of [
        () => formats.openSafetensors("w.safetensors"),
        () => formats.openCheckpoint("w"),
        () => formats.readNpy("w.npy"),
        () => formats.writeNpy("w.npy", w),
        () => formats.writeSafetensors("w.safetensors", { w }),
      ]) await asked().catch((error) => console.log(error.name + ": " + error.message));`);
    const give = "there are no files here; give bytes or a Blob, such as await (await fetch(url)).blob()";
    const take = "there are no files here; encodeSafetensors and encodeNpy give bytes";
    expect(printed).toBe(
      [
        "tensor([[1., 2.],",
        "        [3., 4.]], float32)",
        `FormatError: w.safetensors: ${give}`,
        `FormatError: w: ${give}`,
        `FormatError: w.npy: ${give}`,
        `FormatError: w.npy: ${take}`,
        `FormatError: w.safetensors: ${take}`,
        "",
      ].join("\n"),
    );
  });

  test("models are priced", async () => {
    const printed = await print(`
      import { analyze, toText } from "lintel/cost";
      console.log(toText(analyze("gpt2", { gpu: "h200" })).split("\\n")[1]);`);
    expect(printed).toBe("gpt2, 12 layers, 124,439,808 parameters, 39.4 M of them embeddings\n");
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
