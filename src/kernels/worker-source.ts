// What a worker thread runs, and where it finds its orders. It is text, so that it needs no file that a bundler
// would have to find and no import that a page would have to serve.

/** Places in the control words (int32), a cache line apart. Ticket numbers wrap around. */
export const PUBLISHED = 0; // tickets that exist
export const CLAIMED = 16; // tickets that some thread has taken
export const DONE = 32; // tickets that workers have completed: what the main thread waits on
export const READY = 48; // workers that have started

/** Behind them a ring of orders: state, kernel, count of arguments, scratch bytes per thread; then the arguments. */
export const RING = 64; // orders, a power of two
export const ORDER_WORDS = 64; // words of an order
export const FIRST_ORDER = 64; // word at which the ring starts
export const CONTROL_BYTES = 4 * (FIRST_ORDER + RING * ORDER_WORDS);

/** States of an order. */
export const OPEN = 0;
export const COMPLETED = 1;
export const FAILED = 2;

/**
 * Milliseconds that a thread with nothing to do keeps looking before it sleeps, and looks between two readings of the
 * clock. Waking is dear where the processor is virtual; docs/decisions/0011-threads.md has the measurements.
 */
export const PATIENT_MS = 0.2;
export const LOOKS = 64;

/**
 * The worker. Its instance writes the module's static data again, but these are constants, so the bytes do not change
 * under those who read them. There is no stack in memory and no mutable global that matters (stub runtime).
 */
export const workerSource = `
const serve = ({ module, memory, control, lane }) => {
  const words = new Int32Array(control);
  const numbers = new Float64Array(control);
  const kernels = Object.values(new WebAssembly.Instance(module, { env: { memory } }).exports);
  Atomics.add(words, ${READY}, 1);
  let looks = 0;
  let since = 0;
  for (;;) {
    const published = Atomics.load(words, ${PUBLISHED});
    const ticket = Atomics.load(words, ${CLAIMED});
    if (((published - ticket) | 0) <= 0) {
      if (looks++ === 0) since = performance.now();
      else if (looks % ${LOOKS} === 0 && performance.now() - since > ${PATIENT_MS}) {
        Atomics.wait(words, ${PUBLISHED}, published);
      }
      continue;
    }
    if (Atomics.compareExchange(words, ${CLAIMED}, ticket, (ticket + 1) | 0) !== ticket) continue;
    looks = 0;
    const order = ${FIRST_ORDER} + (ticket & ${RING - 1}) * ${ORDER_WORDS};
    const count = words[order + 2];
    const parameters = Array.from(numbers.subarray(order / 2 + 2, order / 2 + 2 + count));
    parameters[count - 1] += lane * words[order + 3];
    let state = ${COMPLETED};
    try {
      kernels[words[order + 1]](...parameters);
    } catch {
      state = ${FAILED};
    }
    Atomics.store(words, order, state);
    Atomics.add(words, ${DONE}, 1);
    Atomics.notify(words, ${DONE});
  }
};
const node = globalThis.process?.getBuiltinModule?.("node:worker_threads");
if (node?.workerData?.control) serve(node.workerData);
else globalThis.onmessage = (event) => serve(event.data);
`;
