import pico from "picocolors";
import { duration, integer, percent, significant } from "./format.js";
import type { Comparison, Profile, ProfiledBlock, ProfiledPhase } from "./profile.js";
import type { Column, Section } from "./sections.js";
import { drawNotes, drawSection } from "./table.js";
import type { TextOptions } from "./text.js";

const left = (name: string): Column => ({ name, align: "left" });
const right = (name: string): Column => ({ name, align: "right" });

const optional = (column: Column): Column => ({ ...column, optional: true });

const times = ({ predictedSeconds, measuredSeconds, ratio }: Comparison): string[] => [
  predictedSeconds === 0 ? "" : duration(predictedSeconds),
  duration(measuredSeconds),
  ratio === null ? "" : significant(ratio),
];

const timeColumns = [right("predicted"), right("measured"), right("ratio"), right("share")];

function opsSection(phase: ProfiledPhase): Section {
  const share = (seconds: number): string => percent(seconds / phase.measuredSeconds);
  return {
    title: "by kind of op",
    columns: [left("op"), right("uses"), ...timeColumns, optional(left("predicted bound"))],
    rows: [
      ...phase.ops.map((row) => [
        row.op,
        integer(row.uses),
        ...times(row),
        share(row.measuredSeconds),
        row.bound ?? "",
      ]),
      ["outside ops", "", "", duration(phase.outsideOpsSeconds), "", share(phase.outsideOpsSeconds), ""],
      ["all", "", ...times(phase), percent(1), ""],
    ],
    total: phase.ops.length + 1,
  };
}

/** The tree of modules; what runs in a module outside its children is left to the table of ops. */
function blocksSection(phase: ProfiledPhase, depth = 4): Section {
  const rows: string[][] = [];
  const visit = (block: ProfiledBlock, lead: string, below: string, level: number): void => {
    const share = percent(block.measuredSeconds / phase.measuredSeconds);
    rows.push([lead + block.name, block.count > 1 ? `×${block.count}` : "", ...times(block), share]);
    if (level >= depth) return;
    block.children.forEach((child, i) => {
      const last = i === block.children.length - 1;
      visit(child, `${below}${last ? "└ " : "├ "}`, `${below}${last ? "  " : "│ "}`, level + 1);
    });
  };
  visit(phase.blocks, "", "", 0);
  return { title: "by module", columns: [left("module"), right("×"), ...timeColumns], rows, total: 0 };
}

function heading(title: string, phase: ProfiledPhase): string {
  const { predictedSeconds, measuredSeconds, ratio } = phase;
  const factor = ratio === null ? "" : `, ratio ${significant(ratio)}`;
  return `${title}: ${duration(predictedSeconds)} predicted, ${duration(measuredSeconds)} measured${factor}`;
}

/**
 * The profile for a terminal.
 *
 * @example
 * const pass = { ...trace(new Linear(64, 256), [randn([5, 64])]), tokens: 5, seconds: 0.001 };
 * profileText(profileOf([pass], hardware["a100-40gb"], "linear")); // "Prefill, 5 tokens at once: …"
 */
export function profileText(
  { prefill, decode, notes }: Profile,
  { width = 100, color = false }: TextOptions = {},
): string {
  const paint = pico.createColors(color);
  const columns = Math.max(60, Math.min(width, 120));
  const draw = (what: string, title: string, phase: ProfiledPhase): string[] => [
    paint.bold(heading(title, phase)),
    ...[opsSection(phase), blocksSection(phase)].map((section) =>
      drawSection({ ...section, title: `${what} ${section.title}` }, columns, paint),
    ),
  ];
  const tokens = `${integer(prefill.tokens)} token${prefill.tokens === 1 ? "" : "s"}`;
  return `${[
    ...draw("Prefill", `Prefill, ${tokens} at once`, prefill),
    ...(decode === null
      ? []
      : draw(
          "Decode",
          `Decode, mean of ${integer(decode.passes)} step${decode.passes === 1 ? "" : "s"}`,
          decode,
        )),
    drawNotes(notes, columns, paint),
  ].join("\n\n")}\n`;
}
