/**
 * The first use of each term of the glossary, as a link to its entry. Link says which terms a note's text has; where
 * they stand in the finished HTML is found here, in the text between tags that is neither a link, code, a formula nor a
 * heading: where link looked too. Nothing is parsed but Postil's own printing, and only for notes that use a term.
 *
 * The meaning is in an attribute, which screen readers say and which the style sheet shows where no script runs.
 */

import { inLetters } from '../letters.ts';
import type { Fragment, TermUse } from '../model.ts';
import { NameTrie } from '../name-trie.ts';
import { shorten } from '../shorten.ts';
import { isWord } from '../word-bounds.ts';
import type { Chrome } from './chrome.ts';
import { escapeHtml } from './escape.ts';
import { GLOSSARY } from './glossary.ts';

/** Elements in which no term is looked for: those that are no running text, and those in which a link may not stand. */
const SKIPPED = /^(?:a|button|code|dfn|figcaption|h[1-6]|kbd|math|pre|ruby|samp|script|style|summary|svg)$/;

/** A tag with its attributes, a hole, or text. Attributes are always in double quotes. */
const PIECE = /<(\/?)([a-z][a-z0-9-]*)(?:"[^"]*"|[^">])*>|\0(\d+)\0|[^<\0]+/gi;

/** Characters of a meaning; the page of terms has the rest. */
const MOST = 120;

/**
 * @param sections the fragments of a note's sections, in order
 * @returns the same with links in it
 */
export function linkTerms(sections: Fragment[][], uses: TermUse[], chrome: Chrome): Fragment[][] {
  if (uses.length === 0) return sections;
  const trie = new NameTrie<TermUse>();
  for (const use of uses) for (const name of use.names) trie.add(name, use);
  const left = new Set(uses.filter((u) => u.id !== undefined));
  return sections.map((fragments) => (left.size > 0 ? section(fragments, trie, left, chrome) : fragments));
}

function section(
  fragments: Fragment[],
  trie: NameTrie<TermUse>,
  left: Set<TermUse>,
  chrome: Chrome,
): Fragment[] {
  // No note holds a NUL: holes stand between two, as in compile.
  const html = fragments.map((f, i) => (typeof f === 'string' ? f : `\0${i}\0`)).join('');
  let out = '';
  /** How many elements or links around the place are not looked into. */
  let inside = 0;
  for (const [piece, slash, tag, hole] of html.matchAll(PIECE)) {
    if (tag !== undefined) {
      if (SKIPPED.test(tag.toLowerCase())) inside += slash ? -1 : 1;
      out += piece;
    } else if (hole !== undefined) {
      const f = fragments[Number(hole)]!;
      if (typeof f === 'object' && 'open' in f) inside++;
      else if (typeof f === 'object' && 'close' in f) inside--;
      out += piece;
    } else out += inside > 0 || left.size === 0 ? piece : linked(piece, trie, left, chrome);
  }
  return out
    .split(/\0(\d+)\0/)
    .flatMap((part, i) => (i % 2 ? fragments[Number(part)]! : part === '' ? [] : part));
}

function linked(html: string, trie: NameTrie<TermUse>, left: Set<TermUse>, chrome: Chrome): string {
  // As long as the HTML, so that offsets are the same.
  const text = html.replace(/&#?\w+;/g, (c) => '\uFFFC'.repeat(c.length)).replace(/\s/g, ' ');
  let out = '';
  let from = 0;
  for (const { start, end, value } of trie.find(text)) {
    if (!left.has(value) || !isWord(text, start, end)) continue;
    left.delete(value);
    const address = escapeHtml(chrome.href(GLOSSARY, value.id));
    out += `${html.slice(from, start)}<a class="term" href="${address}" aria-description="${escapeHtml(shorten(inLetters(value.meaning), MOST))}">${html.slice(start, end)}</a>`;
    from = end;
  }
  return out + html.slice(from);
}
