/** Tags of tools whose dialect is not switched on. */

import type { Root, Text } from 'mdast';
import type { Plugin } from 'unified';
import { dialectOff } from '../diagnostics/messages.ts';
import { slice } from '../shorten.ts';
import { atOf, noteOf } from './context.ts';
import { HEXO_TAGS } from './hexo.ts';
import { positionIn, textsOf } from './texts.ts';

const FOREIGN: [dialect: 'hexo' | 'hugo', RegExp][] = [
  ['hexo', new RegExp(`\\{%-?\\s*(?:${HEXO_TAGS.join('|')})(?![\\w-])[^%]*%\\}`, 'g')],
  ['hugo', /\{\{[<%]\s*(?:figure|ref|relref|highlight|katex|youtube)\b[^}]*\}\}/g],
];

/** Says once a note that tags of a tool are there whose dialect is not switched on. */
export const remarkForeign: Plugin<[], Root> = () => (tree, file) => {
  const note = noteOf(file);
  for (const [dialect, pattern] of FOREIGN) {
    if (note.dialects.includes(dialect) || !note.body.includes(dialect === 'hexo' ? '{%' : '{{')) continue;
    let texts: Text[] | undefined;
    for (const { 0: tag, index } of note.body.matchAll(pattern)) {
      texts ??= textsOf(tree);
      const shown = slice(tag, 0, 60);
      const place = positionIn(note, texts, index, shown.length, 2);
      if (!place) continue;
      note.diagnostics.push(dialectOff(atOf(note, place), dialect, shown));
      break;
    }
  }
};
