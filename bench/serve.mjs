// One peer in a process of its own: node serve.mjs <module> <threads> [engine]. A request per line, an answer per line.
//   { prepare: case }  makes the operands   -> { samples, ms }  elements of the result; null if it cannot do the case
//   { calls }          runs it so often     -> { ms, cpu }  per call, and processors used meanwhile
import { createInterface } from "node:readline";

const [module, threads, engine] = process.argv.slice(2);
const say = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);
const peer = await import(module);
const name = await peer.start(Number(threads), engine);
const SAMPLES = 101;
let run;

async function prepare(testCase) {
  run = undefined; // the operands of the last case may go
  let result;
  let ms;
  try {
    run = await peer.prepare(testCase);
    if (run === undefined) return { samples: null };
    const start = performance.now();
    result = await run();
    ms = performance.now() - start;
  } catch (error) {
    run = undefined;
    return { samples: null, error: String(error) };
  }
  const elements = peer.read?.(result) ?? result;
  const step = Math.max(1, Math.floor(elements.length / SAMPLES));
  const count = Math.min(SAMPLES, elements.length);
  return { samples: Array.from({ length: count }, (_, i) => elements[i * step]), ms };
}

async function time(calls) {
  const before = process.cpuUsage();
  const start = performance.now();
  if (peer.synchronous) for (let i = 0; i < calls; i++) run();
  else for (let i = 0; i < calls; i++) await run();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { ms: wall / calls, cpu: (user + system) / 1000 / wall };
}

say({ name, version: `Node ${process.versions.node}` });
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  say(request.prepare ? await prepare(request.prepare) : await time(request.calls));
}
