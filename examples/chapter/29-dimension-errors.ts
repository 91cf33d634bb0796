// The three common dimension errors: red in the editor, explained when they run, and their fixes.
import { input, randn, rearrange } from "lintel";
import { heading, show, times } from "./format.js";

/** Runs what the editor already refused, and shows the message. */
function attempt(code: string, wrong: () => unknown): void {
  try {
    wrong();
    show(code, "runs");
  } catch (error) {
    show(code, `${(error as Error).name}:`);
    console.log(`    ${(error as Error).message}`);
  }
}

console.log("1. A missing transpose");
const Q = randn([32, 512, 768], { seed: 1 });
const K = randn([32, 512, 768], { seed: 2 });
attempt("Q.matmul(K)", () => {
  // @ts-expect-error matmul: inner dims 768 and 512 differ; did you mean .matmul(other.transpose(-2, -1))?
  Q.matmul(K);
});
const scores = input(Q.shape).matmul(input(K.shape).transpose(-2, -1));
show("Q.matmul(K.transpose(-2, -1))", times(scores.shape));

heading("2. A missing batch dimension");
const x = randn([512, 768], { seed: 3 });
const W = randn([768, 3072], { seed: 4 });
// The product itself does not mind: the mistake surfaces later, where a batch is needed.
show("x.matmul(W)", times(x.matmul(W).shape));
attempt('rearrange(x, "B n (h d) -> B h n d", { h: 12 })', () => {
  // @ts-expect-error rearrange: the pattern has 3 axes, [512, 768] has 2
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
  // @ts-expect-error add: 768 and 512 do not broadcast
  activations.add(input([512]));
});
show("[32, 512, 768] + [512, 1]", times(activations.add(input([512]).unsqueeze(-1)).shape));

heading("Broadcasting can also hide a mistake. Names show it:");
const predictions = input(["B", 1]);
const targets = input(["B"]);
show("predictions [B, 1] − targets [B]", `${times(predictions.sub(targets).shape)}, not one per example`);
show("predictions.squeeze(1) − targets", times(predictions.squeeze(1).sub(targets).shape));
