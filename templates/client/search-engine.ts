/**
 * A reader's query → notes with their sections, out of the search index (src/search/pages.ts). What is asked for is
 * looked up gram by gram; of the notes that have it, those that are shown are read, and what grams alone cannot
 * tell is checked in their text.
 */
import { formulaAsked } from './asked-formula.ts';
import { type SearchedFile, searchedAddress } from './preview-file.ts';
import { readableTex } from './readable-tex.ts';
import {
  type Asked,
  askedNames,
  askedTex,
  askedWords,
  foldText,
  looksLikeTex,
  partOf,
  plainQuery,
  sectionsOf,
  spellSigns,
} from './search-words.ts';

/** `search/index.json`. */
interface Index {
  words: string[];
  notes: string[];
  perFile: number;
}

export interface Hit {
  href: string;
  section: string;
  /** Text before, at and after the words found. */
  snippet: [string, string, string];
}
export interface FoundNote {
  title: string;
  facts: string;
  hits: Hit[];
}

/** Sections by the number of their note; 0 are the note's names. */
type Places = Map<number, Set<number>>;

/** A note as it was read, and what is looked for in it: as it is shown, folded, without blanks. */
interface ReadNote extends SearchedFile {
  href: string;
  /** All its names. */
  known: string;
  /** A section by its place, the first of which is 0. */
  shown: (section: number) => string;
}

/** Notes read for one query: each is a request. */
const MOST_NOTES = 12;
const MOST_SECTIONS = 3;
/** Characters on either side of a hit. */
const AROUND = 28;

export class SearchEngine {
  readonly #folder: string;
  #index: Promise<Index> | undefined;
  readonly #files = new Map<string, Promise<string>>();
  readonly #notes = new Map<string, ReadNote>();

  /** @param folder address of the index, with `/` at its end */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Fetches the list of the index's files; on failure the next call tries again. */
  load(): Promise<Index> {
    this.#index ??= fetch(`${this.#folder}index.json`, { cache: 'no-cache' })
      .then((response) => {
        if (!response.ok) throw new Error(response.statusText);
        return response.json() as Promise<Index>;
      })
      .catch((error) => {
        this.#index = undefined;
        throw error;
      });
    return this.#index;
  }

