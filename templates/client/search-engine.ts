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
  askedTex,
  askedWords,
  foldText,
  looksLikeTex,
  partOf,
  sectionsOf,
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

/** Notes read for one query: each is a request. */
const MOST_NOTES = 12;
const MOST_SECTIONS = 3;
/** Characters on either side of a hit. */
const AROUND = 28;

export class SearchEngine {
  readonly #folder: string;
  #index: Promise<Index> | undefined;
  readonly #files = new Map<string, Promise<string>>();

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

  async #search(query: string): Promise<{ notes: FoundNote[]; count: number }> {
    const tex = looksLikeTex(query) ? askedTex(query) : undefined;
    const words = askedWords(query);
    if (!tex || words.some(({ text }) => text.length > 1)) return this.#find(query, { tex, words });
    // Single letters and digits stand in every text, which is no reason to show it, unless all does as it was typed.
    const found = await this.#find(query, { tex, words: [] });
    return found.notes.length > 0 ? found : this.#find(query, { tex: undefined, words, asTyped: true });
  }

  async #find(query: string, asked: Query): Promise<{ notes: FoundNote[]; count: number }> {
    const { tex, words } = asked;
    const [byTex, byWords] = await Promise.all([
      tex ? this.#places([tex]) : new Map(),
      words.length > 0 ? this.#places(words) : new Map(),
    ]);
    const found: Places = new Map(byTex);
    for (const [note, sections] of byWords)
      found.set(note, new Set([...(found.get(note) ?? []), ...(sections as Set<number>)]));
    let count = 0;
    for (const sections of found.values()) count += sections.size;

    // Named so first, then those that have the formula, those that speak of it most, the newest.
    const ranked = [...found].sort(
      ([a, x], [b, y]) =>
        Number(y.has(0)) - Number(x.has(0)) ||
        Number(byTex.has(b)) - Number(byTex.has(a)) ||
        y.size - x.size ||
        b - a,
    );
    const shown = await Promise.all(
      ranked.slice(0, MOST_NOTES).map(async ([note, sections]) => {
        const href = await this.#address(note);
        const text = JSON.parse(await this.#file(searchedAddress(href))) as SearchedFile;
        return hitsOf(text, href, query, { ...asked, sections, byTex: byTex.get(note) });
      }),
    );
    for (const { dropped } of shown) count -= dropped;
    const typed = foldText(query.trim());
    const rank = ({ note, hasFormula }: (typeof shown)[number]) =>
      2 * Number(foldText(note.title).includes(typed)) + Number(hasFormula);
    const notes = shown
      .filter(({ note }) => note.hits.length > 0)
      .sort((a, b) => rank(b) - rank(a))
      .map(({ note }) => note);
    // Of notes that were not read, nobody knows.
    if (asked.asTyped) count = notes.reduce((sum, { hits }) => sum + hits.length, 0);
    return { notes, count };
  }

  /**
   * Where everything that is asked for stands: in one section, or in a section and the note's names; where no
   * section of a note has all of it, in those that have the most.
   */
  async #places(asked: Asked[]): Promise<Places> {
    const each = await Promise.all(asked.map((one) => this.#one(one)));
    const out: Places = new Map();
    for (const note of each[0]!.keys()) {
      if (!each.every((places) => places.has(note))) continue;
      const counts = new Map<number, number>();
      let everywhere = 0;
      for (const places of each) {
        const sections = places.get(note)!;
        if (sections.has(0)) everywhere++;
        for (const s of sections)
          if (s !== 0) counts.set(s, (counts.get(s) ?? 0) + (sections.has(0) ? 0 : 1));
      }
      const most = Math.max(-1, ...counts.values());
      const best = [...counts].filter(([, n]) => n === most).map(([s]) => s);
      out.set(note, new Set(everywhere === each.length ? [0, ...best] : best));
    }
    return out;
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

interface Query {
  words: Asked[];
  tex: Asked | undefined;
  /** The words count only where the query stands as it was typed. */
  asTyped?: boolean;
}

interface Found extends Query {
  sections: Set<number>;
  byTex: Set<number> | undefined;
}

/** A note's hits, less those whose grams stand there but not what was asked for. */
function hitsOf(
  { title, facts, description, sections: texts }: SearchedFile,
  href: string,
  query: string,
  { sections, byTex, words, tex, asTyped }: Found,
): { note: FoundNote; dropped: number; hasFormula: boolean } {
  const known = foldText([title, facts, description].join('\n'));
  const hits: (Hit & { rank: number })[] = [];
  let dropped = 0;
  let hasFormula = false;
  for (const number of sections) {
    if (number === 0) {
      if (asTyped && !known.includes(foldText(query.trim()))) {
        dropped++;
        continue;
      }
      hits.push({ href: marked(href, '', query), section: '', snippet: cut(description, query), rank: 3 });
      continue;
    }
    const [id, heading, body] = texts[number - 1] ?? ['', '', ''];
    const folded = foldText(`${heading}\n${body}`);
    const isThere = asTyped
      ? folded.includes(foldText(query.trim()))
      : words.every((w) => !w.loose || folded.includes(w.text) || known.includes(w.text) || sections.has(0));
    const texIsThere = tex && byTex?.has(number) && firstFormula(body, query) !== undefined;
    if (texIsThere) hasFormula = true;
    if (!texIsThere && !(words.length > 0 && isThere)) {
      dropped++;
      continue;
    }
    const rank = Number(words.some((w) => foldText(heading).includes(w.text))) + (texIsThere ? 2 : 0);
    hits.push({
      href: marked(href, id || '_main', query),
      section: readable(heading),
      snippet: cut(body, query),
      rank,
    });
  }
  hits.sort((a, b) => b.rank - a.rank);
  const best = hits.slice(0, MOST_SECTIONS).map(({ href: to, section, snippet }) => ({
    href: to,
    section,
    snippet,
  }));
  return { note: { title: readable(title), facts, hits: best }, dropped, hasFormula };
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

/** The text around the hit, counted in characters: Chinese has no blanks to cut at. Formulas are read as letters. */
function cut(text: string, query: string): [string, string, string] {
  const formula = looksLikeTex(query) ? firstFormula(text, query) : undefined;
  const [from, to] = whole(text, formula ?? words(text, query));
  const [before, hit, after] = [text.slice(0, from), text.slice(from, to), text.slice(to)].map(readable) as [
    string,
    string,
    string,
  ];
  const shown = before.slice(-AROUND);
  const rest = after.slice(0, Math.max(AROUND, 2 * AROUND - shown.length - hit.length));
  return [
    (shown.length < before.length ? '…' : '') + shown,
    hit,
    rest + (rest.length < after.length ? '…' : ''),
  ];
}

const FORMULA = /\$([^$]+)\$/g;

/** A text as it is shown: see `formulasIn` in src/search/note-text.ts for what stands in it. */
function readable(text: string): string {
  return text.replace(FORMULA, (_, tex: string) => readableTex(tex)).replaceAll('＄', '$');
}

/** The hit, and all of the formulas that it begins and ends in. */
function whole(text: string, [from, to]: [number, number]): [number, number] {
  let [start, end] = [from, to];
  for (const { index, 0: all } of text.matchAll(FORMULA)) {
    if (index >= to) break;
    if (index < from && index + all.length > from) start = index;
    if (index < to && index + all.length > to) end = index + all.length;
  }
  return [start, end];
}

function words(text: string, query: string): [number, number] {
  const folded = foldText(text);
  for (const part of [query, ...(query.match(/\p{Script=Han}+|[^\s\p{Script=Han}]+/gu) ?? [])]) {
    const at = folded.indexOf(foldText(part));
    if (at !== -1) return [at, at + part.length];
  }
  return [0, 0];
}
