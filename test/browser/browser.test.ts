// The built package in headless Chromium, on a page that is cross-origin isolated and on one that is not.
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { withEngine } from "lintel";
import { chromium, type Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { coverage } from "../conformance/cases/index.js";
import { relativeError } from "../models/compare.js";
import { chromiumFlags, describeWithChromium } from "./chromium.js";
import { config, ids, runLlama } from "./llama.js";
import type { Comparison, PageReport, ScopeReport } from "./report.js";
import { buildSite, serve } from "./site.js";
import { makeSafetensors, stored } from "./weights.js";

/** README.md's section on browsers: its blocks by language. */
const readme = await readFile(join(import.meta.dirname, "../../README.md"), "utf8");
const section = readme.slice(readme.indexOf("\n## In the browser\n")).split(/\n(?=## )/)[1] ?? "";
const blocks = Object.fromEntries(
  [...section.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => [language, text]),
);
const isolating = Object.fromEntries(
  blocks["http"]
    .trimEnd()
    .split("\n")
    .map((line) => line.split(": ")),
) as Record<string, string>;

const page = (script: string): string =>
  `<!doctype html><link rel="icon" href="data:,"><script type="module">${script}</script>`;

/** Two roundings for each term of the longest sum. */
function checkComparisons(comparisons: readonly Comparison[]): void {
  expect(comparisons.filter(({ roundings, terms }) => !(roundings <= 2 * terms))).toEqual([]);
}

let folder: string;
let browser: Browser | undefined;
const servers: Server[] = [];

async function start(headers: Readonly<Record<string, string>>): Promise<string> {
  const { server, url } = await serve(folder, headers);
  servers.push(server);
  return url;
}

/** What `expression` gives on a fresh page, and all that the page complains of or asks of other hosts. */
async function visit(url: string, expression: string): Promise<{ result: unknown; complaints: string[] }> {
  const opened = await browser!.newPage();
  const complaints: string[] = [];
  opened.on("pageerror", (error) => complaints.push(String(error)));
  opened.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  opened.on("request", (request) => {
    if (![url, `blob:${url}`, "data:"].some((own) => request.url().startsWith(own))) {
      complaints.push(`asked for ${request.url()}`);
    }
  });
  await opened.goto(`${url}/${expression === "report" ? "index" : "empty"}.html`);
  const result: unknown = await opened.evaluate(expression);
  await opened.close();
  return { result, complaints };
}

describeWithChromium((executablePath) => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "lintel-browser-"));
    await buildSite(folder, blocks["ts"]);
    await writeFile(join(folder, "weights.safetensors"), makeSafetensors());
    await writeFile(join(folder, "index.html"), page(`import "/page.js";`));
    await writeFile(join(folder, "empty.html"), page(""));
    browser = await chromium.launch({ executablePath, args: chromiumFlags });
  });

  afterAll(async () => {
    await browser?.close();
    for (const server of servers) {
      server.close();
      server.closeAllConnections();
    }
    await rm(folder, { recursive: true, force: true });
  });

  test("the program in README.md prints what stands below it", async () => {
    const { result, complaints } = await visit(
      await start({}),
      `(async () => {
        const lines = [];
        console.log = (...values) => lines.push(values.join(" "));
        await import("/program.js");
        return lines.join("\\n") + "\\n";
      })()`,
    );
    expect(complaints).toEqual([]);
    expect(result).toBe(blocks["text"]);
  });

  const build = "relaxed";
  const pages = [
    {
      kind: "a cross-origin isolated page",
      headers: isolating,
      isolated: true,
      most: 8,
      asked: { build, threads: 2, started: true },
    },
    {
      kind: "any other page",
      headers: {},
      isolated: false,
      most: 1,
      asked: {
        build,
        threads: 1,
        started: false,
        reason: "no SharedArrayBuffer here (a page must be cross-origin isolated)",
      },
    },
  ];

  describe.each(pages)("$kind", ({ headers, isolated, most, asked }) => {
    let report: PageReport;
    let complaints: string[];

    beforeAll(async () => {
      const visited = await visit(await start(headers), "report");
      report = visited.result as PageReport;
      complaints = visited.complaints;
    });

    test("needs nothing that is not there", () => {
      expect(complaints).toEqual([]);
    });

    describe.each(["main", "worker"] as const)("%s thread", (where) => {
      let here: ScopeReport;
      beforeAll(() => {
        here = report[where];
      });

      test("computes at once, with relaxed SIMD", () => {
        checkComparisons([here.product]);
        expect(here.engines["wasm"]).toBe("WebAssembly, relaxed SIMD");
        expect(Object.keys(here.engines)).toEqual(["wasm", "reference"]);
      });

      test("says how many threads it uses, and why", () => {
        expect(here.isolated).toBe(isolated);
        expect(here.threads.byItself).toMatchObject({ build, threads: Math.min(most, here.cores) });
        expect(here.threads.asked).toEqual(asked);
      });

      test("gives the same bits on two threads as on one", () => {
        expect(here.threads.sameBits).toBe(true);
        checkComparisons([here.threads.comparison]);
      });
    });

    test("ops agree with plain loops", () => {
      checkComparisons(report.worker.comparisons);
      const names = report.worker.comparisons.map(({ name: op }) => op.split(" ")[0]);
      expect(new Set(names)).toEqual(
        new Set(
          "matmul linear softmax layerNorm attention exp log sqrt rsqrt tanh sigmoid silu relu add mul".split(
            " ",
          ),
        ),
      );
    });

    test("every op passes the cases of the conformance suite", () => {
      const { ops, elements, differences } = report.worker.conformance;
      expect(differences).toEqual([]);
      expect(ops.toSorted()).toEqual(Object.keys(coverage).toSorted());
      expect(elements).toBeGreaterThan(100_000);
    });

    test("safetensors are read from a Blob", () => {
      expect(report.worker.stored).toEqual(stored);
    });

    test("a Llama computes what it computes in Node", () => {
      const { shape, logits } = report.worker.llama;
      expect(shape).toEqual([1, ids.length, config.vocab_size]);
      const expected = withEngine("reference", runLlama);
      expect(relativeError(logits, expected.logits)).toBeLessThan(2 * config.hidden_size * 2 ** -23);
    });
  });
});
