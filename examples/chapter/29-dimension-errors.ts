// The three common dimension errors: red in the editor, explained when they run, and their fixes.
import { input, rearrange } from "lintel";
import { heading, show, times } from "./format.js";

/** Runs what the editor already refused, and shows the message. */
function attempt(code: string, wrong: () => unknown): void {
  try {
    wrong();
    show(code, "runs");
  } catch (error) {
    const { name, message } = error as Error;
    show(code, `${name}:\n    ${message}`);
  }
}

console.log("1. A missing transpose");
const Q = input([32, 512, 768]);
const K = input([32, 512, 768]);
attempt("Q.matmul(K)", () => {
  // @ts-expect-error matmul: [32, 512, 768] @ [32, 512, 768]: inner dims 768 and 512 differ; did you mean .matmul(other.transpose(-2, -1))?
  Q.matmul(K);
});
const scores = Q.matmul(K.transpose(-2, -1));
show("Q.matmul(K.transpose(-2, -1))", times(scores.shape));

heading("2. A missing batch dimension");
const x = input([512, 768]);
const W = input([768, 3072]);
// The product itself does not mind: the mistake surfaces later, where a batch is needed.
show("x.matmul(W)", times(x.matmul(W).shape));
attempt('rearrange(x, "B n (h d) -> B h n d", { h: 12 })', () => {
  // @ts-expect-error rearrange 'B n (h d) -> B h n d': [512, 768] has too few axes
  rearrange(x, "B n (h d) -> B h n d", { h: 12 });
});
const batch = x.unsqueeze(0);
show("x.unsqueeze(0)", times(batch.shape));
show("x.unsqueeze(0).matmul(W)", times(batch.matmul(W).shape));
show("x.unsqueeze(0), split into heads", times(rearrange(batch, "B n (h d) -> B h n d", { h: 12 }).shape));

heading("3. Broadcasting a bias");
const activations = input([32, 512, 768]);
show("[32, 512, 768] + [768]", times(activations.add(input([768])).shape));
attempt("[32, 512, 768] + [512]", () => {
  // @ts-expect-error add: cannot broadcast [32, 512, 768] with [512]: axis -1 is 768 vs 512; shapes align on the right, use .unsqueeze(axis) to add size-1 axes
  activations.add(input([512]));
});
show("[32, 512, 768] + [512, 1]", times(activations.add(input([512]).unsqueeze(-1)).shape));

heading("Broadcasting can also hide a mistake: [B, 1] with [B] would give [B, B].");
const predictions = input(["B", 1]);
const targets = input(["B"]);
attempt("predictions.sub(targets)", () => {
  // @ts-expect-error sub: [B, 1] with [B] would silently broadcast to an outer product; use .squeeze(-1) or .unsqueeze(-1) to say which you mean
  predictions.sub(targets);
});
show("predictions.squeeze(-1).sub(targets)", times(predictions.squeeze(-1).sub(targets).shape));
