/** Notes that are one text in several languages: `translationOf` in one of two ties both, and all that are tied so. */

import { translationMissing, translationSame } from '../diagnostics/messages.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { Diagnostic } from '../model.ts';
import { compare, type NotePath } from '../paths.ts';
import type { Addressed } from './addresses.ts';
import type { Names } from './names.ts';

/**
 * @param lang language of notes that say nothing
 * @returns for each tied note the others, in order of their languages
 */
export function translationsOf(
  notes: Addressed[],
  names: Names,
  lang: string,
): { translations: Map<NotePath, NotePath[]>; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const byPath = new Map(notes.map((n) => [n.index.path, n]));
  const langOf = (path: NotePath) => byPath.get(path)!.index.meta.lang ?? lang;
  const groups = new Map<NotePath, Set<NotePath>>();
  const groupOf = (path: NotePath) => groups.get(path) ?? new Set([path]);
  for (const { index } of notes) {
    const said = index.meta.translationOf;
    if (!said) continue;
    const at = { file: `posts/${index.path}`, ...said.place };
    const named = names.find(said.target, index.path);
    if (!named || !('found' in named)) {
      const near = suggest(
        said.target,
        notes.map((n) => n.slug),
      );
      diagnostics.push(translationMissing(at, said.target, near));
      continue;
    }
    const [mine, theirs] = [groupOf(index.path), groupOf(named.found)];
    const languages = new Set([...theirs].map(langOf));
    const doubled = [...mine].find((path) => languages.has(langOf(path)));
    if (named.found === index.path || (mine !== theirs && doubled)) {
      diagnostics.push(translationSame(at, said.target, langOf(index.path), named.found === index.path));
      continue;
    }
    const both = new Set([...mine, ...theirs]);
    for (const path of both) groups.set(path, both);
  }
  const order = (a: NotePath, b: NotePath) => compare(langOf(a), langOf(b)) || compare(a, b);
  const translations = new Map(
    [...groups].map(([path, group]) => [path, [...group].filter((p) => p !== path).sort(order)]),
  );
  return { translations, diagnostics };
}
