// Peers in processes of their own, one measured at a time, interleaved: in every round each runs the same case once
// (about 10 ms), in an order that alternates. A round in which a peer lost a processor to others is repeated.
import { spawn } from "node:child_process";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const BATCH_MS = 10;
const WARM_UP_MS = 150;
const LEAST_SHARE = 0.95; // of the wall time, on every one of the processors
const ATTEMPTS = 8;

/** A running peer that answers requests; undefined, with one line that says why, when it does not start. */
async function start(label, command, threads, library) {
  const environment = { LINTEL_THREADS: threads, OPENBLAS_NUM_THREADS: threads, OMP_NUM_THREADS: threads };
  if (library !== undefined) environment.LINTEL_BLAS = library;
  const child = spawn(command[0], command.slice(1), {
    env: { ...process.env, LINTEL_NATIVE: "auto", ...environment },
    stdio: ["pipe", "pipe", "ignore"],
  });
  child.on("error", () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error("it ended");
    return JSON.parse(value);
  };
  try {
    const { name, library: own } = await next();
    const ask = (request) => {
      child.stdin.write(`${JSON.stringify(request)}\n`);
      return next();
    };
    return { label, name, library: own, ask, stop: () => child.kill() };
  } catch {
    process.stderr.write(`${label} is left out: it does not start here\n`);
    return undefined;
  }
}

const serve = (module) => [process.execPath, join(here, "serve.mjs"), join(here, module)];
const numpy = join(here, "numpy_peer.py");

/** Lintel first, on the library that NumPy has; the others where this machine has them. */
export async function startPeers(threads) {
  const theirs =
    (await start("NumPy", ["python3", numpy], threads)) ??
    (await start("NumPy", ["/usr/bin/python3", numpy], threads));
  const lintel = await start("Lintel", serve("lintel.mjs"), threads, theirs?.library);
  if (lintel === undefined) {
    theirs?.stop();
    return [];
  }
  const ort = await start("onnxruntime-node", serve("onnxruntime-node.mjs"), threads);
  return [lintel, theirs, ort].filter((peer) => peer !== undefined);
}

async function sample(peer, calls, threads) {
  let best = { ms: Infinity, share: 0 };
  for (let attempt = 0; attempt < ATTEMPTS && best.share < LEAST_SHARE * threads; attempt++) {
    const next = await peer.ask({ calls });
    if (next.share > best.share) best = next;
  }
  return best.ms;
}

const median = (values) => values.toSorted((x, y) => x - y)[Math.floor(values.length / 2)];

/** Median milliseconds a call, per peer. Throws when the peers disagree about the product. */
export async function compare(peers, { edge, dtype, threads }, rounds) {
  const tolerance = (dtype === "float32" ? 1e-5 : 1e-13) * Math.sqrt(edge);
  const entries = [];
  for (const peer of peers) {
    const { values } = await peer.ask({ prepare: { edge, dtype } });
    const first = entries[0]?.values ?? values;
    const error = Math.max(...values.map((value, i) => Math.abs(value - first[i])));
    if (!(error < tolerance)) throw new Error(`${peer.name} differs by ${error} at ${edge} in ${dtype}`);
    let fastest = Infinity;
    for (const begin = performance.now(); performance.now() - begin < WARM_UP_MS;) {
      fastest = Math.min(fastest, (await peer.ask({ calls: 2 })).ms);
    }
    entries.push({ peer, values, calls: Math.max(1, Math.round(BATCH_MS / fastest)), times: [] });
  }
  for (let round = 0; round < rounds; round++) {
    for (const entry of round % 2 ? entries.toReversed() : entries) {
      entry.times.push(await sample(entry.peer, entry.calls, threads));
    }
  }
  return entries.map(({ times }) => median(times));
}
