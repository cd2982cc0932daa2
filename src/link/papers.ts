/**
 * The papers that notes read and that the bibliography lists, by citation key, arXiv id or DOI. A paper that has a
 * note here leads to the note, any other to its own page.
 */

import { bibliographyDuplicate, paperKey } from '../diagnostics/messages.ts';
import { hash } from '../hash.ts';
import { isSameWork } from '../identifiers.ts';
import type { BibEntry, Diagnostic, Paper, Target } from '../model.ts';
import { collisionKey, compare, fold, type NotePath, slugify, type Url, url } from '../paths.ts';
import { citationKey } from '../people.ts';
import type { Addressed } from './addresses.ts';

type PaperTarget = Extract<Target, { kind: 'paper' }>;

/** A paper with all that is known of it; what a note says of it wins over the bibliography. */
export interface KnownPaper {
  key: string;
  paper: Paper;
  url: Url;
  readBy: { path: NotePath; url: Url }[];
  /** Its place in a bibliography file. */
  entry?: BibEntry;
}

/** The papers of a site: those of the bibliography and those of notes, as one list. */
export class Papers {
  readonly all: KnownPaper[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly #byName = new Map<string, KnownPaper>();
  readonly #byNote = new Map<NotePath, KnownPaper[]>();
  readonly #addresses = new Set<string>();

  /**
   * @param notes in the order in which they count: of two notes on one paper, the first is meant
   * @param entries of the bibliography files, in their order: of two with one key, the first is meant
   */
  constructor(notes: Addressed[], entries: BibEntry[]) {
    for (const entry of entries) {
      const known = this.#byName.get(entry.key.toLowerCase());
      if (known?.entry) {
        const { file, place } = known.entry;
        const at = { file: entry.file, ...entry.place };
        this.diagnostics.push(bibliographyDuplicate(at, entry.key, `${file}:${place.line}`));
      } else this.#add(entry.key, entry.paper, entry);
    }
    // A note about one paper alone is that paper's note; a survey is so only when there is no other.
    const dedicated = notes.filter((n) => n.index.meta.papers.length === 1);
    const surveys = notes.filter((n) => n.index.meta.papers.length > 1);
    for (const { index, url: address } of [...dedicated, ...surveys]) {
      for (const paper of index.meta.papers) {
        const known = this.#find(namesOf(paper)) ?? this.#add(citationKey(paper), paper);
        // A note that goes with the entry is not the one at fault.
        const { entry, readBy } = known;
        const same = entry && isSameWork(entry.paper, paper);
        if (!(same ?? isSameWork(known.paper, paper) ?? true)) {
          const first = same === false ? `${entry!.file}:${entry!.place.line}` : `posts/${readBy[0]!.path}`;
          this.diagnostics.push(paperKey({ file: `posts/${index.path}` }, known.key, first));
        }
        known.paper = { ...placed(known.paper, paper.venue), ...given(paper), key: known.key };
        // An entry of another key may have been called so before; what a note reads is meant rather.
        for (const name of [...namesOf(paper), ...namesOf(known.paper)])
          if (!this.#byName.get(name)?.readBy.length) this.#byName.set(name, known);
        known.readBy.push({ path: index.path, url: address });
        this.#byNote.set(index.path, [...(this.#byNote.get(index.path) ?? []), known]);
      }
    }
    this.#shareNotes();
    this.all.sort((a, b) => compare(a.key, b.key));
  }

  /** Entries of which no note has the key, but one the arXiv id, or the DOI and the title: it is on that paper. */
  #shareNotes(): void {
    for (const known of this.all.filter((k) => k.readBy.length === 0)) {
      const { arxiv, doi, title } = known.paper;
      const preprint = arxiv ? this.get(`arxiv:${arxiv}`) : undefined;
      const printed = doi ? this.get(`doi:${doi}`) : undefined;
      // Chapters are often given the DOI of their book.
      const same = printed && fold(printed.paper.title) === fold(title) ? printed : undefined;
      known.readBy.push(...([preprint, same].find((other) => other?.readBy.length)?.readBy ?? []));
    }
  }

  #add(key: string, paper: Paper, entry?: BibEntry): KnownPaper {
    const known: KnownPaper = {
      key,
      paper: { ...paper, key },
      url: this.#address(key),
      readBy: [],
      ...(entry && { entry }),
    };
    this.all.push(known);
    for (const name of [key.toLowerCase(), ...namesOf(paper)]) this.#name(name, known);
    return known;
  }

  #name(name: string, paper: KnownPaper): void {
    if (!this.#byName.has(name)) this.#byName.set(name, paper);
  }

  #find(names: string[]): KnownPaper | undefined {
    for (const name of names) {
      const known = this.#byName.get(name);
      if (known) return known;
    }
    return undefined;
  }

  /** `/papers/<key>/`; a key that makes the address of another gets a part of its hash. */
  #address(key: string): Url {
    const slug = slugify(key) ?? 'paper';
    const taken = this.#addresses.has(collisionKey(slug)) || slugify(key) === undefined;
    const segment = taken ? `${slug}-${hash(key).slice(0, 6)}` : slug;
    this.#addresses.add(collisionKey(segment));
    return url('papers', segment);
  }

  /** What a citation leads to. */
  find(key: string): PaperTarget | undefined {
    const known = this.#find([normalKey(key)]);
    return known && targetOf(known);
  }

  /** A paper by its key, arXiv id or DOI. */
  get(name: string): KnownPaper | undefined {
    return this.#find([normalKey(name)]);
  }

  /** The papers that a note reads, in the order of its front matter. */
  of(path: NotePath): KnownPaper[] {
    return this.#byNote.get(path) ?? [];
  }

  keys(): string[] {
    return this.all.map((p) => p.key);
  }
}

function targetOf({ key, paper, url: page, readBy }: KnownPaper): PaperTarget {
  const note = readBy[0];
  return { kind: 'paper', key, paper, url: note?.url ?? page, ...(note && { path: note.path }) };
}

/** What a note says of its paper: a field without content says nothing. */
function given(paper: Paper): Partial<Paper> {
  return Object.fromEntries(
    Object.entries(paper).filter(([, v]) => v !== '' && !(Array.isArray(v) && v.length === 0)),
  );
}

/** The paper without what made it a preprint, where a note says that it was published elsewhere since. */
function placed(paper: Paper, venue: string | undefined): Paper {
  if (paper.kind !== 'preprint' || !venue || /^arxiv\b/i.test(venue)) return paper;
  const { kind: _, publisher, ...rest } = paper;
  return { ...rest, ...(publisher && !/^arxiv\b/i.test(publisher) && { publisher }) };
}

/** Everything that a citation may call a paper. */
function namesOf(paper: Paper): string[] {
  const { key, arxiv, doi } = paper;
  return [key, arxiv && `arxiv:${arxiv}`, doi && `doi:${doi}`].flatMap((name) =>
    name ? [normalKey(name)] : [],
  );
}

/** Keys differ in more than case; a version of a preprint is the preprint. */
function normalKey(key: string): string {
  return key.toLowerCase().replace(/^(arxiv:.*?)v\d+$/, '$1');
}
