import type { Command } from "commander";
import pico from "picocolors";
import { wrap } from "../../report/wrap.js";
import { isKnown, type Size } from "../../shape/dim.js";
import { evaluate, type Evaluation, type Step } from "../explain/evaluate.js";
import { drawOperands, shapeText, wrongAxes } from "../explain/draw.js";
import { fixesOf } from "../explain/fixes.js";
import { parseExpression } from "../explain/parse.js";
import type { Io } from "../io.js";

export function addExplain(program: Command, io: Io, fail: (code: number) => void): void {
  program
    .command("explain")
    .description("why shapes fit or do not, axis by axis, and what would help")
    .argument("<expression>", 'such as "Q[32,512,768] @ K[32,512,768]"')
    .option("--json", "one object")
    .addHelpText(
      "after",
      '\nOperators: @ + - * /, .T, .transpose(i, j), .unsqueeze(axis), einsum("…", A[…], B[…]), x[…] -> […].\n' +
        "Sizes are numbers, names or formulas: x[B, n+1, 768].\n" +
        "Exits with 0 if all shapes fit, 1 if some do not, 2 if the expression cannot be read.",
    )
    .action((expression: string, flags: { readonly json?: boolean }) => {
      const evaluation = evaluate(parseExpression(expression));
      io.stdout(flags.json === true ? asJson(expression, evaluation) : asText(evaluation, io));
      if (failedStep(evaluation) !== undefined) fail(1);
    });
}

const failedStep = ({ steps }: Evaluation): Step | undefined =>
  steps.find(({ error }) => error !== undefined);

function asText(evaluation: Evaluation, io: Io): string {
  const paint = pico.createColors(io.color);
  const lines: string[] = [];
  for (const step of evaluation.steps) {
    lines.push(paint.bold(step.code), "", ...drawOperands(step.operands, wrongAxes(step), paint), "");
    if (step.result !== undefined) {
      lines.push(`  ${paint.green("✔")} ${shapeText(step.result)}${flopsText(step)}`, "");
      continue;
    }
    lines.push(`  ${paint.red("✘")} ${wrap(step.error!.message, io.width, "    ")}`, "");
    for (const { code, result } of fixesOf(step)) {
      lines.push(`  ${paint.dim("works:")} ${code}  ${paint.dim("→")} ${shapeText(result)}`);
    }
  }
  if (evaluation.steps.length === 0) lines.push(shapeText(evaluation.result!));
  return `${lines.join("\n").trimEnd()}\n`;
}

/** `, 2·32·512·512·768 = 12,884,901,888 FLOPs`; a formula alone while names have no size. */
function flopsText({ flops }: Step): string {
  if (flops.equals(0)) return "";
  const formula = String(flops);
  if (!flops.isKnown) return `, ${formula} FLOPs`;
  const value = flops.value().toLocaleString("en-US");
  return formula.includes("·") ? `, ${formula} = ${value} FLOPs` : `, ${value} FLOPs`;
}

const sizes = (dims: readonly Size[]): (number | string)[] =>
  dims.map((size) => (isKnown(size) ? size.valueOf() : String(size)));

function asJson(expression: string, evaluation: Evaluation): string {
  const failed = failedStep(evaluation);
  const object = {
    schema: "lintel.explain/1",
    expression,
    valid: failed === undefined,
    result: evaluation.result === undefined ? null : sizes(evaluation.result),
    steps: evaluation.steps.map((step) => ({
      code: step.code,
      operands: step.operands.map(({ name, dims }) => ({ name, shape: sizes(dims) })),
      result: step.result === undefined ? null : sizes(step.result),
      flops: step.flops.isKnown ? Number(step.flops.value()) : null,
      formula: String(step.flops),
    })),
    error:
      failed === undefined
        ? null
        : {
            name: failed.error!.name,
            message: failed.error!.message,
            code: failed.code,
            axes: wrongAxes(failed),
          },
    fixes:
      failed === undefined
        ? []
        : fixesOf(failed).map(({ code, result }) => ({ code, result: sizes(result) })),
  };
  return `${JSON.stringify(object, null, 2)}\n`;
}
