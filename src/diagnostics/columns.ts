/** How text stands in a terminal, where a Chinese character takes two columns. */

/** One character of a source line: where it stands there, what is shown for it, how many columns that takes. */
export interface Cell {
  /** Offsets in UTF-16 code units. */
  start: number;
  end: number;
  text: string;
  width: number;
}

/** The characters of a line, as a terminal shows them. */
export function cellsOf(line: string): Cell[] {
  let start = 0;
  return Array.from(line, (c) => {
    // Most of any source.
    if (c >= ' ' && c <= '~') return { start, end: ++start, text: c, width: 1 };
    const text = visible(c);
    const width = text === c ? columnsOf(c) : text.length;
    const cell = { start, end: start + c.length, text, width };
    start = cell.end;
    return cell;
  });
}

export const cellText = (cells: Cell[]) => cells.map((c) => c.text).join('');
/** Columns that cells take together. */
export const widthOf = (cells: Cell[]) => cells.reduce((sum, c) => sum + c.width, 0);

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Columns that a terminal gives a character: two for full-width ones, none for marks on the one before. */
function columnsOf(c: string): number {
  return /\p{Mn}|\p{Me}|[\u200b-\u200d]/u.test(c) ? 0 : WIDE.test(c) ? 2 : 1;
}

/** Content comes from anywhere: control and direction characters must not drive the reader's terminal. */
export function visible(text: string): string {
  return text
    .replace(/\t/g, ' ')
    .replace(
      /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
      (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`,
    );
}

/** As much of a line from its start as goes into so many columns. */
export function fitted(line: string, columns: number): string {
  const cells = cellsOf(line);
  if (widthOf(cells) <= columns) return cellText(cells);
  let room = columns - 1;
  const end = cells.findIndex((c) => {
    room -= c.width;
    return room < 0;
  });
  return `${cellText(cells.slice(0, end))}…`;
}
