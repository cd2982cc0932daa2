/** Papers by citation key, arXiv id or DOI: a paper that has a note here leads to the note. */

import type { Paper, Target } from '../model.ts';
import { compare } from '../paths.ts';
import type { Addressed } from './addresses.ts';

type PaperTarget = Extract<Target, { kind: 'paper' }>;

export class Papers {
  readonly #byKey = new Map<string, PaperTarget>();
  readonly #keys: string[] = [];

  /** @param notes in the order in which they count: of two notes on one paper, the first is meant */
  constructor(notes: Addressed[]) {
    for (const { index, url } of notes) {
      for (const paper of index.meta.papers)
        this.#add(paper, { kind: 'paper', paper, url, path: index.path });
    }
    this.#keys.sort(compare);
  }

  #add(paper: Paper, target: PaperTarget): void {
    const names = [
      paper.key,
      paper.arxiv && `arxiv:${bareArxiv(paper.arxiv)}`,
      paper.doi && `doi:${paper.doi}`,
    ];
    if (paper.key) this.#keys.push(paper.key);
    for (const name of names)
      if (name && !this.#byKey.has(name.toLowerCase())) this.#byKey.set(name.toLowerCase(), target);
  }

  find(key: string): PaperTarget | undefined {
    return this.#byKey.get(key.toLowerCase().replace(/^(arxiv:.*?)v\d+$/, '$1'));
  }

  keys(): string[] {
    return this.#keys;
  }
}

/** `arXiv:2005.12872v3` is `2005.12872`. */
function bareArxiv(id: string): string {
  return id.replace(/^arxiv:/i, '').replace(/v\d+$/, '');
}
