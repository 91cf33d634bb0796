// The page as a user would ship it: bundled by vite from the built package, served by a plain file server.
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import { build, type Plugin } from "vite";

const here = import.meta.dirname;
const root = join(here, "../..");

/** Compiled files instead of sources, so that the cases and the package share one library: the built one. */
const built = (): Plugin => ({
  name: "the-built-package",
  enforce: "pre",
  resolveId(id, importer) {
    if (importer === undefined || !id.startsWith(".")) return undefined;
    const path = join(importer, "..", id);
    const sources = join(root, "src/");
    return path.startsWith(sources) ? join(root, "dist", path.slice(sources.length)) : undefined;
  },
});

/** A program that is text, as if it were a file in this folder. */
const program = (text: string): Plugin => {
  const file = join(here, "program.ts");
  return {
    name: "program",
    enforce: "pre",
    resolveId: (id) => (id === "program" ? file : undefined),
    load: (id) => (id === file ? text : undefined),
  };
};

/** Bundles `page.ts` with its worker, and a program as `program.js`, into a folder. */
export async function buildSite(outDir: string, text: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: "error",
    root,
    publicDir: false,
    plugins: [built(), program(text)],
    worker: { format: "es", plugins: () => [built()] },
    build: {
      outDir,
      rollupOptions: {
        input: { page: join(here, "page.ts"), program: "program" },
        preserveEntrySignatures: "strict",
        output: { entryFileNames: "[name].js" },
      },
    },
  });
}

const types: Readonly<Record<string, string>> = { ".js": "text/javascript", ".html": "text/html" };

/** Serves a folder on 127.0.0.1 with extra headers on every answer; returns the address. */
export async function serve(
  folder: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    const path = join(folder, normalize(new URL(request.url ?? "/", "http://host").pathname));
    let body: Buffer;
    try {
      body = readFileSync(path);
    } catch {
      response.writeHead(404, headers).end();
      return;
    }
    const type = types[extname(path)] ?? "application/octet-stream";
    response.writeHead(200, { ...headers, "Content-Type": type }).end(body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}
