/**
 * The files of the search index. A file is a pure function of the grams that notes have in its part of the index, and
 * is named by the hash of them: after an edit those files are made anew whose grams changed, and a reader's
 * browser, which asks for a name, never gets an older one.
 *
 *     search/index.json        how many parts there are, and the names of the other files
 *     search/words-3-….txt     sorted lines: a gram, a tab, in which sections of which notes it stands
 *     search/notes-0-….json    addresses of the notes, by their numbers
 *     posts/detr/search.json   what is shown of a note, beside its page
 *
 * Notes are numbered by age, so that a new one changes no number.
 */

import { eachGram, PARTS, partOf, sectionMark, sectionsOf } from '../../templates/client/search-words.ts';
import type { Page } from '../emit/emit.ts';
import { hash } from '../hash.ts';
import type { LinkedNote, Site } from '../model.ts';
import { compare, href, type NotePath } from '../paths.ts';
import { nameOf, namesOf, type SectionText } from './note-text.ts';
import { NoteParts } from './note-words.ts';

/** Where the index lies, below the site's root. */
export const SEARCH_FOLDER = 'search/';

/** Notes whose addresses stand in one file. */
const NOTES_IN_FILE = 512;
/** Hex digits of a key in a file's name. */
const NAME_LENGTH = 10;

/** What search needs of compiled notes, wherever they are kept. */
export interface SearchSource {
  /** Changes when the compiled note does. */
  key(path: NotePath): string;
  /** Its grams, as `note-words.ts` packs them. */
  words(path: NotePath): Promise<Uint8Array>;
  sections(path: NotePath): Promise<SectionText[]>;
}

export interface SearchOptions {
  /** The site's base path: addresses in the index are as a page would have them. */
  base: string;
  /** Hash of Postil's code. */
  engine: string;
  /** Lets other things happen. */
  breathe?: () => Promise<void>;
}

/** Every file of the index. */
export async function searchPages(site: Site, source: SearchSource, options: SearchOptions): Promise<Page[]> {
  const { base, engine, breathe = async () => {} } = options;
  const notes = byAge(site);
  if (notes.length === 0) return [];
  const own: NoteParts[] = [];
  for (const { index } of notes) {
    await breathe();
    own.push(new NoteParts(await source.words(index.path)));
  }
  const added = addedGrams(notes, own);
  const files: Page[] = [];
  const named = (name: string, number: number, extension: string, key: string, make: () => string) => {
    const path = `${SEARCH_FOLDER}${name}-${number}-${key.slice(0, NAME_LENGTH)}.${extension}`;
    files.push({ path, key: () => key, render: async () => make() });
    return key.slice(0, NAME_LENGTH);
  };

  const fileCount = notes.length <= 40 ? 16 : notes.length <= 160 ? 64 : PARTS;
  const words: string[] = [];
  for (let n = 0; n < fileCount; n++) {
    await breathe();
    const parts = Array.from({ length: PARTS / fileCount }, (_, i) => n + i * fileCount);
    const key = hash(engine, 'words', ...parts.flatMap((p) => [keyText(own, p), JSON.stringify(added[p])]));
    words.push(named('words', n, 'txt', key, () => printWords(parts, own, added)));
  }
  const lists: string[] = [];
  for (let n = 0; n * NOTES_IN_FILE < notes.length; n++) {
    const some = notes.slice(n * NOTES_IN_FILE, (n + 1) * NOTES_IN_FILE);
    const text = `${JSON.stringify(some.map(({ url }) => href(url, base)))}\n`;
    lists.push(named('notes', n, 'json', hash(engine, text), () => text));
  }
  const index = `${JSON.stringify({ words, notes: lists, perFile: NOTES_IN_FILE })}\n`;
  const indexKey = hash(engine, index);
  files.push({ path: `${SEARCH_FOLDER}index.json`, key: () => indexKey, render: async () => index });
  for (const note of notes) files.push(noteFile(note, source, engine));
  return files;
}

