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
    const content = node.children.flatMap((c) => asked(c as Element));
    out.push({ id: name, html: toFragments(content) });
  });
  return out;
}

/** A title of the author's own is part of the question; the kind's word, which has no kind said beside it, is none. */
function asked(child: Element): Element[] {
  const isTitle =
    child.type === 'element' &&
    Array.isArray(child.properties.className) &&
    child.properties.className.includes('callout-title');
  if (!isTitle) return [clone(child)];
  if (child.properties.dataKind === undefined) return [];
  return [{ ...clone(child), tagName: 'p', properties: {} }];
}
