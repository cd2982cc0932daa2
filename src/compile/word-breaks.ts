/**
 * Headings that break between words. A Chinese line may break after any character, and a heading of two lines
 * then cuts 卷积 in half; `<wbr>` between words, with `word-break: keep-all` in the style sheet, says where it may.
 * The words are ICU's, whose version is part of the store's key.
 */

import type { ElementContent } from 'hast';
import { remembered } from '../bounded-map.ts';
import { wordsOf } from '../word-bounds.ts';
import { element } from './context.ts';

const HAN_BESIDE_HAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々]/u;

/** Characters that lean on the word before them. */
const PARTICLE = /^[的地得了着过们里中上下性化式器法度率数]$/u;

const isSingle = (segment: string) => /^\p{Script=Han}$/u.test(segment);

/** Pieces of texts that were met before, in this process: headings of notes repeat each other. */
const piecesOf = remembered(cut, 10_000);

/**
 * Pieces of a text; a line may break between two of them. ICU's dictionary has no 卷积 and cuts it into single
 * characters, so neighbours that are single characters stay together; one alone stays with the word after it, a particle with
 * the word before it.
 */
function breakable(text: string): readonly string[] {
  if (!HAN_BESIDE_HAN.test(text)) return [text];
  // `3.1 损失函数`: words do not depend on the number, which stays with the first of them.
  const number = /^\d+(?:\.\d+)* (?=\p{Script=Han})/u.exec(text)?.[0] ?? '';
  const name = text.slice(number.length);
  const pieces = piecesOf(name);
  return number === '' ? pieces : [number + pieces[0]!, ...pieces.slice(1)];
}

function cut(text: string): string[] {
  const pieces: string[] = [];
  let last = '';
  /** Single characters in a row before this segment. */
  let singles = 0;
  for (const { segment } of wordsOf(text)) {
    const joins =
      last === '' ||
      PARTICLE.test(segment) ||
      (isSingle(segment) && singles > 0) ||
      singles === 1 ||
      !(HAN_BESIDE_HAN.test(last.at(-1)!) || HAN_BESIDE_HAN.test(segment[0]!)) ||
      // Punctuation stays with what it follows or opens; blanks break by themselves.
      /^[\p{P}\p{S}\s]/u.test(segment) ||
      /[\p{Ps}\p{Pi}\s]$/u.test(last);
    if (joins && pieces.length > 0) pieces[pieces.length - 1] += segment;
    else pieces.push(segment);
    last = segment;
    singles = isSingle(segment) && !PARTICLE.test(segment) ? singles + 1 : 0;
  }
  return pieces;
}

/** Puts `<wbr>` between the words of a heading's text. */
export function withBreaks(nodes: ElementContent[]): ElementContent[] {
  return nodes.flatMap((node): ElementContent[] => {
    if (node.type === 'text') {
      return breakable(node.value).flatMap((value, i) => [
        ...(i > 0 ? [element('wbr', {})] : []),
        { type: 'text' as const, value },
      ]);
    }
    if (node.type === 'element' && node.data?.ref === undefined && node.tagName !== 'code' && !node.data?.tex)
      node.children = withBreaks(node.children);
    return [node];
  });
}
