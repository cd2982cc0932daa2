/** How a message is made: an id, a severity, a long explanation, and a function that words it. */

import type { Diagnostic } from '../../model.ts';

/** Where a message points. `text` is the whole file, from which the code frame is cut. */
export interface At {
  file?: string;
  text?: string;
  line?: number;
  column?: number;
  length?: number;
}

interface Wording {
  message: string;
  hint?: string | undefined;
  fix?: string | undefined;
}

export interface Definition {
  id: string;
  severity: Diagnostic['severity'];
  /** Markdown: what it means and what to do, for `postil explain` and `docs/diagnostics.md`. */
  explanation: string;
}

/** Every message that Postil can give, in the order of definition. */
export const definitions: Definition[] = [];

/** Defines one message. The result words it for a place: `linkMissing(at, 'Detr', ['detr'])`. */
export function define<Args extends unknown[]>(
  id: string,
  severity: Diagnostic['severity'],
  explanation: string,
  word: (...args: Args) => Wording,
): (at: At, ...args: Args) => Diagnostic {
  definitions.push({ id, severity, explanation });
  return (at, ...args) => {
    const { message, hint, fix } = word(...args);
    const found: Diagnostic = { id, severity, message };
    if (hint) found.hint = hint;
    if (fix !== undefined) found.fix = fix;
    if (at.file !== undefined) found.file = at.file;
    if (at.line !== undefined) {
      found.line = at.line;
      found.column = at.column ?? 1;
      found.length = at.length ?? 1;
      if (at.text !== undefined) found.frame = frame(at.text, at.line, at.column);
    }
    return found;
  };
}

const CONTEXT_LINES = 1;

/** The text that was last cut into lines: one note may have thousands of messages. */
let split = { text: '', lines: [''] };

/**
 * UTF-16 units of a line on either side of a place that a frame keeps: more than are ever shown. A line may be as long
 * as a note and have thousands of messages, each with its frame.
 */
export const NEAR = 240;

/** Cuts the lines around `line` (1-based) out of a text, of a long line the part around `column` (1-based). */
export function frame(text: string, line: number, column = 1): NonNullable<Diagnostic['frame']> {
  if (text !== split.text) split = { text, lines: text.split('\n') };
  const first = Math.max(1, line - CONTEXT_LINES);
  let from = 0;
  const lines = split.lines.slice(first - 1, line + CONTEXT_LINES).map((whole, i) => {
    if (first + i !== line) return whole.slice(0, 2 * NEAR);
    from = Math.max(0, column - 1 - NEAR);
    return whole.slice(from, column - 1 + 2 * NEAR);
  });
  return from > 0 ? { first, lines, from } : { first, lines };
}

/** Line and column (1-based) of an offset (0-based, UTF-16) in a text. */
export function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf('\n') + 1;
  let line = 1;
  for (let i = before.indexOf('\n'); i !== -1; i = before.indexOf('\n', i + 1)) line++;
  return { line, column: offset - lineStart + 1 };
}

/** Order in which messages are printed: by file, line, column, id; those without a file first. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  const file = (a.file ?? '') < (b.file ?? '') ? -1 : (a.file ?? '') > (b.file ?? '') ? 1 : 0;
  return (
    file ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0) ||
    (a.message < b.message ? -1 : a.message > b.message ? 1 : 0)
  );
}

/** Adds the code frame to messages that know a place but came without the text. */
export async function withFrames(
  diagnostics: Diagnostic[],
  textOf: (file: string) => Promise<string | undefined>,
): Promise<Diagnostic[]> {
  const texts = new Map<string, string | undefined>();
  const out: Diagnostic[] = [];
  for (const d of diagnostics) {
    if (d.frame || d.file === undefined || d.line === undefined) {
      out.push(d);
      continue;
    }
    if (!texts.has(d.file)) texts.set(d.file, await textOf(d.file));
    const text = texts.get(d.file);
    out.push(text === undefined ? d : { ...d, frame: frame(text, d.line, d.column) });
  }
  return out;
}
