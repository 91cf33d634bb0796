// Which engine runs in this scope, and what its threads compute.
import { engines, matmul, tensor } from "lintel";
import { engineStatus, selectThreads, whenThreadsReady } from "../../src/kernels/index.js";
import { compareMatmul } from "./ops.js";
import { compareSums, product, wave } from "./references.js";
import { scope, type ScopeReport, type ThreadsReport } from "./report.js";

async function reportThreads(): Promise<ThreadsReport> {
  const size = 192; // enough multiply-adds for other threads to be woken
  const counts = [size, size, size] as const;
  const [a, b] = [wave(size * size, 0.37), wave(size * size, 1.13)];
  const run = (): Float32Array =>
    matmul(tensor(a, { shape: [size, size] }), tensor(b, { shape: [size, size] })).dataSync() as Float32Array;

  const byItself = engineStatus();
  selectThreads(1);
  const alone = run();
  selectThreads(2);
  await whenThreadsReady();
  const asked = engineStatus();
  const together = run();
  selectThreads("auto");
  return {
    byItself,
    asked,
    sameBits: alone.every((value, i) => Object.is(value, together[i])),
    comparison: compareSums("large matmul", together, product(a, b, counts), size),
  };
}

/** The first op comes first: nothing has been loaded or awaited before it. */
export async function reportScope(): Promise<ScopeReport> {
  const first = compareMatmul(40, 50, 60);
  const available = engines().filter((engine) => engine.available);
  return {
    product: first,
    isolated: scope.crossOriginIsolated,
    cores: scope.navigator.hardwareConcurrency,
    engines: Object.fromEntries(available.map(({ name, summary }) => [name, summary])),
    threads: await reportThreads(),
  };
}
