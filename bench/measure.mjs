// Interleaved timing: in every round each peer runs the same case once (a batch of calls, about 5 ms), in an
// order that alternates, so that a slow moment of the machine touches all peers alike. A batch during which the
// process lost the processor to others is repeated. Medians are reported.

const BATCH_MS = 5;
const WARM_UP_MS = 300; // compilation in tiers, first growth of memory
const LEAST_SHARE = 0.97; // of the wall time, spent on the processor
const ATTEMPTS = 12;

/** Milliseconds a call, and the share of that time the process was running. */
async function time({ run, synchronous }, calls) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  if (synchronous) for (let i = 0; i < calls; i++) run();
  else for (let i = 0; i < calls; i++) await run();
  const wall = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { ms: wall / calls, share: (user + system) / 1000 / wall };
}

/** One undisturbed sample; after many attempts, the least disturbed. */
async function sample(entry) {
  let best = { ms: Infinity, share: 0 };
  for (let attempt = 0; attempt < ATTEMPTS && best.share < LEAST_SHARE; attempt++) {
    const next = await time(entry, entry.calls);
    if (next.share > best.share) best = next;
  }
  return best.ms;
}

function median(values) {
  const sorted = values.toSorted((x, y) => x - y);
  return sorted[Math.floor(sorted.length / 2)];
}

/** Largest difference of two products, relative to the size of a sum of `edge` terms. */
function difference(x, y, edge) {
  let worst = 0;
  for (let i = 0; i < x.length; i++) worst = Math.max(worst, Math.abs(x[i] - y[i]));
  return worst / Math.sqrt(edge);
}

/** Median milliseconds a call, per peer. Throws when the peers disagree about the product. */
export async function measure(testCase, peers, rounds) {
  const entries = [];
  for (const peer of peers) {
    const run = await peer.prepare(testCase);
    const first = run();
    const product = (await first).slice();
    const entry = { run, product, synchronous: !(first instanceof Promise), calls: 1, times: [] };
    const start = performance.now();
    let fastest = Infinity;
    while (performance.now() - start < WARM_UP_MS) fastest = Math.min(fastest, (await time(entry, 2)).ms);
    entry.calls = Math.max(1, Math.round(BATCH_MS / fastest));
    entries.push(entry);
  }
  for (const { product } of entries) {
    const error = difference(product, entries[0].product, testCase.edge);
    if (!(error < 1e-5)) throw new Error(`peers disagree at ${testCase.edge} (${testCase.name}): ${error}`);
  }
  for (let round = 0; round < rounds; round++) {
    for (const entry of round % 2 ? entries.toReversed() : entries) entry.times.push(await sample(entry));
  }
  return entries.map(({ times }) => median(times));
}
