// Interleaved timing: in every round each peer runs the same case once (a batch of calls, about 5 ms), in an
// order that alternates, so that a slow moment of the machine touches all peers alike. Medians are reported.

const BATCH_MS = 5;
const WARM_UP_MS = 300; // compilation in tiers, first growth of memory

async function time(run, calls) {
  const start = performance.now();
  for (let i = 0; i < calls; i++) await run();
  return (performance.now() - start) / calls;
}

/** Synchronous peers are not charged for awaiting. */
function timeSync(run, calls) {
  const start = performance.now();
  for (let i = 0; i < calls; i++) run();
  return (performance.now() - start) / calls;
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
    const product = await first;
    const clock = first instanceof Promise ? time : timeSync;
    const start = performance.now();
    let once = await clock(run, 1);
    while (performance.now() - start < WARM_UP_MS) once = await clock(run, 3);
    const calls = Math.max(1, Math.round(BATCH_MS / once));
    entries.push({ run, product: product.slice(), clock, calls, times: [] });
  }
  for (const { product } of entries) {
    const error = difference(product, entries[0].product, testCase.edge);
    if (!(error < 1e-5)) throw new Error(`peers disagree at ${testCase.edge} (${testCase.name}): ${error}`);
  }
  for (let round = 0; round < rounds; round++) {
    for (const entry of round % 2 ? entries.toReversed() : entries) {
      entry.times.push(await entry.clock(entry.run, entry.calls));
    }
  }
  return entries.map(({ times }) => median(times));
}
