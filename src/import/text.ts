/** Walking a Markdown text by its parts, so that a change in formulas leaves code alone and the other way round. */

import { partsOf } from '../compile/hexo-markdown.ts';

/** Replaces parts of a text: each function gets one part and gives what stands in its place. Code stays. */
export function mapParts(
  text: string,
  map: { math?: (tex: string) => string; prose?: (prose: string) => string },
): string {
  const prose = map.prose ?? ((t: string) => t);
  const math = map.math ?? ((t: string) => t);
  let out = '';
  let at = 0;
  for (const { kind, from, to } of partsOf(text)) {
    const part = text.slice(from, to);
    out += prose(text.slice(at, from)) + (kind === 'math' ? math(part) : part);
    at = to;
  }
  return out + prose(text.slice(at));
}
