// Interleaved timing: in every round each peer runs the same case once (a batch of calls, about 10 ms), in an order
// that alternates, so that a slow moment of the machine touches all peers alike. A batch during which the process
// lost the processor to others is repeated. Medians are reported.
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const BATCH_MS = 10;
const WARM_UP_MS = 200; // compilation in tiers, first growth of memory, start of threads
const CASE_MS = 1500;
const ROUNDS = { least: 3, most: 31 };
const SLOW_MS = 1500; // a first call that takes longer is the only one
const LEAST_SHARE = 0.95; // of the wall time, on the processor
const ATTEMPTS = 2;

/** Starts a peer; undefined, with one line that says why, when it does not start here. */
async function startPeer(node, { label, module, threads }) {
  const child = spawn(node, [join(here, "serve.mjs"), join(here, "peers", module), String(threads)], {
    env: { ...process.env, LINTEL_NATIVE: "off", LINTEL_THREADS: String(threads) },
    stdio: ["pipe", "pipe", "ignore"],
  });
  child.on("error", () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${label} ended`);
    return JSON.parse(value);
  };
  try {
    const { name, node: version } = await next();
    const ask = (request) => {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return next();
    };
    return { label, name, version, ask, stop: () => child.kill() };
  } catch {
    process.stderr.write(`${label} is left out: it does not start on ${node}\n`);
    return undefined;
  }
}

export async function startPeers(node, peers) {
  const started = await Promise.all(peers.map((peer) => startPeer(node, peer)));
  return started.filter((peer) => peer !== undefined);
}

/** One undisturbed sample; after some attempts, the least disturbed. */
async function sample({ peer, calls }) {
  let best = { ms: Infinity, cpu: 0 };
  for (let attempt = 0; attempt < ATTEMPTS && best.cpu < LEAST_SHARE; attempt++) {
    const next = await peer.ask({ calls });
    if (next.cpu > best.cpu) best = next;
  }
  return best.ms;
}

const median = (values) => values.toSorted((x, y) => x - y)[Math.floor(values.length / 2)];

/** Sums of k terms of size one may differ by this much. */
const tolerance = ({ k = 1, dtype }) => (dtype === "float64" ? 1e-14 : 2e-6) * Math.sqrt(k) * 4;

async function prepare(peer, testCase, first) {
  const { samples, ms, error: failure } = await peer.ask({ prepare: testCase });
  if (failure !== undefined) process.stderr.write(`${peer.name}: ${failure}\n`);
  if (samples === null) return undefined;
  const error = first === undefined ? 0 : Math.max(...samples.map((x, i) => Math.abs(x - first[i])));
  if (!(error < tolerance(testCase))) {
    throw new Error(`${peer.name} differs by ${error} in ${testCase.title}`);
  }
  if (ms > SLOW_MS) return { peer, samples, times: [ms] };
  let fastest = Infinity;
  for (const start = performance.now(); performance.now() - start < WARM_UP_MS;) {
    fastest = Math.min(fastest, (await peer.ask({ calls: 1 })).ms);
  }
  return { peer, samples, fastest, calls: Math.max(1, Math.round(BATCH_MS / fastest)), times: [] };
}

/** Median milliseconds a call, per peer; undefined for one that cannot do the case. */
export async function measure(testCase, peers) {
  const entries = [];
  for (const peer of peers) entries.push(await prepare(peer, testCase, entries[0]?.samples));
  const taking = entries.filter((entry) => entry !== undefined && entry.times.length === 0);
  const roundMs = taking.reduce((sum, { calls, fastest }) => sum + calls * fastest, 0);
  const rounds = Math.min(ROUNDS.most, Math.max(ROUNDS.least, Math.round(CASE_MS / roundMs)));
  for (let round = 0; round < rounds; round++) {
    for (const entry of round % 2 ? taking.toReversed() : taking) entry.times.push(await sample(entry));
  }
  return entries.map((entry) => entry && median(entry.times));
}
