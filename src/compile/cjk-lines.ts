/** A line break inside a Chinese sentence is no space: `卷积\n网络` is one word (CSS Text 4 §4.1.2, segment breaks). */

import type { Root } from 'mdast';
import type { Plugin } from 'unified';
import { visit } from 'unist-util-visit';

/** Han, kana, CJK and full-width punctuation; not Hangul, which separates words by blanks. */
const WIDE =
  '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u3000-\\u303f\\uff01-\\uff60\\u2018-\\u201d\\u2014\\u2026]';
const BREAK = new RegExp(`(?<=${WIDE})[ \\t]*\\n[ \\t]*(?=${WIDE})`, 'gu');

export const remarkCjkLines: Plugin<[], Root> = () => (tree) => {
  visit(tree, 'text', (node) => {
    if (node.value.includes('\n')) node.value = node.value.replace(BREAK, '');
  });
};
