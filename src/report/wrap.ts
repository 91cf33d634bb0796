/** Breaks at spaces, but not before a percent sign, so that no line is longer than `width`; lines after the first start with `indent`. */
export function wrap(
  text: string,
  width: number,
  indent: string,
  style: (line: string) => string = (line) => line,
): string {
  const lines: string[] = [""];
  for (const word of text.split(/ (?!%)/)) {
    const last = lines[lines.length - 1];
    if (last !== "" && last.length + 1 + word.length > width - indent.length) lines.push(word);
    else lines[lines.length - 1] = last === "" ? word : `${last} ${word}`;
  }
  return lines.map(style).join(`\n${indent}`);
}
