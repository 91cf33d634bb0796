// The floors of the source tree: a file imports only from strictly lower floors,
// and folders on one floor never import each other. ARCHITECTURE.md says what each folder is for.
const floors = [
  ["base"],
  ["shape"],
  ["tensor", "kernels", "native"],
  ["op", "formats"],
  ["ops"],
  ["backends", "compile"],
  ["linalg", "fluent"],
  ["nn"],
  ["models", "cost"],
  ["compress", "report"],
  ["cli"],
];

const folders = floors.flat();

const forbiddenImports = floors.flatMap((floor, level) =>
  floor.map((folder) => {
    const allowed = [folder, ...floors.slice(0, level).flat()];
    return {
      name: `floor-of-${folder}`,
      severity: "error",
      comment: `src/${folder} is on floor ${level}: it may import ${allowed.join(", ")}.`,
      from: { path: `^src/${folder}/`, pathNot: "\\.(test|fixture)\\.ts$" },
      to: { path: "^src/", pathNot: `^src/(${allowed.join("|")})/` },
    };
  }),
);

export default {
  forbidden: [
    ...forbiddenImports,
    {
      name: "every-folder-has-a-floor",
      severity: "error",
      comment: "A new folder under src/ must be given a floor in this file.",
      from: { path: "^src/[^/]+/", pathNot: `^src/(${folders.join("|")})/` },
      to: {},
    },
    {
      name: "core-has-no-dependencies",
      severity: "error",
      comment: "The core imports no package at run time; only the CLI and config validation may.",
      from: { path: "^src/", pathNot: "^src/(cli|report|models)/|\\.(test|fixture)\\.ts$" },
      to: { dependencyTypes: ["npm", "npm-dev", "npm-optional", "npm-peer"], pathNot: "koffi" },
    },
    { name: "no-cycles", severity: "error", from: {}, to: { circular: true } },
    { name: "no-unresolvable", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(/assembly/|/generated/)" },
    parser: "swc",
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      extensions: [".ts", ".js", ".json"],
      conditionNames: ["lintel-source", "types", "import", "default"],
    },
  },
};
