export interface Part {
  readonly label: string;
  readonly value: number;
}

export const shades = ["█", "▓", "▒", "░", "▞", "▖"] as const;

/** Cells per part, at least one for each that is not nothing, in all `width` cells when the parts make up `total`. */
function cellsOf(parts: readonly Part[], total: number, width: number): number[] {
  const cells = parts.map(({ value }) => (value > 0 ? Math.max(1, Math.round((value / total) * width)) : 0));
  const filled = cells.reduce((sum, n) => sum + n, 0);
  const isFull = parts.reduce((sum, { value }) => sum + value, 0) >= total;
  if (filled > width || isFull) cells[cells.indexOf(Math.max(...cells))] += width - filled;
  return cells;
}

/**
 * One bar of `width` cells: the parts side by side, then free room up to `capacity`. When the parts need more than
 * there is, a `┃` stands where the room ends.
 */
export function stackedBar(
  parts: readonly Part[],
  capacity: number | undefined,
  width: number,
  paint: (text: string, part: number) => string = (text) => text,
): string {
  const needed = parts.reduce((sum, { value }) => sum + value, 0);
  const total = Math.max(needed, capacity ?? needed, 1);
  const cells = cellsOf(parts, total, width).flatMap((n, part) => Array.from({ length: n }, () => part));
  const edge = capacity !== undefined && needed > capacity ? Math.floor((capacity / total) * width) : -1;
  return Array.from({ length: width }, (_, i) => {
    if (i === edge) return "┃";
    const part = cells[i];
    return part === undefined ? "·" : paint(shades[part % shades.length], part);
  }).join("");
}

const eighths = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"] as const;

/** A bar whose length is a share of `width` cells, to an eighth of one; anything above nothing shows. */
export function bar(share: number, width: number): string {
  const units = share > 0 ? Math.max(1, Math.round(share * width * 8)) : 0;
  return "█".repeat(Math.floor(units / 8)) + eighths[units % 8];
}

/** Cells for a bar beside columns that take `taken`: what is left, within reason. */
export const barWidth = (width: number, taken: number): number => Math.max(8, Math.min(32, width - taken));
