/**
 * Unlinked mentions: the name of a note in another note's prose, without a link. Chinese has no spaces, so a name in it
 * counts only between word boundaries; words are cut only around a name that was found, for cutting everything costs
 * 0.2 s a megabyte.
 */

import type { Mention, NoteIndex } from '../model.ts';
import { type FoundName, NameTrie } from '../name-trie.ts';
import type { NotePath } from '../paths.ts';
import { slice } from '../shorten.ts';
import { isWord } from '../word-bounds.ts';
import { uniqueNames } from './mention-names.ts';

/** A name that more notes than this mention without a link is a word, not a reference. */
const COMMON = 40;
/** Sentences shown of one note. */
const SENTENCES = 2;
/** Characters shown on either side of a name, when the sentence is longer. */
const SHOWN = 90;

const SENTENCE_END = /[。！？!?…；;]|\.\s/g;

/** Remembers in which lines of which notes names stand, from one build to the next. */
export interface MentionMemory {
  /**
   * @param names all that are looked for
   * @returns the lines of each note, where they are known
   */
  known(names: string[]): Map<NotePath, NoteIndex['prose']>;
  /** @param lines of all notes, for the names that were asked for last */
  keep(lines: Map<NotePath, NoteIndex['prose']>): void;
}

/**
 * @param notes that may be mentioned, and in which mentions are looked for
 * @param linked whether a note refers to another already
 * @param memory spares reading the prose of notes that were searched before
 * @returns for each note, who mentions it, in the order of the notes
 */
export function findMentions(
  notes: NoteIndex[],
  linked: (from: NotePath, to: NotePath) => boolean,
  memory?: MentionMemory,
): Map<NotePath, Mention[]> {
  const search = searchFor(uniqueNames(notes.filter((n) => n.meta.type === 'note')));
  remember(notes, search, memory);
  const found = new Map<NotePath, Mention[]>();
  /** How many notes use a name. */
  const uses = new Map<string, number>();
  for (const note of notes) {
    const { path: from } = note;
    const here = new Map<NotePath, Mention>();
    const names = new Set<string>();
    for (const { line, text, names: found } of namesIn(note, search)) {
      /** Where the last sentence shown of each note ends. */
      const shownTo = new Map<NotePath, number>();
      for (const { start, end, value } of found) {
        if (value.path === from || (uses.get(value.name) ?? 0) > COMMON) continue;
        // Cutting words is what costs: not for what would change nothing.
        const known = names.has(value.name);
        if (known && (linked(from, value.path) || here.get(value.path)?.sentences.length === SENTENCES))
          continue;
        if (!isWord(text, start, end)) continue;
        names.add(value.name);
        if (linked(from, value.path)) continue;
        const mention = here.get(value.path) ?? { from, name: value.name, line, sentences: [] };
        here.set(value.path, mention);
        if (start < (shownTo.get(value.path) ?? 0) || mention.sentences.length >= SENTENCES) continue;
        const [first, last] = sentenceAround(text, start, end);
        shownTo.set(value.path, last);
        mention.sentences.push(cut(text, first, start, end, last));
      }
    }
    for (const name of names) uses.set(name, (uses.get(name) ?? 0) + 1);
    for (const [to, mention] of here) {
      const list = found.get(to);
      if (list) list.push(mention);
      else found.set(to, [mention]);
    }
  }
  const out = new Map<NotePath, Mention[]>();
  for (const [path, mentions] of found) {
    const telling = mentions.filter((m) => uses.get(m.name)! <= COMMON);
    if (telling.length > 0) out.set(path, telling);
  }
  return out;
}

interface Named {
  name: string;
  path: NotePath;
}

/** The names that are looked for, and where they stand in notes that have been searched. */
interface Search {
  names: Named[];
  trie: NameTrie<Named>;
  found: WeakMap<NoteIndex, { line: number; text: string; names: FoundName<Named>[] }[]>;
}

let last: Search | undefined;

/** The search of the last link goes on while the names are the same: the development server links after each save. */
function searchFor(names: Named[]): Search {
  const same =
    last?.names.length === names.length &&
    names.every(({ name, path }, i) => last!.names[i]!.name === name && last!.names[i]!.path === path);
  if (!last || !same) {
    last = { names, trie: new NameTrie(), found: new WeakMap() };
    for (const named of names) last.trie.add(named.name, named);
  }
  return last;
}

/** Searches the notes in what is remembered of them, and the others in their prose. */
function remember(notes: NoteIndex[], search: Search, memory: MentionMemory | undefined): void {
  if (!memory) return;
  const known = memory.known(search.names.map((n) => n.name));
  const lines = new Map<NotePath, NoteIndex['prose']>();
  for (const note of notes) {
    const found = namesIn(note, search, known.get(note.path));
    lines.set(
      note.path,
      found.map(({ line, text }) => [line, text]),
    );
  }
  if (notes.some(({ path }) => !known.has(path))) memory.keep(lines);
}

/** The lines of a note in which names stand. @param prose those among which they are, if that is known */
function namesIn(note: NoteIndex, { trie, found }: Search, prose?: NoteIndex['prose']) {
  let lines = found.get(note);
  if (!lines) {
    lines = [];
    for (const [line, text] of prose ?? note.prose) {
      const names = trie.find(text);
      if (names.length > 0) lines.push({ line, text, names });
    }
    found.set(note, lines);
  }
  return lines;
}

/** Where the sentence with a name begins and ends. */
function sentenceAround(text: string, start: number, end: number): [from: number, to: number] {
  let from = 0;
  for (const m of text.slice(0, start).matchAll(SENTENCE_END)) from = m.index + m[0].length;
  SENTENCE_END.lastIndex = end;
  const stop = SENTENCE_END.exec(text);
  SENTENCE_END.lastIndex = 0;
  return [from, stop ? stop.index + stop[0].length : text.length];
}

/** A sentence in three parts, the name in the middle; what is opaque in it (formulas, code) is an ellipsis. */
function cut(
  text: string,
  from: number,
  start: number,
  end: number,
  to: number,
): Mention['sentences'][number] {
  const shown = (part: string) => part.replace(/\s*\uFFFC\s*/g, ' … ');
  const before = slice(text, Math.max(from, start - SHOWN), start);
  const after = slice(text, end, Math.min(to, end + SHOWN));
  return [
    shown((from < start - SHOWN ? '…' : '') + before).trimStart(),
    text.slice(start, end),
    shown(after + (to > end + SHOWN ? '…' : '')).trimEnd(),
  ];
}
