// Interleaved timing: in every round each peer runs the same case once (a batch of calls, about 10 ms), in an order
// that alternates, so that a slow moment of the machine touches all peers alike. A peer whose batch takes long sits out
// some rounds, evenly. A batch during which the process lost the processor to others is repeated. Medians are reported.
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const BATCH_MS = 10;
const WARM_UP_MS = 500; // of calls: compilation in tiers, first growth of memory, start of threads
const PEER_MS = 1500; // of a case's time for each peer
const ROUNDS = { least: 3, most: 41 };
const SLOW_MS = 1500; // after a first call that takes longer there is one more
const ENDLESS_MS = 6000; // and after this none
const LEAST_SHARE = 0.95; // of the wall time, on the processor
const ATTEMPTS = 3;
const QUIET_MS = 40; // threads of OpenBLAS look for more work for 2²⁶ ticks, and hold a processor meanwhile
const COLD_MS = 1000; // a peer that has waited longer for its turn makes one call first, which does not count

/** How to start a peer: a JavaScript module in a Node, or a Python one in the first Python that has it. */
function commands({ module, node = process.execPath, threads, engine = "" }) {
  const python = /^(\w+)_peer\.py$/.exec(module)?.[1];
  if (python === undefined)
    return [[node, join(here, "serve.mjs"), join(here, "peers", module), threads, engine]];
  return ["python3", "/usr/bin/python3"].map((program) => [program, join(here, "serve.py"), python, threads]);
}

async function launch([program, ...parameters], { threads, library }) {
  const count = String(threads);
  const environment = { LINTEL_THREADS: count, OPENBLAS_NUM_THREADS: count, OMP_NUM_THREADS: count };
  if (library !== undefined) environment.LINTEL_BLAS = library;
  const child = spawn(program, parameters.map(String), {
    env: { ...process.env, ...environment },
    stdio: ["pipe", "pipe", "ignore"],
  });
  child.on("error", () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error("the process ended");
    return JSON.parse(value);
  };
  const told = await next();
  const ask = (request) => {
    child.stdin.write(`${JSON.stringify(request)}\n`);
    return next();
  };
  return { ...told, ask, stop: () => child.kill() };
}

/** A running peer; undefined, with one line that says why, when it does not start here. */
async function start(peer) {
  for (const command of commands(peer)) {
    try {
      return { ...peer, ...(await launch(command, peer)) };
    } catch {
      // the next one, if there is one
    }
  }
  process.stderr.write(`${peer.label} is left out: it does not start here\n`);
  return undefined;
}

/** Starts the peers. A native Lintel takes the library that NumPy has, so that both run on the same one. */
export async function startPeers(peers) {
  const first = await Promise.all(peers.map((peer) => (peer.engine === "native" ? undefined : start(peer))));
  const library = first.find((peer) => peer?.library)?.library;
  const all = await Promise.all(
    first.map(
      (peer, i) => peer ?? (peers[i].engine === "native" ? start({ ...peers[i], library }) : undefined),
    ),
  );
  return all.filter((peer) => peer !== undefined);
}

/**
 * One undisturbed sample; after some attempts, the least disturbed. How long a round takes depends on the slowest peer,
 * and what the others' caches, clocks and allocators still hold must not depend on it.
 */
async function sample(entry) {
  const { peer, calls } = entry;
  if (peer.threads > 1) await pause(QUIET_MS);
  if (performance.now() - entry.last > COLD_MS) await peer.ask({ calls: 1 });
  let best = { ms: Infinity, cpu: 0 };
  for (let attempt = 0; attempt < ATTEMPTS && best.cpu < LEAST_SHARE * peer.threads; attempt++) {
    const next = await peer.ask({ calls });
    if (next.cpu > best.cpu) best = next;
  }
  entry.last = performance.now();
  return best.ms;
}

const median = (values) => values.toSorted((x, y) => x - y)[Math.floor(values.length / 2)];

/** How far two results may differ, relative to the largest element compared. */
function tolerance({ kind, k = 1, dtype, op }) {
  if (kind === "greedy") return 0;
  if (kind === "factor") return op === "svdLowrank" ? 0.1 : dtype === "float64" ? 1e-10 : 1e-3;
  if (kind === "layer") return 1e-4;
  return (dtype === "float64" ? 1e-14 : 2e-6) * 4 * Math.max(1, Math.sqrt(k));
}

async function prepare(peer, testCase, first) {
  const { samples, ms, error: failure } = await peer.ask({ prepare: testCase });
  if (failure !== undefined) process.stderr.write(`${peer.name}: ${failure}\n`);
  if (samples === null) return undefined;
  if (first !== undefined) {
    const size = Math.max(1, ...first.map(Math.abs));
    const error = Math.max(...samples.map((x, i) => Math.abs(x - first[i]))) / size;
    if (!(error <= tolerance(testCase)))
      throw new Error(`${peer.name} differs by ${error} in ${testCase.title}`);
  }
  if (ms > ENDLESS_MS) return { peer, samples, times: [ms] };
  if (ms > SLOW_MS) return { peer, samples, times: [(await peer.ask({ calls: 1 })).ms] };
  let fastest = Infinity;
  let calls = 1;
  for (let spent = 0; spent < WARM_UP_MS;) {
    const { ms: each } = await peer.ask({ calls });
    spent += calls * each;
    fastest = Math.min(fastest, each);
    calls = Math.max(1, Math.round(BATCH_MS / fastest));
  }
  return { peer, samples, fastest, calls, times: [], last: performance.now() };
}

/** Median milliseconds a call, per peer; undefined for one that cannot do the case. */
export async function measure(testCase, peers, most = ROUNDS.most) {
  const entries = [];
  for (const peer of peers) {
    const first = entries.find((entry) => entry !== undefined)?.samples;
    entries.push(await prepare(peer, testCase, first));
  }
  const taking = entries.filter((entry) => entry !== undefined && entry.times.length === 0);
  for (const entry of taking) {
    const affordable = Math.round(PEER_MS / (entry.calls * entry.fastest));
    entry.rounds = Math.min(most, Math.max(ROUNDS.least, affordable));
  }
  const rounds = Math.max(0, ...taking.map((entry) => entry.rounds));
  for (let round = 0; round < rounds; round++) {
    for (const entry of round % 2 ? taking.toReversed() : taking) {
      if (entry.times.length * rounds <= round * entry.rounds) entry.times.push(await sample(entry));
    }
  }
  return entries.map((entry) => entry && median(entry.times));
}
