import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  plugins: [
    {
      // package.json points `#native` into dist/; a source file means the source.
      name: "native-from-source",
      enforce: "pre",
      resolveId: (id, importer) =>
        id === "#native" && importer?.startsWith(here("src/")) ? here("src/backends/native.ts") : undefined,
    },
  ],
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
