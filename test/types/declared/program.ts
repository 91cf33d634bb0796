// A library that exports what Lintel's functions answer and leaves every type to the compiler. Its declarations must
// spell these types out in public names. Only compiled: declarations.test.ts.
import {
  concat,
  dim,
  einsum,
  engines,
  input,
  matmul,
  Polynomial,
  randn,
  Random,
  rearrange,
  type Dim,
  type Tensor,
} from "lintel";
import {
  analyze,
  analyzeFolder,
  findHardware,
  hardware,
  measureMachine,
  trace,
  trainingMemory,
} from "lintel/cost";
import {
  encodeSafetensors,
  openCheckpoint,
  openSafetensors,
  readNpy,
  writeSafetensors,
} from "lintel/formats";
import {
  cond,
  eig,
  eigh,
  eigsh,
  eigvals,
  lowRank,
  lstsq,
  lu,
  PCA,
  qr,
  slogdet,
  solve,
  svd,
  svdLowrank,
} from "lintel/linalg";
import {
  architectures,
  buildModel,
  findPreset,
  generate,
  loadConfig,
  loadModel,
  presets,
} from "lintel/models";
import {
  Embedding,
  GatedMlp,
  KeyValueCache,
  LayerNorm,
  Linear,
  Mlp,
  Module,
  MultiHeadAttention,
  RMSNorm,
  SizedLinear,
} from "lintel/nn";

export const q = input(["B", "n", 768]);
export const scores = matmul(q, q.transpose(-2, -1)).softmax(-1);
export const heads = rearrange(q, "b n (h d) -> b h n d", { h: 12 });
export const summed = einsum("bnd,bmd->bnm", q, q);
export const joined = concat([q, q], 1);
export const bound = q.bind({ B: 3, n: 4 });
export const parts = q.split(2, -1);
export const size = dim("B", 3);
export const symbol = Polynomial.symbol("B");
export const used = engines();
export const random = new Random(1);

const a = randn([8, 5]);
export const nested = a.toArray();
export const elements = a.dataSync();
export const ofAnyRank = (x: Tensor) => x.matmul(a);
export const anyShape = (x: Tensor) => x.add(1);

const square = randn([5, 5]);
export const decompositions = {
  svd: svd(a),
  sampled: svdLowrank(a, { rank: 3 }),
  adaptive: svdLowrank(a, { tolerance: 0.1 }),
  truncated: lowRank(a, 3),
  qr: qr(a, { mode: "complete" }),
  lu: lu(a),
  eigh: eigh(square),
  eig: eig(square),
  eigvals: eigvals(square),
  few: eigsh(square, { k: 2 }),
  implicit: eigsh((v) => square.matmul(v), { n: 5, k: 2 }),
  solution: solve(square, square),
  fit: lstsq(a, randn([8, 2])),
  sign: slogdet(square),
  sensitivity: cond(a),
  components: new PCA({ components: 2 }),
};

export class Block extends Module {
  readonly embedding = new Embedding(100, 64);
  readonly norm = new LayerNorm(64);
  readonly rms = new RMSNorm(64);
  readonly attention = new MultiHeadAttention(64, 4);
  readonly up = new Linear(64, 256);
  readonly down = new Linear(256, 64);
  readonly mlp = new Mlp(64, 256);
  readonly gated = new GatedMlp(64, 256);
  readonly sized = new SizedLinear(64, 64);
  readonly cache = new KeyValueCache();
  forward<B extends Dim, N extends Dim>(x: Tensor<[B, N, 64]>) {
    return x.add(this.down.forward(this.up.forward(this.norm.forward(x)).gelu()));
  }
}

export const priced = trace(() => new Block().forward(input(["B", "n", 64])));
export const budget = trainingMemory(priced);
export const analysis = analyze("gpt2");
export const folder = () => analyzeFolder("gpt2");
export const devices = [hardware, findHardware("h200"), measureMachine] as const;

export const config = loadConfig("gpt2");
export const preset = findPreset("gpt2");
export const model = () => buildModel(config);
export const models = { architectures, presets, generate, load: () => loadModel("gpt2") };
export const files = {
  checkpoint: () => openCheckpoint("gpt2"),
  file: () => openSafetensors("model.safetensors"),
  write: writeSafetensors,
  encode: encodeSafetensors,
  array: readNpy,
};
