/** Open questions: the callouts of that kind, for the page that gathers them. */

import type { Element, Root } from 'hast';
import { visit } from 'unist-util-visit';
import type { NoteIndex } from '../model.ts';
import { clone, toFragments } from './fragments.ts';

/** @param tree the finished body; a question without an id gets one, nothing else is changed */
export function questionsOf(tree: Root): NoteIndex['questions'] {
  const out: NoteIndex['questions'] = [];
  visit(tree, 'element', (node) => {
    const { className, id } = node.properties;
    if (!Array.isArray(className) || !className.includes('callout-question')) return;
    const name = typeof id === 'string' ? id : `question-${out.length + 1}`;
    node.properties.id = name;
    const content = node.children.filter((c) => !isTitle(c as Element)).map(clone);
    out.push({ id: name, html: toFragments(content) });
  });
  return out;
}

function isTitle({ type, properties }: Element): boolean {
  return (
    type === 'element' &&
    Array.isArray(properties.className) &&
    properties.className.includes('callout-title')
  );
}
