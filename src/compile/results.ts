/**
 * A comparison across notes: a code block in the language `results` with a data set and a metric. What it shows comes
 * from the `results:` of all notes, so that here it is only a reference.
 */

import type { Code, Root } from 'mdast';
import type { Plugin } from 'unified';
import { visit } from 'unist-util-visit';
import { resultsIncomplete } from '../diagnostics/messages.ts';
import { addRef, atOf, element, mark, noteOf, placeOf } from './context.ts';

export const remarkResults: Plugin<[], Root> = () => (tree, file) => {
  const note = noteOf(file);
  visit(tree, 'code', (node: Code) => {
    if (node.lang !== 'results') return;
    const fields = new Map(
      node.value.split('\n').flatMap((line): [string, string][] => {
        const m = /^\s*([a-z]+)\s*[:：]\s*(.+?)\s*$/i.exec(line);
        return m ? [[m[1]!.toLowerCase(), m[2]!.replace(/^(["'])(.*)\1$/, '$2')]] : [];
      }),
    );
    const dataset = fields.get('dataset');
    const metric = fields.get('metric');
    if (!dataset || !metric) {
      note.diagnostics.push(resultsIncomplete(atOf(note, node.position), dataset ? 'metric' : 'dataset'));
      // It stays as it was typed; nobody meant a programming language.
      node.lang = 'text';
      return;
    }
    const place = placeOf(note, node.position);
    const label = fields.get('order') === 'ascending' ? 'ascending' : '';
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
