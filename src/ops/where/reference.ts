import type { Kernel } from "../../op/define.js";
import { broadcastView, forEachRow } from "../../op/loops.js";
import { asWords, moveElement, wordsOf } from "../../tensor/words.js";

/** Copies elements as they are stored: the condition is bool, both values have the output's dtype. */
export const whereReference: Kernel<undefined> = (inputs, [output]) => {
  const [condition, x, y] = inputs.map((input) => broadcastView(input, output.sizes));
  const [chosen, left, right, target] = [condition, x, y, output].map(({ elements }) => asWords(elements));
  const words = wordsOf(output.elements);
  const [step, xStep, yStep] = [condition, x, y].map(({ strides }) => strides.at(-1) ?? 0);
  forEachRow(output.sizes, [condition, x, y], ([c, p, q], o, length) => {
    for (let i = 0; i < length; i++, c += step, p += xStep, q += yStep) {
      if (chosen[c] === 0) moveElement(right, q, target, o + i, words);
      else moveElement(left, p, target, o + i, words);
    }
  });
};
