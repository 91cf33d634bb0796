import type { Kernel } from "../../op/define.js";
import { broadcastView, readValues } from "../../op/loops.js";
import { forEachOffset } from "../../tensor/tensor.js";

/** Copies elements as they are stored: all three values already have the output's dtype. */
export const whereReference: Kernel<undefined> = ([condition, x, y], [output]) => {
  const chosen = readValues(broadcastView(condition, output.sizes));
  const [source, target] = [x.elements, output.elements];
  let i = 0;
  forEachOffset(broadcastView(x, output.sizes), (offset) => {
    target[i++] = source[offset];
  });
  i = 0;
  forEachOffset(broadcastView(y, output.sizes), (offset) => {
    if (chosen[i] === 0) target[i] = y.elements[offset];
    i++;
  });
};
