/** Prints diagnostics for people (with a code frame) and for programs (JSON lines). */

import type { Diagnostic } from '../model.ts';

const MAX_LINE = 120;

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
  const line = d.line!;
  const column = d.column ?? 1;
  const gutter = String(first + lines.length - 1).length;
  const out: string[] = [];
  lines.forEach((text, i) => {
    const number = first + i;
    const marked = number === line;
    // A long line is shown around its marked place only.
    const start = marked ? Math.max(0, column - 1 - MAX_LINE / 2) : 0;
    const shown = visible(text.slice(start, start + MAX_LINE));
    const lead = `${marked ? '>' : ' '} ${String(number).padStart(gutter)} |`;
    out.push(`${paint('2', lead)} ${shown}`.trimEnd());
    if (!marked) return;
    const before = text.slice(start, column - 1);
    const under = text.slice(column - 1, column - 1 + Math.max(1, d.length ?? 1));
    const carets = '^'.repeat(Math.max(1, Math.min(width(under), MAX_LINE - width(before))));
    out.push(
      `${paint('2', `  ${' '.repeat(gutter)} |`)} ${' '.repeat(width(before))}${paint('1;31', carets)}`,
    );
  });
  return out;
}

/** Columns that a terminal gives a text: two for full-width characters. */
function width(text: string): number {
  let columns = 0;
  for (const c of text)
    columns +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(
        c,
      )
        ? 2
        : 1;
  return columns;
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
