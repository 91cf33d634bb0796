import { defineConfig } from "vitest/config";

// package.json: `#native` is src/backends/native.ts here, and a file of dist/ in the installed package.
const conditions = ["lintel-source", "node", "module", "import", "default"];

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
