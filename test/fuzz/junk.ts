// Arguments of every wrong kind, in lists that begin as right calls do.
import { hardware, trace } from "../../src/cost.js";
import { input, randn, tensor, zeros } from "../../src/index.js";
import { buildModel } from "../../src/models/index.js";
import { Linear } from "../../src/nn/index.js";

const llamaSizes = {
  vocab_size: 8,
  hidden_size: 4,
  num_hidden_layers: 1,
  num_attention_heads: 2,
  intermediate_size: 8,
  max_position_embeddings: 6,
};

/** The smallest model of each family, as a parsed `config.json`. */
export const smallConfigs = {
  bert: { model_type: "bert", type_vocab_size: 2, ...llamaSizes },
  gpt2: { model_type: "gpt2", vocab_size: 8, n_embd: 4, n_layer: 1, n_head: 2, n_positions: 6 },
  llama: { model_type: "llama", ...llamaSizes },
  neox: { model_type: "gpt_neox", rotary_pct: 1, ...llamaSizes },
} as const;

const matrix = randn([3, 3]);
const device = hardware["a100-40gb"];
const model = buildModel(smallConfigs.gpt2);
const run = trace(new Linear(3, 3), [matrix]);

const junk: Readonly<Record<string, unknown>> = {
  nothing: undefined,
  null: null,
  "a negative number": -7,
  "a fraction": 1.5,
  NaN,
  "a bigint": 10n,
  "a symbol": Symbol("junk"),
  "a string": "/no/such/junk",
  "a string that is no path": "a\0b",
  "an address": new URL("https://example.org/model"),
  "an object": {},
  "an object of junk": { junk: 1 },
  "an object without prototype": Object.create(null),
  "an array": [1, 2, 3],
  "an array of junk": ["a", null],
  "a function": () => 1,
  true: true,
  bytes: new Uint8Array(3),
  "a matrix": matrix,
  "a batch": randn([2, 3, 3]),
  "an integer matrix": tensor([[1, 2]], { dtype: "int32" }),
  "an abstract matrix": input(["B", "n"]),
  "an empty matrix": zeros([0, 0]),
};

/** How right calls begin. */
const beginnings: Readonly<Record<string, readonly unknown[]>> = {
  "": [],
  "a matrix and ": [matrix],
  "two matrices and ": [matrix, matrix],
  "three matrices and ": [matrix, matrix, matrix],
  "a number and ": [4],
  "two numbers and ": [4, 2],
  "a shape, a number and ": [[2, 2], 3],
  "a name in no folder and ": ["/no/such/n"],
  "a trace and ": [run],
  "records and ": [run.records],
  "a record and ": [run.records[0]],
  "a record, a device and ": [run.records[0], device],
  "a device and ": [device],
  "a model and ": [model],
  "a model, ids and ": [model, [1, 2]],
};

/** Every list of arguments to try, with what it is. */
export function* argumentLists(): Generator<[name: string, operands: unknown[]]> {
  yield ["no arguments", []];
  for (const [name, value] of Object.entries(junk)) {
    for (const [before, operands] of Object.entries(beginnings)) {
      yield [before + name, [...operands, value]];
    }
    yield [`${name} and a matrix`, [value, matrix]];
  }
}
