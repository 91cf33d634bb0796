// Kernel calls with every size and address worked out, ready to run.
import { MOST_SLOTS, type Job, type KernelExports, type ThreadPool } from "../kernels/index.js";
import type { KernelCall } from "../op/lower.js";
import type { Variables } from "./variables.js";

type Kernel = (...parameters: readonly number[]) => void;

/** Matrix elements from which a product is shared among threads, and those of one piece: some 70 µs from memory. */
const MANY_ELEMENTS = 2 ** 19;
const PIECE = 2 ** 18;

/** The call as a function, which reads the variables when it runs. */
export function bind(
  { kernel, parameters }: KernelCall,
  variables: Variables,
  exports: KernelExports,
  pool: ThreadPool | undefined,
): () => void {
  const run = exports[kernel] as Kernel;
  const sizes = parameters.map((parameter) => variables.evaluator(parameter));
  const p = sizes.map((size) => (typeof size === "number" ? size : 0));
  const changing = sizes.flatMap((size, i) => (typeof size === "number" ? [] : [{ i, value: size }]));
  // A kernel ignores arguments that it has no parameters for; spreading a list costs more than a small kernel.
  if (changing.length > 0) {
    return () => {
      for (const { i, value } of changing) p[i] = value();
      run(p[0], p[1], p[2], p[3], p[4], p[5], p[6]);
    };
  }
  const [a, b, c, d, e, f, g] = p;
  if (pool !== undefined && kernel === "gemvRowsF32" && a * b >= MANY_ELEMENTS) {
    const job = productInPieces(p, run);
    return () => pool.run(job);
  }
  return () => run(a, b, c, d, e, f, g);
}

/** Each row is summed as one thread sums it, so the cuts change no bit. */
function productInPieces([rows, k, matrix, step, x, y, accumulate]: readonly number[], run: Kernel): Job {
  const count = Math.max(4, Math.floor(PIECE / k / 4) * 4);
  const pieces = Math.ceil(rows / count);
  const calls = Array.from({ length: pieces }, (_, i) => {
    const first = i * count;
    const at = [matrix + 4 * first * step, step, x, y + 4 * first, accumulate];
    return { kernel: "gemvRowsF32" as const, parameters: [Math.min(count, rows - first), k, ...at] };
  });
  return {
    pieces,
    slots: Math.min(pieces, MOST_SLOTS),
    after: () => 0,
    stage: (piece) => calls[piece],
    finish: () => {},
    rest: (piece) => {
      for (const { parameters } of calls.slice(piece)) run(...parameters);
    },
  };
}
