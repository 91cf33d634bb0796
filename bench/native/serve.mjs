// One peer in a process of its own: node serve.mjs <peer module>. Reads a request per line, answers with a line.
//   { prepare: { edge, dtype } }  makes operands           -> { values }  some elements of the product
//   { calls }                     multiplies so many times -> { ms, share }  per call, and of the processor
import { createInterface } from "node:readline";
import { randomMatrix } from "../cases.mjs";

const peer = await import(process.argv[2]);
const say = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);
const SAMPLES = 101;
let run;

async function prepare({ edge, dtype }) {
  const [a, b] = [randomMatrix(edge, edge), randomMatrix(edge, edge + 1)];
  const wide = (values) => (dtype === "float64" ? Float64Array.from(values) : values);
  run = await peer.prepare({ a: wide(a), b: wide(b), edge, dtype });
  const product = peer.values(await run());
  const step = Math.floor(product.length / SAMPLES);
  return { values: Array.from({ length: SAMPLES }, (_, i) => product[i * step]) };
}

async function time(calls) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  if (peer.synchronous) for (let i = 0; i < calls; i++) run();
  else for (let i = 0; i < calls; i++) await run();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { ms: wall / calls, share: (user + system) / 1000 / wall };
}

say({ name: peer.name });
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  say(request.prepare ? await prepare(request.prepare) : await time(request.calls));
}
