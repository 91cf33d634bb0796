// Semantic search: a truncated SVD puts documents that share no word close together (latent semantic analysis).
import { cosineSimilarity, matmul, tensor } from "lintel";
import { svd } from "lintel/linalg";

const documents = [
  "the doctor treated the patient in the hospital",
  "a nurse cares for every patient in the clinic",
  "the doctor and the nurse work in a clinic",
  "the hospital hired a surgeon and a nurse",
  "the striker scored a goal in the match",
  "the team won the match after a late goal",
  "a coach trains the team before every match",
  "the striker left the team and the coach",
  "the bank raised the interest on every loan",
  "a loan from the bank has low interest",
  "the market fell after the bank report",
  "a report on the market moved the interest",
  "the doctor of the team treated the striker",
  "the hospital took a loan for a new clinic",
];
const query = "surgeon clinic";

const ignored = new Set("the a in for every and after before on from has of new took".split(" "));
const wordsOf = (text: string) => text.split(" ").filter((word) => !ignored.has(word));
const vocabulary = [...new Set(documents.flatMap(wordsOf))];
const count = (text: string) => vocabulary.map((word) => wordsOf(text).filter((w) => w === word).length);

// Rows are documents, columns are words. The first k singular vectors are the k strongest topics.
const counts = tensor(documents.map(count)); // [documents, words]
const k = 3;
const { S, Vh } = svd(counts);
const topics = Vh.slice(0, 0, k).transpose(); // [words, k]
const places = matmul(counts, topics); // [documents, k]
const question = matmul(tensor(count(query)), topics); // [k]

console.log(`${documents.length} documents, ${vocabulary.length} words, ${k} topics`);
console.log(
  `singular values ${[...S.slice(0, 0, k + 1).dataSync()].map((s) => Number(s).toFixed(2)).join(", ")} …\n`,
);
console.log(`"${query}"        by topics   by words`);
const byTopics = cosineSimilarity(question, places).dataSync();
const byWords = cosineSimilarity(tensor(count(query)), counts).dataSync();
const ranked = documents.map((_, i) => i).toSorted((a, b) => Number(byTopics[b]) - Number(byTopics[a]));
for (const i of ranked.slice(0, 5)) {
  const [topic, word] = [byTopics[i], byWords[i]].map((similarity) => Number(similarity).toFixed(2));
  console.log(`  ${topic}        ${word}        ${documents[i]}`);
}
