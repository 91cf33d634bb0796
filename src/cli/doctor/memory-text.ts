import type { AccessPatterns, BlasLevel, GemmOrder } from "../../cost/machine/index.js";
import { bar, barWidth } from "../../report/bar.js";
import { decimal, integer, significant } from "../../report/format.js";
import type { Column } from "../../report/sections.js";
import { drawSection, type Paint } from "../../report/table.js";
import { wrap } from "../../report/wrap.js";
import type { MemoryReport } from "./memory.js";

const left = (name: string): Column => ({ name, align: "left" });
const right = (name: string): Column => ({ name, align: "right" });

/** The three experiments: blocks of text to stand below each other. */
export function drawMemoryReport(
  { access, blasLevels, gemmOrders }: MemoryReport,
  width: number,
  paint: Paint,
): string[] {
  return [
    drawAccess(access, width, paint),
    drawLevels(blasLevels, width, paint),
    drawOrders(gemmOrders, width, paint),
  ];
}

function orderName(strideBytes: number | null): string {
  if (strideBytes === null) return "scattered";
  return strideBytes === 4 ? "in order" : `every ${integer(strideBytes)} bytes`;
}

function drawAccess({ arrayBytes, patterns }: AccessPatterns, width: number, paint: Paint): string {
  const slowest = Math.max(...patterns.map(({ slowdown }) => slowdown));
  const strided = patterns.filter(({ strideBytes }) => strideBytes !== null && strideBytes > 4);
  const table = drawSection(
    {
      title: `Reading ${integer(arrayBytes / 2 ** 20)} MiB of 4-byte numbers, each once`,
      columns: [left("order"), right("ns each"), right("useful GB/s"), right("times as long"), left("")],
      rows: patterns.map(({ strideBytes, secondsPerElement, bytesPerSecond, slowdown }) => [
        orderName(strideBytes),
        significant(secondsPerElement * 1e9),
        significant(bytesPerSecond / 1e9),
        decimal(slowdown),
        bar(slowdown / slowest, barWidth(width, 62)),
      ]),
    },
    width,
    paint,
  );
  const worst = Math.max(...strided.map(({ slowdown }) => slowdown));
  const verdict =
    `Reading with strides took up to ${decimal(worst)} times as long as reading in order, scattered ` +
    `${decimal(patterns.at(-1)!.slowdown)} times. Textbooks say 10 to 100.`;
  return `${table}\n  ${wrap(verdict, width, "  ")}`;
}

function drawLevels(levels: readonly BlasLevel[], width: number, paint: Paint): string {
  const fastest = Math.max(...levels.map(({ flopsPerSecond }) => flopsPerSecond));
  return drawSection(
    {
      title: "The levels of BLAS, float32",
      columns: [left("level"), right("n"), right("FLOP/B"), right("GB/s"), right("GFLOP/s"), left("")],
      rows: levels.map(({ level, op, n, flopsPerByte, bytesPerSecond, flopsPerSecond }) => [
        `${level} ${op}`,
        integer(n),
        significant(flopsPerByte),
        significant(bytesPerSecond / 1e9),
        significant(flopsPerSecond / 1e9),
        bar(flopsPerSecond / fastest, barWidth(width, 54)),
      ]),
    },
    width,
    paint,
  );
}

const explained = {
  naive: "three loops",
  blocked: "loops over blocks",
  packed: "packed blocks, the engine",
} as const;

function drawOrders(orders: readonly GemmOrder[], width: number, paint: Paint): string {
  const fastest = Math.max(...orders.map(({ flopsPerSecond }) => flopsPerSecond));
  return drawSection(
    {
      title: `One product, computed in three ways, n = ${integer(orders[0].n)}, float32`,
      columns: [left("how"), right("GFLOP/s"), right("times as fast"), left("")],
      rows: orders.map(({ order, block, flopsPerSecond, speedup }) => [
        `${explained[order]}${block === null ? "" : ` of ${block}`}`,
        significant(flopsPerSecond / 1e9),
        decimal(speedup),
        bar(flopsPerSecond / fastest, barWidth(width, 58)),
      ]),
    },
    width,
    paint,
  );
}
