/** The glossary: terms that notes define, and where other notes use them. */

import { termDuplicate } from '../diagnostics/messages.ts';
import type { Diagnostic, NoteIndex, Term, TermUse } from '../model.ts';
import { NameTrie } from '../name-trie.ts';
import { collisionKey, fold, type NotePath, slugify } from '../paths.ts';
import { isWord } from '../word-bounds.ts';

export interface Glossary {
  terms: Term[];
  /** By folded name: of two notes that define one name, the first is meant. */
  byName: Map<string, Term>;
  diagnostics: Diagnostic[];
}

/** @param notes in the order of their paths */
export function glossaryOf(notes: NoteIndex[]): Glossary {
  const terms: Term[] = [];
  const byName = new Map<string, Term>();
  const ids = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  for (const { path, glossary } of notes) {
    glossary.forEach(({ names, place }, number) => {
      const stem = slugify(names[0]!) ?? 'term';
      let id: string = stem;
      for (let n = 2; ids.has(collisionKey(id)); n++) id = `${stem}-${n}`;
      ids.add(collisionKey(id));
      const term = { id, names, path, number };
      terms.push(term);
      for (const name of names) {
        const known = byName.get(fold(name));
        if (!known) byName.set(fold(name), term);
        else if (known !== term)
          diagnostics.push(termDuplicate({ file: `posts/${path}`, ...place }, name, `posts/${known.path}`));
      }
    });
  }
  return { terms, byName, diagnostics };
}

/**
 * Which terms stand in the running text of which notes. Each text is read once, whatever the number of terms.
 *
 * @param notes any order; what is found in one does not depend on the others but for the terms they define
 */
export function termUses(notes: NoteIndex[], { terms, byName }: Glossary): Map<NotePath, TermUse[]> {
  const out = new Map<NotePath, TermUse[]>();
  if (terms.length === 0) return out;
  const meanings = new Map(notes.map((n) => [n.path, n.glossary]));
  const trie = new NameTrie<Term>();
  for (const term of new Set(byName.values()))
    for (const name of term.names)
      if (isTelling(name) && byName.get(fold(name)) === term) trie.add(name, term);
  for (const { path, prose } of notes) {
    const used = new Set<Term>();
    for (const [, text] of prose) {
      for (const { start, end, value } of trie.find(text))
        if (!used.has(value) && isWord(text, start, end)) used.add(value);
    }
    const uses = [...used].map((term): TermUse => {
      const names = term.names.filter((n) => isTelling(n) && byName.get(fold(n)) === term);
      const own = term.path === path;
      return {
        names,
        ...(!own && { id: term.id }),
        meaning: own ? '' : meanings.get(term.path)![term.number]!.text,
      };
    });
    if (uses.some((u) => u.id !== undefined)) out.set(path, uses);
  }
  return out;
}

/** One letter or character is no name that can be looked for. */
function isTelling(name: string): boolean {
  return Array.from(name).length >= 2 && /\p{L}/u.test(name);
}
