// Broadcasting: a bias [768] is added to every token of every sequence of [32, 512, 768].
import { arange, input, zeros } from "lintel";
import { heading, show, times } from "./format.js";

const x = input([32, 512, 768]);
const bias = input([768]);
console.log("Shapes are aligned from the right, missing axes count as 1, and 1 stretches:");
show(`${times(x.shape)} + ${times(bias.shape)}`, times(x.add(bias).shape));
show("the same, explicitly", times(x.add(bias.reshape([1, 1, 768])).shape));

const tokens = zeros([2, 3, 4]);
const small = arange(4).cast("float32");
heading("On data, [2, 3, 4] + [4]:");
console.log(String(tokens.add(small)));

const stretched = small.expand([2, 3, 4]);
heading("Stretching copies nothing: the added axes have stride 0.");
show("shape", times(stretched.shape));
show("strides", `[${stretched.strides.join(", ")}]`);
show("the same values", tokens.add(small).eq(stretched).cast("int32").sum().item() === stretched.size);
