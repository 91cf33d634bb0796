// Recorded runs as programs of kernel calls on memory that stays.
export { Program } from "./program.js";
export { Recording } from "./recording.js";
export { Residence } from "./residence.js";
