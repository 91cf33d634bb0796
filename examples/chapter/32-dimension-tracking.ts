// Every dimension through one layer of BERT-base, traced from the module that runs.
import { dim, input } from "lintel";
import { trace } from "lintel/cost";
import { buildModel } from "lintel/models";
import { heading, show, times } from "./format.js";

const model = buildModel("textbook-bert", { device: "abstract" });
const ids = input([dim("B", 32), dim("n", 512)], { dtype: "int32" });
const { records } = trace(model, [ids]);

const path = "encoder.layer.0";
const layer = records.filter((record) => record.path.startsWith(`${path}.`));
const [first] = layer;
console.log(`One encoder layer, B = 32 and n = 512`);
show("input", `[${first.inputs[0].dims.join(", ")}] = ${times(first.inputs[0].dims.map(Number))}`);

let module = "";
for (const { path: at, op, outputs } of layer) {
  if (at !== module) heading(at.slice(path.length + 1));
  module = at;
  const { dims } = outputs[0];
  show(op, `[${dims.join(", ")}]`.padEnd(20) + times(dims.map(Number)));
}
