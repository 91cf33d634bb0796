import { isOne, type Size } from "../../shape/dim.js";
import { sizesOf, type Einsum } from "../../shape/einsum.js";

/** Sums an operand over labels that nothing else needs. */
interface SumStep {
  readonly kind: "sum";
  readonly operand: number;
  readonly over: readonly string[];
  readonly kept: readonly string[];
}

/** Multiplies two operands and sums over the labels that only they share: a matrix product, batched. */
interface PairStep {
  readonly kind: "pair";
  /** Positions in the list of operands. Both leave it, the product goes to its end. */
  readonly operands: readonly [number, number];
  readonly batch: readonly string[];
  readonly left: readonly string[];
  readonly right: readonly string[];
  readonly contracted: readonly string[];
}

export type Step = SumStep | PairStep;

/**
 * Splits an einsum into sums and pairwise products: greedily the product with the fewest multiplications next.
 * Names without a size count as 1024, so a path chosen for symbolic sizes may differ from the one for numbers.
 */
export function planEinsum(einsum: Einsum, shapes: readonly (readonly Size[])[]): Step[] {
  const steps: Step[] = [];
  // A size-1 axis under `...` that others stretch takes no part.
  const operands = einsum.inputs.map((labels, i) =>
    [...new Set(labels)].filter((label) => !stretched(einsum, labels, shapes[i], label)),
  );
  operands.forEach((labels, i) => {
    const others = new Set([...einsum.output, ...operands.filter((_, j) => j !== i).flat()]);
    const over = labels.filter((label) => !others.has(label));
    if (over.length === 0) return;
    const kept = labels.filter((label) => others.has(label));
    steps.push({ kind: "sum", operand: i, over, kept });
    operands[i] = kept;
  });
  while (operands.length > 1) {
    const step = cheapestPair(einsum, operands);
    const [i, j] = step.operands;
    steps.push(step);
    operands.splice(j, 1);
    operands.splice(i, 1);
    operands.push([...step.batch, ...step.left, ...step.right]);
  }
  return steps;
}

function stretched(
  einsum: Einsum,
  labels: readonly string[],
  shape: readonly Size[],
  label: string,
): boolean {
  if (!label.startsWith(".")) return false;
  return isOne(shape[labels.indexOf(label)]) && !isOne(einsum.sizes.get(label)!);
}

function cheapestPair(einsum: Einsum, operands: readonly (readonly string[])[]): PairStep {
  let best: PairStep | undefined;
  let bestWork = Infinity;
  for (let i = 0; i < operands.length; i++) {
    for (let j = i + 1; j < operands.length; j++) {
      const step = pairStep(einsum, operands, i, j);
      const labels = [...step.batch, ...step.left, ...step.right, ...step.contracted];
      const work = sizesOf(einsum, labels).reduce<number>((total, size) => total * estimate(size), 1);
      if (best !== undefined && work >= bestWork) continue;
      best = step;
      bestWork = work;
    }
  }
  return best!;
}

function pairStep(einsum: Einsum, operands: readonly (readonly string[])[], i: number, j: number): PairStep {
  const [a, b] = [operands[i], operands[j]];
  const later = new Set([
    ...einsum.output,
    ...operands.filter((_, other) => other !== i && other !== j).flat(),
  ]);
  const shared = a.filter((label) => b.includes(label));
  return {
    kind: "pair",
    operands: [i, j],
    batch: shared.filter((label) => later.has(label)),
    contracted: shared.filter((label) => !later.has(label)),
    left: a.filter((label) => !shared.includes(label)),
    right: b.filter((label) => !shared.includes(label)),
  };
}

function estimate(size: Size): number {
  if (typeof size === "number") return size;
  const guesses = Object.fromEntries(size.names.map((name) => [name, 1024]));
  return Number((size.isKnown ? size : size.substitute(guesses)).value());
}
