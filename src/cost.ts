// What `lintel/cost` exports: pricing of any code, pricing of whole models, and the reports.
export * from "./cost/index.js";
export * from "./report/index.js";
