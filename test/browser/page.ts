// The page: its own main thread first, then the worker.
import { reportScope } from "./engine.js";
import { scope, type PageReport, type WorkerReport } from "./report.js";

const { Worker } = scope;

function runWorker(): Promise<WorkerReport> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  return new Promise((resolve, reject) => {
    worker.addEventListener("message", ({ data }) => {
      if ("report" in data) resolve(data.report);
      else reject(new Error(data.error));
    });
    worker.addEventListener("error", ({ message }) =>
      reject(new Error(message ?? "the worker is not loaded")),
    );
  });
}

async function report(): Promise<PageReport> {
  const main = await reportScope();
  return { main, worker: await runWorker() };
}

scope.report = report();