  /** @returns notes, best first, and how many sections matched */
  async search(query: string): Promise<{ notes: FoundNote[]; count: number }> {
    try {
      return await this.#search(query);
    } catch (error) {
      if (!this.#index) throw error;
      // The site was published anew since the list was fetched: its files have other names now.
      this.#index = undefined;
      return this.#search(query);
    }
  }

  async #search(typed: string): Promise<{ notes: FoundNote[]; count: number }> {
    const query = plainQuery(typed);
    const tex = looksLikeTex(query) ? askedTex(query) : undefined;
    const spelt = spellSigns(query);
    const [byTex, byName, ...readings] = await Promise.all([
      this.#places(tex ? [tex] : []),
      this.#places(askedNames(query)),
      ...(spelt === query ? [query] : [query, spelt]).map(async (text): Promise<Reading> => {
        const words = askedWords(text);
        const asTyped = tex !== undefined && !words.some((w) => w.text.length > 1);
        return { words, asTyped, ...(await this.#places(words)) };
      }),
    ]);
    const found = union([byTex, ...readings]);

    // Those that have the formula first, those named so, those that have all of it in one section, that speak of it most, the newest.
    const has = (places: Places, note: number) => Number(places.has(note));
    const isTogether = (note: number) => Number(readings.some(({ together }) => together.has(note)));
    const ranked = [...found].sort(
      ([a, x], [b, y]) =>
        has(byTex.places, b) - has(byTex.places, a) ||
        Number(y.has(0)) - Number(x.has(0)) ||
        has(byName.places, b) - has(byName.places, a) ||
        isTogether(b) - isTogether(a) ||
        y.size - x.size ||
        b - a,
    );
    const shown = await Promise.all(
      ranked.slice(0, MOST_NOTES).map(async ([note, sections]) =>
        hitsOf(await this.#read(note), query, {
          sections,
          byTex: byTex.places.get(note),
          readings: readings.map((r) => ({ ...r, sections: r.places.get(note) })),
        }),
      ),
    );
    let count = 0;
    for (const { kept } of shown) count += kept;
    // Of words that count only as they were typed, nobody knows in notes that were not read.
    const sure = union([byTex, ...readings.filter(({ asTyped }) => !asTyped)]);
    for (const [note] of ranked.slice(MOST_NOTES)) count += sure.get(note)?.size ?? 0;
    const notes = shown
      .filter(({ note }) => note.hits.length > 0)
      .sort((a, b) => b.rank - a.rank)
      .map(({ note }) => note);
    return { notes, count };
  }

  /**
   * Where everything that is asked for stands: in one section, or in a section and the note's names; where no
   * section of a note has all of it, in those that have the most.
   */
  async #places(asked: Asked[]): Promise<Found> {
    const each = await Promise.all(asked.map((one) => this.#one(one)));
    const found: Found = { places: new Map(), together: new Set() };
    for (const note of each[0]?.keys() ?? []) {
      if (!each.every((places) => places.has(note))) continue;
      const [counts, all] = [new Map<number, number>(), new Map<number, number>()];
      let everywhere = 0;
      for (const places of each) {
        const sections = places.get(note)!;
        if (sections.has(0)) everywhere++;
        for (const s of sections) {
          all.set(s, (all.get(s) ?? 0) + 1);
          if (s !== 0) counts.set(s, (counts.get(s) ?? 0) + (sections.has(0) ? 0 : 1));
        }
      }
      const most = Math.max(-1, ...counts.values());
      const best = [...counts].filter(([, n]) => n === most).map(([s]) => s);
      found.places.set(note, new Set(everywhere === each.length ? [0, ...best] : best));
      if ([...all.values()].includes(each.length)) found.together.add(note);
    }
    return found;
  }

  /** Where one thing stands: where all of its grams do. */
  async #one({ grams }: Asked): Promise<Places> {
    const [first, ...rest] = await Promise.all(grams.map(({ gram, prefix }) => this.#look(gram, prefix)));
    const out: Places = new Map();
    for (const [note, sections] of first!) {
      const all = [...sections].filter((s) => rest.every((places) => places.get(note)?.has(s)));
      if (all.length > 0) out.set(note, new Set(all));
    }
    return out;
  }

  async #look(gram: string, prefix: boolean): Promise<Places> {
    const { words } = await this.load();
    const number = partOf(gram) % words.length;
    const lines = `\n${await this.#file(`${this.#folder}words-${number}-${words[number]}.txt`)}`;
    const out: Places = new Map();
    const wanted = `\n${gram}${prefix ? '' : '\t'}`;
    for (let at = lines.indexOf(wanted); at !== -1; at = lines.indexOf(wanted, at + 1)) {
      const end = lines.indexOf('\n', at + 1);
      let note = 0;
      for (const [, step, marks] of lines
        .slice(lines.indexOf('\t', at) + 1, end)
        .matchAll(/([0-9a-z]+)([A-Z_]+)/g)) {
        note += Number.parseInt(step!, 36);
        const known = out.get(note);
        if (known) for (const section of sectionsOf(marks!)) known.add(section);
        else out.set(note, new Set(sectionsOf(marks!)));
      }
    }
    return out;
  }

  async #read(note: number): Promise<ReadNote> {
    const href = await this.#address(note);
    const file = await this.#file(searchedAddress(href));
    let read = this.#notes.get(href);
    if (!read) {
      read = readNote(href, JSON.parse(file) as SearchedFile);
      this.#notes.set(href, read);
    }
    return read;
  }

  async #address(note: number): Promise<string> {
    const { notes, perFile } = await this.load();
    const number = Math.floor(note / perFile);
    const file = await this.#file(`${this.#folder}notes-${number}-${notes[number]}.json`);
    return (JSON.parse(file) as string[])[note % perFile]!;
  }

  #file(address: string): Promise<string> {
    let file = this.#files.get(address);
    if (!file) {
      file = fetch(address).then((response) => {
        if (!response.ok) throw new Error(`${response.status} ${address}`);
        return response.text();
      });
      file.catch(() => this.#files.delete(address));
      this.#files.set(address, file);
    }
    return file;
  }
}

interface Found {
  places: Places;
  /** Notes that have all of it in one section, or in their names. */
  together: Set<number>;
}

/** A way to read a query as words: as it was typed, or with its signs as names. */
interface Reading extends Found {
  words: Asked[];
  /** They count only where the query stands as it was typed: letters and digits alone stand in every text. */
  asTyped: boolean;
}

/** In which sections of a note the grams of a query stand: all of them, those of formulas, those of words. */
interface Candidates {
  sections: Set<number>;
  byTex: Set<number> | undefined;
  readings: (Omit<Reading, keyof Found> & { sections: Set<number> | undefined })[];
}

function union(all: Found[]): Places {
  const found: Places = new Map();
  for (const { places } of all)
    for (const [note, sections] of places)
      found.set(note, new Set([...(found.get(note) ?? []), ...sections]));
  return found;
}

function readNote(href: string, file: SearchedFile): ReadNote {
  // A file that a reader kept, older than the code, has no such names.
  const { title, facts, description, names = '', sections } = file;
  const shown: string[] = [];
  return {
    ...file,
    names,
    href,
    known: sought([title, facts, description, names].join('\n')),
    shown: (n) => {
      const [, heading, body] = sections[n]!;
      shown[n] ??= sought(`${heading}\n${body}`);
      return shown[n];
    },
  };
}

const sought = (text: string) => foldText(readable(text)).replace(/\s+/g, '');

/**
 * A note's hits, less those whose grams stand there but not what was asked for.
 *
 * @returns how many sections have it, and the note's rank beside others that were read: those whose title has the query
 *   as it was typed, those that have it so elsewhere, or the formula
 */
function hitsOf(
  note: ReadNote,
  query: string,
  { sections, byTex, readings }: Candidates,
): { note: FoundNote; kept: number; rank: number } {
  const typed = sought(query);
  const hits: (Hit & { rank: number })[] = [];
  let isWhole = false;
  for (const number of sections) {
    const reads = readings.filter((r) => r.sections?.has(number));
    if (number === 0) {
      const isThere = note.known.includes(typed);
      if (isThere) isWhole = true;
      else if (reads.every((r) => r.asTyped)) continue;
      hits.push({
        href: marked(note.href, '', query),
        section: '',
        snippet: snippet(note.description, note.names.replaceAll('\n', ' · '), query),
        rank: 4,
      });
      continue;
    }
    const section = note.sections[number - 1];
    if (!section) continue;
    const [id, heading, body, cited = ''] = section;
    const text = note.shown(number - 1);
    const isTyped = text.includes(typed);
    const stands = (w: Asked) => [text, note.known, sought(cited)].some((place) => place.includes(w.text));
    const areThere = reads.some((r) => (r.asTyped ? isTyped : r.words.every((w) => !w.loose || stands(w))));
    const hasFormula = byTex?.has(number) && firstFormula(body, query) !== undefined;
    if (!hasFormula && !areThere) continue;
    if (hasFormula || isTyped) isWhole = true;
    const inHeading = readings.some((r) => r.words.some((w) => foldText(heading).includes(w.text)));
    hits.push({
      href: marked(note.href, id || '_main', query),
      section: readable(heading),
      snippet: snippet(body, cited, query),
      rank: (hasFormula || isTyped ? 2 : 0) + Number(inHeading),
    });
  }
  hits.sort((a, b) => b.rank - a.rank);
  const best = hits.slice(0, MOST_SECTIONS).map(({ rank: _, ...hit }) => hit);
  const isTitle = sought(note.title).includes(typed);
  return {
    note: { title: readable(note.title), facts: note.facts, hits: best },
    kept: hits.length,
    rank: 2 * Number(isTitle) + Number(isWhole),
  };
}

/** Where the first formula stands that has what is asked for. */
function firstFormula(text: string, query: string): [number, number] | undefined {
  const isAsked = formulaAsked(query);
  for (const { index, 0: all, 1: tex } of text.matchAll(FORMULA))
    if (isAsked(tex!)) return [index, index + all.length];
  return undefined;
}

/** The address that opens at the words found (see found.ts). */
function marked(page: string, id: string, query: string): string {
  return `${page}?mark=${encodeURIComponent(query)}${id && `#${encodeURIComponent(id)}`}`;
}

/**
 * The text around the hit: the formula that was asked for, or the query as it was typed, or the first of its words.
 *
 * @param cited what else the text is found by; it is shown when the text itself has nothing of it
 */
function snippet(text: string, cited: string, query: string): Hit['snippet'] {
  const formula = looksLikeTex(query) ? firstFormula(text, query) : undefined;
  if (formula) return cutTex(text, formula);
  const typed = foldText(query);
  const parts = typed.match(/\p{Script=Han}+|[\p{L}\p{N}.-]+/gu) ?? [];
  const lines = [readable(text), cited];
  for (const words of [[typed], parts]) {
    for (const line of lines) {
      const hit = firstOf(words, line);
      if (hit) return cut(line, hit);
    }
    // A command's name is not shown.
    const hidden = firstOf(words, text);
    if (hidden) return cutTex(text, hidden);
  }
  return cut(lines[0]!, [0, 0]);
}

/** Where the first of some words stands that a line has, as a word or its beginning. */
function firstOf(words: string[], line: string): [number, number] | undefined {
  const folded = foldText(line);
  for (const word of words)
    for (let at = folded.indexOf(word); at !== -1; at = folded.indexOf(word, at + 1))
      if (!/[a-z0-9]{2}/.test(folded.slice(at - 1, at + 1))) return [at, at + word.length];
  return undefined;
}

/** The same of a text with its TeX: a hit is all of the formulas that it begins and ends in. */
function cutTex(text: string, hit: readonly [number, number]): Hit['snippet'] {
  const [from, to] = whole(text, hit);
  const before = readable(text.slice(0, from));
  const end = before.length + readable(text.slice(from, to)).length;
  return cut(before + readable(text.slice(from)), [before.length, end]);
}

/** Counted in characters: Chinese has no blanks to cut at. */
function cut(text: string, [from, to]: readonly [number, number]): Hit['snippet'] {
  const start = Math.max(0, from - AROUND);
  const end = to + Math.max(AROUND, 2 * AROUND - (from - start) - (to - from));
  return [
    (start > 0 ? '…' : '') + text.slice(start, from),
    text.slice(from, to),
    text.slice(to, end) + (end < text.length ? '…' : ''),
  ];
}

const FORMULA = /\$([^$]+)\$/g;

/** A text as it is shown: see `formulasIn` in src/search/note-text.ts for what stands in it. */
function readable(text: string): string {
  return text.replace(FORMULA, (_, tex: string) => readableTex(tex)).replaceAll('＄', '$');
}

/** The hit, and all of the formulas that it begins and ends in. */
function whole(text: string, [from, to]: readonly [number, number]): [number, number] {
  let [start, end] = [from, to];
  for (const { index, 0: all } of text.matchAll(FORMULA)) {
    if (index >= to) break;
    if (index < from && index + all.length > from) start = index;
    if (index < to && index + all.length > to) end = index + all.length;
  }
  return [start, end];
}
