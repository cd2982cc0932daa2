/** Prints diagnostics for people (with a code frame) and for programs (JSON lines). */

import type { Diagnostic } from '../model.ts';

/** Columns of a source line that are shown: with the gutter, what a terminal of 110 columns holds. */
const MAX_WIDTH = 100;

export interface PrintOptions {
  color: boolean;
}

/**
 * One diagnostic as text:
 *
 *     error[front-matter/yaml] posts/detr.md:4:8 nested mappings are not allowed here
 *       3 | date: 2021-05-16
 *     > 4 | title: DETR: a note
 *         |        ^^^^^^^^^^^^
 *       hint: put the value in quotes
 */
export function printDiagnostic(d: Diagnostic, { color }: PrintOptions): string {
  const paint = (code: string, text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  const place =
    d.file === undefined ? '' : ` ${d.file}${d.line === undefined ? '' : `:${d.line}:${d.column}`}`;
  const head = paint(d.severity === 'error' ? '1;31' : '1;33', `${d.severity}[${d.id}]`);
  const out = [`${head}${paint('1', visible(place))} ${visible(d.message)}`];
  if (d.frame && d.line !== undefined) out.push(...printFrame(d, paint));
  if (d.hint) out.push(`  ${paint('36', 'hint:')} ${visible(d.hint)}`);
  return out.join('\n');
}

/** One diagnostic as one line of JSON, fields in a fixed order. */
export function jsonDiagnostic(d: Diagnostic): string {
  const { id, severity, message, hint, file, line, column, length } = d;
  return JSON.stringify({ severity, id, file, line, column, length, message, hint });
}

function printFrame(d: Diagnostic, paint: (code: string, text: string) => string): string[] {
  const { first, lines } = d.frame!;
  const column = d.column ?? 1;
  const gutter = String(first + lines.length - 1).length;
  const out: string[] = [];
  lines.forEach((text, i) => {
    const number = first + i;
    const marked = number === d.line;
    const cells = cellsOf(text);
    // The first cell that the mark covers; behind the last one when it points at the end of the line.
    const found = cells.findIndex((c) => c.end >= column);
    const at = found === -1 ? cells.length : found;
    const { start, shown } = windowOf(cells, marked ? at : 0);
    const lead = `${marked ? '>' : ' '} ${String(number).padStart(gutter)} |`;
    const cut = start > 0 ? '…' : '';
    out.push(
      `${paint('2', lead)} ${cut}${textOf(shown)}${start + shown.length < cells.length ? '…' : ''}`.trimEnd(),
    );
    if (!marked) return;
    const until = column - 1 + Math.max(1, d.length ?? 1);
    const before = widthOf(shown.slice(0, at - start)) + cut.length;
    const under = widthOf(shown.slice(at - start).filter((c) => c.start < until));
    const carets = '^'.repeat(Math.max(1, under));
    out.push(`${paint('2', `  ${' '.repeat(gutter)} |`)} ${' '.repeat(before)}${paint('1;31', carets)}`);
  });
  return out;
}

/** One character of a source line: where it stands there, what is shown for it, how many columns that takes. */
interface Cell {
  /** Offsets in UTF-16 code units. */
  start: number;
  end: number;
  text: string;
  width: number;
}

function cellsOf(line: string): Cell[] {
  let start = 0;
  return Array.from(line, (c) => {
    const text = visible(c);
    const width = text === c ? columnsOf(c) : text.length;
    const cell = { start, end: start + c.length, text, width };
    start = cell.end;
    return cell;
  });
}

/** As much of a line as is shown: all of it, or the columns around cell number `at`. */
function windowOf(cells: Cell[], at: number): { start: number; shown: Cell[] } {
  let start = 0;
  if (widthOf(cells) > MAX_WIDTH) {
    start = at;
    for (let room = MAX_WIDTH / 2; start > 0 && room >= cells[start - 1]!.width; start--)
      room -= cells[start - 1]!.width;
  }
  let end = start;
  for (let room = MAX_WIDTH; end < cells.length && room >= cells[end]!.width; end++)
    room -= cells[end]!.width;
  return { start, shown: cells.slice(start, end) };
}

const textOf = (cells: Cell[]) => cells.map((c) => c.text).join('');
const widthOf = (cells: Cell[]) => cells.reduce((sum, c) => sum + c.width, 0);

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Columns that a terminal gives a character: two for full-width ones, none for marks on the one before. */
function columnsOf(c: string): number {
  return /\p{Mn}|\p{Me}|[\u200b-\u200d]/u.test(c) ? 0 : WIDE.test(c) ? 2 : 1;
}

/** Content comes from anywhere: control and direction characters must not drive the reader's terminal. */
function visible(text: string): string {
  return text
    .replace(/\t/g, ' ')
    .replace(
      /[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu,
      (c) => `\\u{${c.codePointAt(0)!.toString(16)}}`,
    );
}
