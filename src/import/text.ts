/** Changing a Markdown text where it is running text: code and formulas stay as they are. */

import { partsOf } from '../compile/hexo-markdown.ts';

/**
 * @param change gets what stands between code and formulas, HTML included, and gives what stands in its place
 * @returns the text, changed
 */
export function mapProse(text: string, change: (prose: string) => string): string {
  let out = '';
  let at = 0;
  for (const { from, to } of partsOf(text)) {
    out += change(text.slice(at, from)) + text.slice(from, to);
    at = to;
  }
  return out + change(text.slice(at));
}

/** @returns hosts of the frames in a text, which pages do not show */
export function framesOf(text: string): string[] {
  const hosts: string[] = [];
  if (!/<iframe\b/i.test(text)) return hosts;
  mapProse(text, (part) => {
    for (const [, src = ''] of part.matchAll(/<iframe\b[^>]*?\bsrc\s*=\s*["']?([^"'\s>]+)/gi))
      hosts.push(/^(?:https?:)?\/\/([^/]+)/.exec(src)?.[1] ?? src);
    return part;
  });
  return [...new Set(hosts)];
}
