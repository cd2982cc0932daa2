/** Lines of text with TeX, for places where no formula can be set. */

import { readableTex } from '../templates/client/readable-tex.ts';
import { formulasInLine } from './dollars.ts';

/**
 * @param line of front matter or a bibliography
 * @returns it with its formulas as letters, as search shows them: `Lₚ` for `$L_p$`
 */
export function inLetters(line: string): string {
  if (!line.includes('$')) return line;
  let out = '';
  let at = 0;
  for (const { from, to, tex } of formulasInLine(line)) {
    out += line.slice(at, from) + readableTex(tex);
    at = to;
  }
  return out + line.slice(at);
}

/**
 * @param work a paper, or what is cited like one
 * @returns it with the formulas of its title as letters
 */
export function titleInLetters<Work extends { title: string }>(work: Work): Work {
  return work.title.includes('$') ? { ...work, title: inLetters(work.title) } : work;
}
