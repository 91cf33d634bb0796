// king − man + woman ≈ queen: arithmetic on word vectors, and the nearest word by cosine similarity.
import { cosineSimilarity, randn, tensor } from "lintel";
import { heading, show } from "./format.js";

// A table made for this example. Each word has some of five meanings, each meaning is a random direction of ℝ³⁰⁰,
// and every word has noise of its own, as learned embeddings do.
const meanings = {
  //        royal, female, young, person, animal
  king: [1, 0, 0, 1, 0],
  queen: [1, 1, 0, 1, 0],
  prince: [1, 0, 1, 1, 0],
  princess: [1, 1, 1, 1, 0],
  man: [0, 0, 0, 1, 0],
  woman: [0, 1, 0, 1, 0],
  boy: [0, 0, 1, 1, 0],
  girl: [0, 1, 1, 1, 0],
  horse: [0, 0, 0, 0, 1],
  mare: [0, 1, 0, 0, 1],
  foal: [0, 0, 1, 0, 1],
  lion: [0.5, 0, 0, 0, 1],
};
const words = Object.keys(meanings);
const directions = randn([5, 300], { seed: 3 });
const noise = randn([words.length, 300], { seed: 4 }).mul(0.4);
const table = tensor(Object.values(meanings)).matmul(directions).add(noise); // [12, 300]

const vector = (word: string) => table.select(0, words.indexOf(word));

/** The words closest to a vector, best first, leaving out those of the question. */
function nearest(query: ReturnType<typeof vector>, except: readonly string[]) {
  const similarities = [...cosineSimilarity(query, table).dataSync()].map(Number);
  return words
    .map((word, i) => ({ word, similarity: similarities[i] }))
    .filter(({ word }) => !except.includes(word))
    .toSorted((a, b) => b.similarity - a.similarity);
}

console.log(`${words.length} words as vectors in ℝ^${table.shape[1]}`);
for (const [a, minus, plus] of [
  ["king", "man", "woman"],
  ["princess", "girl", "boy"],
  ["mare", "woman", "man"],
]) {
  heading(`${a} − ${minus} + ${plus} ≈`);
  const answers = nearest(vector(a).sub(vector(minus)).add(vector(plus)), [a, minus, plus]);
  for (const { word, similarity } of answers.slice(0, 3)) show(word, similarity.toFixed(3));
}
