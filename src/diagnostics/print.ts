/** Prints diagnostics for people (with a code frame) and for programs (JSON lines). */

import type { Diagnostic } from '../model.ts';
import { type Cell, cellsOf, cellText, visible, widthOf } from './columns.ts';
import { NEAR } from './messages/define.ts';

/** Columns of a source line that are shown: with the gutter, what a terminal of 110 columns holds. */
const MAX_WIDTH = 100;
/** Fewer show nothing that could be recognised, however narrow the terminal. */
const MIN_WIDTH = 12;

export interface PrintOptions {
  color: boolean;
  /** Columns of the terminal, if it is one: no line of a frame is longer. */
  columns?: number | undefined;
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
export function printDiagnostic(d: Diagnostic, { color, columns }: PrintOptions): string {
  const paint = (code: string, text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  const place =
    d.file === undefined ? '' : ` ${d.file}${d.line === undefined ? '' : `:${d.line}:${d.column}`}`;
  const head = paint(d.severity === 'error' ? '1;31' : '1;33', `${d.severity}[${d.id}]`);
  const out = [`${head}${paint('1', visible(place))} ${visible(d.message)}`];
  if (d.frame && d.line !== undefined) out.push(...printFrame(d, paint, columns));
  if (d.hint) out.push(`  ${paint('36', 'hint:')} ${visible(d.hint)}`);
  return out.join('\n');
}

/** One diagnostic as one line of JSON, fields in a fixed order. */
export function jsonDiagnostic(d: Diagnostic): string {
  const { id, severity, message, hint, file, line, column, length } = d;
  return JSON.stringify({ severity, id, file, line, column, length, message, hint });
}

function printFrame(
  d: Diagnostic,
  paint: (code: string, text: string) => string,
  columns: number | undefined,
): string[] {
  const { first, lines, from: leftOut = 0 } = d.frame!;
  /** In the line as the frame has it. */
  const column = (d.column ?? 1) - leftOut;
  const gutter = String(first + lines.length - 1).length;
  // Beside the source: `> 12 | `, a “…” at either end, and the last column, after which some terminals break.
  const beside = gutter + 8;
  const width = columns ? Math.max(MIN_WIDTH, Math.min(MAX_WIDTH, columns - beside)) : MAX_WIDTH;
  const out: string[] = [];
  lines.forEach((line, i) => {
    const number = first + i;
    const marked = number === d.line;
    const from = marked ? Math.max(0, column - 1 - NEAR) : 0;
    const text = line.slice(from, (marked ? column : 0) + NEAR);
    const cells = cellsOf(text);
    // The first cell that the mark covers; behind the last one when it points at the end of the line.
    const found = cells.findIndex((c) => c.end >= column - from);
    const at = found === -1 ? cells.length : found;
    const until = column - from - 1 + Math.max(1, d.length ?? 1);
    const mark = cells.slice(at).filter((c) => c.start < until);
    const { start, shown } = windowOf(cells, marked ? at : 0, marked ? widthOf(mark) : 0, width);
    const lead = `${marked ? '>' : ' '} ${String(number).padStart(gutter)} |`;
    const cut = (marked ? leftOut : 0) + from + start > 0 ? '…' : '';
    const rest = start + shown.length < cells.length || from + text.length < line.length ? '…' : '';
    out.push(`${paint('2', lead)} ${cut}${cellText(shown)}${rest}`.trimEnd());
    if (!marked) return;
    const before = widthOf(shown.slice(0, at - start)) + cut.length;
    const under = widthOf(shown.slice(at - start).filter((c) => c.start < until));
    const carets = '^'.repeat(Math.max(1, under));
    out.push(`${paint('2', `  ${' '.repeat(gutter)} |`)} ${' '.repeat(before)}${paint('1;31', carets)}`);
  });
  return out;
}

/** As much of a line as is shown: all of it, or `width` columns around `marked` ones that begin at cell `at`. */
function windowOf(
  cells: Cell[],
  at: number,
  marked: number,
  width: number,
): { start: number; shown: Cell[] } {
  let start = 0;
  if (widthOf(cells) > width) {
    start = at;
    for (
      // A mark that cannot be shown whole leaves room for what is before it all the same.
      let room = Math.min(width / 2, marked > width ? width : width - marked);
      start > 0 && room >= cells[start - 1]!.width;
      start--
    )
      room -= cells[start - 1]!.width;
  }
  let end = start;
  for (let room = width; end < cells.length && room >= cells[end]!.width; end++) room -= cells[end]!.width;
  return { start, shown: cells.slice(start, end) };
}
