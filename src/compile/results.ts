/**
 * A comparison across notes: a code block in the language `results` with a data set and a metric. What it shows comes
 * from the `results:` of all notes, so that here it is only a reference.
 */

import type { Code, Root } from 'mdast';
import type { Plugin } from 'unified';
import { visit } from 'unist-util-visit';
import { resultsField, resultsIncomplete, resultsOrder } from '../diagnostics/messages.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { addRef, atOf, element, mark, type NoteContext, noteOf, placeOf } from './context.ts';

const FIELDS = ['dataset', 'metric', 'order'];
const ORDERS = ['ascending', 'descending'];

export const remarkResults: Plugin<[], Root> = () => (tree, file) => {
  const note = noteOf(file);
  visit(tree, 'code', (node: Code) => {
    if (node.lang !== 'results') return;
    const fields = fieldsOf(note, node);
    const dataset = fields.get('dataset');
    const metric = fields.get('metric');
    if (!dataset || !metric) {
      note.diagnostics.push(resultsIncomplete(atOf(note, node.position), dataset ? 'metric' : 'dataset'));
      // It stays as it was typed; nobody meant a programming language.
      node.lang = 'text';
      return;
    }
    const place = placeOf(note, node.position);
    const label = fields.get('order')?.toLowerCase() === 'ascending' ? 'ascending' : '';
    const data = mark(note, () => {
      const ref = addRef(note, {
        kind: 'results',
        target: dataset,
        fragment: metric,
        label,
        place,
        block: true,
      });
      return [element('a', {}, [], { ref, whole: true })];
    });
    Object.assign(node, { type: 'blockquote', children: [], data });
  });
};

/** What a block says, by name; what it cannot say is reported. */
function fieldsOf(note: NoteContext, { value, position }: Code): Map<string, string> {
  const fields = new Map<string, string>();
  const whole = atOf(note, position);
  for (const [i, line] of value.split('\n').entries()) {
    const text = line.trim();
    if (text === '' || text.startsWith('#')) continue;
    const [, written, given = ''] = /^([^:：]*?)\s*[:：]\s*(.*)$/.exec(text) ?? ['', text];
    const name = written!.toLowerCase();
    const column = (position?.start.column ?? 1) + line.indexOf(text);
    const at = { ...whole, line: (whole.line ?? 1) + 1 + i, column, length: text.length };
    const said = given.replace(/^(["'])(.*)\1$/, '$2');
    if (!FIELDS.includes(name)) note.diagnostics.push(resultsField(at, written!, suggest(name, FIELDS)));
    else if (name === 'order' && said !== '' && !ORDERS.includes(said.toLowerCase()))
      note.diagnostics.push(resultsOrder(at, said, suggest(said, ORDERS)));
    else if (said !== '') fields.set(name, said);
  }
  return fields;
}
