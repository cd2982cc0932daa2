/** A reader's query → notes with their sections, out of the Pagefind index. */
import { foldWidth, looksLikeTex, PART, phrases, texLetters, texWords, ZERO_WIDTH } from './search-words.ts';

interface Pagefind {
  search(query: string): Promise<{ results: PagefindResult[] }>;
}
interface PagefindResult {
  id: string;
  score: number;
  data(): Promise<{ url: string; content: string; meta: { title: string; section: string; facts: string } }>;
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

/** Records read for one query: each is a request. */
const MOST_RECORDS = 24;
const MOST_SECTIONS = 3;
/** Characters on either side of a hit. */
const AROUND = 28;

export class SearchEngine {
  readonly #folder: string;
  #pagefind: Promise<Pagefind> | undefined;

  /** @param folder address of the index */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Fetches Pagefind; on failure the next call tries again. */
  load(): Promise<Pagefind> {
    this.#pagefind ??= (import(/* @vite-ignore */ `${this.#folder}pagefind.js`) as Promise<Pagefind>).catch(
      (error) => {
        this.#pagefind = undefined;
        throw error;
      },
    );
    return this.#pagefind;
  }

  /** @returns notes, best first, and how many records matched */
  async search(query: string): Promise<{ notes: FoundNote[]; count: number }> {
    const pagefind = await this.load();
    const tex = looksLikeTex(query) ? texWords(query) : '';
    const lists = await Promise.all([
      intersect(await all(pagefind, phrases(query))),
      tex ? intersect(await all(pagefind, [`"${tex}"`])) : [],
    ]);
    const found = new Map<string, PagefindResult>();
    for (const result of lists.flat()) if (!found.has(result.id)) found.set(result.id, result);
    const records = await Promise.all([...found.values()].slice(0, MOST_RECORDS).map((r) => r.data()));
    return { notes: group(records, query), count: found.size };
  }
}

async function all(pagefind: Pagefind, queries: string[]): Promise<PagefindResult[][]> {
  return Promise.all(queries.map(async (q) => (await pagefind.search(q)).results));
}

/** What is in every list, by the sum of its scores. */
function intersect(lists: PagefindResult[][]): PagefindResult[] {
  const [first = [], ...rest] = lists;
  const others = rest.map((list) => new Map(list.map((r) => [r.id, r.score])));
  const score = (r: PagefindResult) => others.reduce((sum, o) => sum + (o.get(r.id) ?? 0), r.score);
  return first
    .filter((r) => others.every((o) => o.has(r.id)))
    .map((result) => ({ result, total: score(result) }))
    .sort((a, b) => b.total - a.total)
    .map(({ result }) => result);
}

function group(records: Awaited<ReturnType<PagefindResult['data']>>[], query: string): FoundNote[] {
  const notes = new Map<string, FoundNote & { named: boolean }>();
  const asked = fold(query);
  for (const { url, content, meta } of records) {
    const [page = ''] = url.split('#');
    const title = meta.title.replaceAll(ZERO_WIDTH, '');
    let note = notes.get(page);
    if (!note) {
      note = { title, facts: meta.facts, hits: [], named: fold(title).includes(asked) };
      notes.set(page, note);
    }
    if (note.hits.length >= MOST_SECTIONS) continue;
    const text = content.split(PART)[0]!.replaceAll(ZERO_WIDTH, '').trim();
    note.hits.push({ href: markedAddress(url, query), section: meta.section, snippet: cut(text, query) });
  }
  // A note that is called what was asked for comes first.
  return [...notes.values()].sort((a, b) => Number(b.named) - Number(a.named));
}

/** The address that opens at the words found (see found.ts). */
function markedAddress(url: string, query: string): string {
  const [page = '', fragment] = url.split('#');
  return `${page}?mark=${encodeURIComponent(query)}${fragment ? `#${fragment}` : ''}`;
}

function fold(text: string): string {
  return foldWidth(text).toLowerCase();
}

/** The text around the hit, counted in characters: Chinese has no blanks to cut at. */
function cut(text: string, query: string): [string, string, string] {
  const [from, to] = looksLikeTex(query) ? formula(text, query) : words(text, query);
  const start = Math.max(0, from - AROUND);
  const end = Math.min(text.length, Math.max(to + AROUND, start + 2 * AROUND));
  return [
    (start > 0 ? '…' : '') + text.slice(start, from),
    text.slice(from, to),
    text.slice(to, end) + (end < text.length ? '…' : ''),
  ];
}

function words(text: string, query: string): [number, number] {
  const folded = fold(text);
  for (const part of [query, ...(query.match(/\p{Script=Han}+|[^\s\p{Script=Han}]+/gu) ?? [])]) {
    const at = folded.indexOf(fold(part));
    if (at !== -1) return [at, at + part.length];
  }
  return [0, 0];
}

function formula(text: string, query: string): [number, number] {
  const letters = texLetters(query);
  for (const match of text.matchAll(/\$([^$]+)\$/g))
    if (texLetters(match[1]!).includes(letters)) return [match.index, match.index + match[0].length];
  return words(text, query);
}
