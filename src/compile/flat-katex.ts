/** Which formulas are text: rows of letters and signs, which need no MathML beside them. */

import { isBox, type Kid } from './katex-tree.ts';

/** Letters that would be read as one word, accents that stand alone, glyphs of KaTeX's own. */
const UNREADABLE = /[\ue000-\uf8ff\u200b\p{M}]|[\p{L}\p{N}] [\p{L}\p{N}]/u;

/**
 * @param bases the parts of a formula between which a line may break, slim
 * @returns whether its text says all, and in the right order
 */
export function isFlat(bases: Kid[]): boolean {
  let plain = '';
  for (const base of bases) {
    if (!isBox(base) || base.classes[0] !== 'katex-base' || base.style !== '') return false;
    let italic = false;
    for (const kid of base.kids) {
      if (typeof kid === 'string') plain += kid;
      else if (!isBox(kid)) return false;
      else {
        const [text, more] = kid.kids;
        const [space = '', other] = kid.classes.filter((name) => name !== 'kl');
        if (typeof text !== 'string' || more !== undefined || other !== undefined) return false;
        if (
          kid.tag === 'span' ? kid.style !== '' || !/^k(?:[mr]|[tmr]s|s[tmr])$/.test(space) : kid.tag !== 'i'
        )
          return false;
        // Letters side by side are factors, not a word.
        if (italic && kid.tag === 'i') return false;
        plain += `${/^k(?:.|s.)$/.test(space) ? ' ' : ''}${text}${/^k[mrt]s?$/.test(space) ? ' ' : ''}`;
        italic = kid.tag === 'i' && space === '';
        continue;
      }
      italic = false;
    }
  }
  return plain !== '' && !UNREADABLE.test(plain);
}
