// What people see of the results: how many times as fast Lintel is, on an axis whose steps are factors.
import { parse, View } from "vega";

const javascript = "WebAssembly against the best JavaScript peer";

/** What each dot compares: the tables it looks in, and those peers of theirs that it takes the fastest of. */
const comparisons = [
  {
    against: javascript,
    tables: [
      "WebAssembly, one thread, newest Node",
      "Large results, one thread, newest Node",
      "Models on WebAssembly, one thread, newest Node",
      "Decompositions on WebAssembly, one thread, newest Node",
    ],
    isRival: ({ module }) => module.endsWith(".mjs") && module !== "lintel.mjs",
  },
  ...["NumPy", "PyTorch"].map((library) => ({
    against: `native against ${library}`,
    tables: ["The machine's BLAS, one thread", "Decompositions on the machine's LAPACK, one thread"],
    isRival: ({ label }) => label === library,
  })),
];

const cases = [
  "A·B, 256",
  "A·B, 1024",
  "A·Bᵀ, 1024",
  "float64 A·B, 1024",
  "384 × [512×64]·[64×512]",
  "exp, 16M",
  "gelu, 16M",
  "softmax, 16M",
  "BERT-base layer, 512 tokens",
  "stories260K, greedy",
  "svd 512×512",
  "svd 768×768, float64",
  "eigh 512",
  "eigh 768, float64",
  "eig 512, float64",
  "qr 512×512",
  "solve 512, 512 right sides",
  "cholesky 512",
  "inv 512",
  "svdLowrank 768×3072, rank 64",
  "1,000 × svd 16×16",
];

/** { name, against, ratio } for every comparison that was measured. */
function ratios(groups) {
  const tables = Object.values(groups).flatMap((group) => group.tables);
  return comparisons.flatMap(({ against, tables: titles, isRival }) =>
    tables
      .filter(({ title }) => titles.includes(title))
      .flatMap(({ peers, results }) =>
        results.flatMap(({ title, times }) => {
          const best = Math.min(...times.filter((ms, i) => ms !== null && isRival(peers[i])));
          const known = cases.includes(title) && Number.isFinite(best) && times[0] !== null;
          return known ? [{ name: title, against, ratio: best / times[0] }] : [];
        }),
      ),
  );
}

const colors = {
  [javascript]: "#0072b2",
  "native against NumPy": "#d55e00",
  "native against PyTorch": "#cc79a7",
}; // Okabe and Ito's
const ratio = { scale: "ratio", field: "ratio" };
const place = { scale: "case", field: "name", band: 0.5 };

function specification(values) {
  const sizes = values.map(({ ratio: size }) => size);
  const names = cases.filter((name) => values.some((one) => one.name === name));
  return {
    $schema: "https://vega.github.io/schema/vega/v6.json",
    description: "Speed of Lintel over its peers, one thread",
    width: 520,
    padding: 10,
    background: "white",
    title: {
      text: "Speed of Lintel over its peers, one thread",
      subtitle: "right of the line Lintel is faster; medians of interleaved runs",
      anchor: "start",
    },
    data: [{ name: "ratios", values }],
    signals: [{ name: "height", value: 22 * names.length }],
    scales: [
      {
        name: "ratio",
        type: "log",
        domain: [Math.min(0.5, ...sizes), Math.max(100, ...sizes)],
        range: "width",
      },
      { name: "case", type: "band", domain: names, range: "height" },
      { name: "peer", type: "ordinal", domain: Object.keys(colors), range: Object.values(colors) },
    ],
    axes: [
      {
        orient: "left",
        scale: "case",
        ticks: false,
        domain: false,
        labelPadding: 8,
        labelLimit: 600,
        grid: true,
      },
      { orient: "bottom", scale: "ratio", values: [0.5, 1, 2, 5, 10, 20, 50, 100], grid: true, format: "~g" },
      { orient: "top", scale: "ratio", values: [0.5, 1, 2, 5, 10, 20, 50, 100], format: "~g", domain: false },
    ],
    legends: [
      { fill: "peer", orient: "top", direction: "vertical", title: null, symbolSize: 90, labelLimit: 600 },
    ],
    marks: [
      {
        type: "rule",
        encode: {
          enter: {
            x: { scale: "ratio", value: 1 },
            y: { value: 0 },
            y2: { signal: "height" },
            stroke: { value: "#333" },
            strokeWidth: { value: 1.5 },
          },
        },
      },
      {
        type: "symbol",
        from: { data: "ratios" },
        encode: {
          enter: {
            x: ratio,
            y: place,
            size: { value: 90 },
            fill: { scale: "peer", field: "against" },
            tooltip: {
              signal: "datum.name + ', against ' + datum.against + ': ' + format(datum.ratio, '.2f') + '×'",
            },
          },
        },
      },
    ],
  };
}

/** An SVG image. */
export const drawSpeed = (groups) => new View(parse(specification(ratios(groups)))).toSVG();
