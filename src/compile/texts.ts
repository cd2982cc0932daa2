/** Texts of a tree and the places of characters in them: what is looked for in the source must stand in a text. */

import type { Nodes, Text } from 'mdast';
import type { Position } from 'unist';
import { visit } from 'unist-util-visit';
import type { NoteContext } from './context.ts';

/** The texts below a node that stand in the source; code and formulas are none. */
export function textsOf(node: Nodes): Text[] {
  const out: Text[] = [];
  visit(node, 'text', (text: Text) => {
    if (text.position) out.push(text);
  });
  return out;
}

/**
 * The place of some characters of the source, if they stand in a text: not in code, a formula or an address.
 *
 * @param offset of the first character, in the note's body
 * @param within how many of them the text must hold: emphasis can begin at a sign in the middle
 */
export function positionIn(
  note: NoteContext,
  texts: readonly Pick<Text, 'position'>[],
  offset: number,
  length: number,
  within = length,
): Position | undefined {
  const holder = texts.find(
    ({ position }) => position!.start.offset! <= offset && offset + within <= position!.end.offset!,
  );
  if (!holder) return undefined;
  const { start } = holder.position!;
  let { line, column } = start;
  let from = start.offset!;
  // Forwards, without a copy: a line may be as long as a note, and be asked about thousands of times.
  for (let i = note.body.indexOf('\n', from); i !== -1 && i < offset; i = note.body.indexOf('\n', from)) {
    line++;
    column = 1;
    from = i + 1;
  }
  column += offset - from;
  const point = { line, column, offset };
  return { start: point, end: { line, column: column + length, offset: offset + length } };
}
