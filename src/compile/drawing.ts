/** hast: the drawings of a note, inline as SVG; what cannot be drawn stays as a code block. */

import type { Element, ElementContent, Root } from 'hast';
import type { Plugin } from 'unified';
import { visit } from 'unist-util-visit';
import type { At } from '../diagnostics/messages/define.ts';
import { drawingFault, drawingUnsupported, drawingWarning } from '../diagnostics/messages.ts';
import type { Drawn } from '../drawings.ts';
import { words } from '../words.ts';
import { atOf, element, type NoteContext, noteOf } from './context.ts';

type Placed = NonNullable<NonNullable<Element['data']>['drawing']>;

/** Wider drawings scroll on phones rather than becoming too small to read. */
const PHONE = 350;
/** How far a drawing may shrink. */
const LEAST = 0.72;

export const rehypeDrawings: Plugin<[], Root> = () => async (tree, file) => {
  const note = noteOf(file);
  const boxes: Element[] = [];
  visit(tree, 'element', (node) => {
    if (node.data?.drawing) boxes.push(node);
  });
  for (const box of boxes) {
    const placed = box.data!.drawing!;
    const drawn = await note.draw(placed.kind, placed.value);
    delete box.data;
    if ('svg' in drawn) {
      for (const warning of drawn.warnings) {
        note.diagnostics.push(drawingWarning(atOf(note, placed.position), placed.kind, warning));
      }
      show(note, box, placed, drawn);
    } else {
      const at = inSource(note, placed, drawn);
      note.diagnostics.push(
        drawn.fault === 'error'
          ? drawingFault(at, placed.kind, drawn.message)
          : drawingUnsupported(at, placed.kind, drawn.message),
      );
      box.properties = {};
      box.children = [
        element('pre', {}, [], {
          code: { value: placed.value, language: '', meta: '', position: placed.position },
        }),
      ];
    }
  }
};

function show(note: NoteContext, box: Element, placed: Placed, drawn: Extract<Drawn, { svg: string }>): void {
  const w = words(note.lang);
  const said =
    placed.alt || [placed.label, placed.title].filter((t) => t !== '').join(' ') || w.drawings[placed.kind];
  const name = said.replace(/\s+/g, ' ').trim();
  const least = Math.round(drawn.width * LEAST);
  if (least > PHONE && !placed.width?.endsWith('%')) {
    Object.assign(box.properties, {
      tabIndex: 0,
      role: 'region',
      ariaLabel: w.scrollable(placed.label || w.drawings[placed.kind]),
    });
  }
  const share = placed.width?.endsWith('%') ? placed.width : undefined;
  const width = placed.width && !share ? Number(placed.width) : drawn.width;
  const style = share
    ? `width:${share};min-width:min(100%,${least}px)`
    : `width:${width}px;min-width:${Math.round((least * width) / drawn.width)}px`;
  const svg = drawn.svg
    .replace('<svg ', `<svg role="img" aria-label="${escapeAttribute(name)}" style="${style}" `)
    // Ids become unique on the page: by the drawing here, by the note where notes are embedded.
    .replace(/\0i/g, `\0id${placed.number}-`);
  box.children = [{ type: 'raw', value: svg } as unknown as ElementContent];
}

/** The place of a fault, in the file: the block's content starts on the line after its fence. */
function inSource(note: NoteContext, placed: Placed, fault: Extract<Drawn, { fault: string }>): At {
  const whole = atOf(note, placed.position);
  if (fault.line === undefined || whole.line === undefined) return whole;
  const indent = (placed.position?.start.column ?? 1) - 1;
  return {
    ...whole,
    line: whole.line + fault.line,
    column: indent + (fault.column ?? 1),
    length: fault.length ?? 1,
  };
}

function escapeAttribute(text: string): string {
  return text.replace(/\0/g, '').replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
