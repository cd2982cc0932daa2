/** Which formulas are text: rows of letters and signs, which need no MathML beside them. */

import { IN_LINE, NONE } from './katex-names.ts';
import { isBox, type Kid } from './katex-tree.ts';
import { sidesOf } from './slim-spaces.ts';

/** Letters that would be read as one word, accents that stand alone, glyphs of KaTeX's own. */
const UNREADABLE = /[\ue000-\uf8ff\u200b\p{M}]|[\p{L}\p{N}] [\p{L}\p{N}]/u;

/**
 * @param bases the parts of a formula between which a line may break, slim
 * @returns whether its text says all, and in the right order
 */
export function isFlat(bases: Kid[]): boolean {
  let plain = '';
  for (const base of bases) {
    if (!isBox(base) || base.names.first !== 'katex-base' || base.style !== '') return false;
    let wasLetter = false;
    for (const kid of base.kids) {
      const isLetter = isBox(kid) && kid.tag === 'i';
      // Letters side by side are factors, not a word.
      if (wasLetter && isLetter) return false;
      wasLetter = isLetter;
      if (typeof kid === 'string') plain += kid;
      else if (!isBox(kid)) return false;
      else {
        const [text] = kid.kids;
        const sides = sidesOf(kid.names);
        if (typeof text !== 'string' || kid.kids.length > 1) return false;
        if (
          isLetter
            ? !(sides || kid.names === NONE || kid.names === IN_LINE)
            : !sides || kid.tag !== 'span' || kid.style !== ''
        )
          return false;
        plain += `${sides?.before ? ' ' : ''}${text}${sides?.after ? ' ' : ''}`;
        if (sides) wasLetter = false;
      }
    }
  }
  return plain !== '' && !UNREADABLE.test(plain);
}
