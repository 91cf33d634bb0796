import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

const inSource: Readonly<Record<string, string>> = {
  "#native": here("src/backends/native.ts"),
  "#disk": here("src/formats/disk.ts"),
};

export default defineConfig({
  plugins: [
    {
      // package.json points `#native` and `#disk` into dist/; a source file means the source.
      name: "imports-from-source",
      enforce: "pre",
      resolveId: (id, importer) => (importer?.startsWith(here("src/")) === true ? inSource[id] : undefined),
    },
  ],
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