/** What the search dialog shows of a note. */
function noteFile(note: LinkedNote, source: SearchSource, engine: string): Page {
  const { index, url, targets } = note;
  const { title, description = '', papers, tags, date } = index.meta;
  const facts = [
    papers.length === 1 ? papers[0]!.venue : '',
    date?.day.slice(0, 4),
    ...tags.map((t) => `#${t}`),
  ];
  const about = { title, facts: facts.filter(Boolean).join(' · '), description };
  return {
    path: `${url.slice(1)}${url.endsWith('/') ? '' : '.'}search.json`,
    key: () => hash(engine, 'search', JSON.stringify([about, targets]), source.key(index.path)),
    render: async () => {
      const sections = (await source.sections(index.path)).map(({ id, heading, text }) => [
        id,
        heading,
        text.map((p) => (typeof p === 'number' ? nameOf(index.refs[p]!, targets[p]!) : p)).join(''),
      ]);
      return `${JSON.stringify({ ...about, sections })}\n`;
    },
  };
}

/** Pages first, then notes from the oldest to the newest. */
function byAge(site: Site): LinkedNote[] {
  const dated = new Set(site.newest);
  const others = [...site.notes.keys()].filter((path) => !dated.has(path)).sort(compare);
  return [...others, ...[...site.newest].reverse()].map((path) => site.notes.get(path)!);
}

/** Grams that are not the note's own text: number of the note, gram, marks of sections. */
type Added = [note: number, gram: string, marks: string][];

/** What front matter and other notes' names add, for each part. */
function addedGrams(notes: LinkedNote[], own: NoteParts[]): Added[] {
  const parts: Added[] = Array.from({ length: PARTS }, () => []);
  const known = new Map<string, string[]>();
  const gramsOf = (name: string) => {
    let grams = known.get(name);
    if (!grams) {
      const made = new Set<string>();
      eachGram(name, (gram) => made.add(gram));
      grams = [...made];
      known.set(name, grams);
    }
    return grams;
  };
  notes.forEach((note, n) => {
    const found = new Map<string, string>();
    for (const gram of gramsOf(namesOf(note))) found.set(gram, sectionMark(0));
    own[n]!.refs.forEach((refs, section) => {
      const mark = sectionMark(section + 1);
      for (const ref of refs)
        for (const gram of gramsOf(nameOf(note.index.refs[ref]!, note.targets[ref]!))) {
          const marks = found.get(gram) ?? '';
          if (!marks.endsWith(mark)) found.set(gram, marks + mark);
        }
    });
    for (const [gram, marks] of found) parts[partOf(gram)]!.push([n, gram, marks]);
  });
  return parts;
}

/** All that notes have of their own in a part; one that has nothing there leaves no trace. */
function keyText(own: NoteParts[], part: number): Uint8Array {
  const lengths: string[] = [];
  const texts: Uint8Array[] = [];
  for (const [n, note] of own.entries()) {
    const text = note.part(part);
    if (text.length === 0) continue;
    lengths.push(`${n}:${text.length}`);
    texts.push(text);
  }
  return Buffer.concat([Buffer.from(lengths.join()), ...texts]);
}

/** The lines of one file. */
function printWords(parts: number[], own: NoteParts[], added: Added[]): string {
  const lines: string[] = [];
  for (const part of parts) {
    const places = new Map<string, { last: number; text: string }>();
    const put = (gram: string, note: number, marks: string) => {
      const place = places.get(gram);
      if (!place) places.set(gram, { last: note, text: note.toString(36) + marks });
      else {
        place.text += (note - place.last).toString(36) + marks;
        place.last = note;
      }
    };
    const more = added[part]!;
    let next = 0;
    for (const [n, note] of own.entries()) {
      if (more[next]?.[0] !== n) {
        note.each(part, (gram, marks) => put(gram, n, marks));
        continue;
      }
      const found = new Map<string, string>();
      note.each(part, (gram, marks) => found.set(gram, marks));
      for (; more[next]?.[0] === n; next++) {
        const [, gram, marks] = more[next]!;
        const known = found.get(gram);
        found.set(gram, known ? union(known, marks) : marks);
      }
      for (const [gram, marks] of found) put(gram, n, marks);
    }
    for (const [gram, { text }] of places) lines.push(`${gram}\t${text}\n`);
  }
  return lines.sort(compare).join('');
}

/** Marks of the sections that are in one list or the other. */
function union(a: string, b: string): string {
  const sections = [...new Set([...sectionsOf(a), ...sectionsOf(b)])].sort((x, y) => x - y);
  return sections.map(sectionMark).join('');
}
