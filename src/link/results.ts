/** The numbers that notes report, gathered by data set and metric. */

import type { At } from '../diagnostics/messages/define.ts';
import { resultsNone } from '../diagnostics/messages.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { Diagnostic, Ref, Target } from '../model.ts';
import { compare, fold } from '../paths.ts';
import type { Addressed } from './addresses.ts';
import { shownOf } from './resolve.ts';

type Rows = Extract<Target, { kind: 'results' }>['rows'];

/** Tables are found by data set and metric, however these are spelt (`fold`). */
export class Results {
  readonly #rows = new Map<string, Rows>();
  readonly #names = new Map<string, string>();

  constructor(notes: Addressed[]) {
    for (const { index, url } of notes) {
      for (const result of index.meta.results) {
        const name = `${result.dataset} · ${result.metric}`;
        const key = fold(name);
        this.#names.set(key, this.#names.get(key) ?? name);
        const row = { path: index.path, url, title: index.meta.title, ...shownOf(index), result };
        const rows = this.#rows.get(key);
        if (rows) rows.push(row);
        else this.#rows.set(key, [row]);
      }
    }
  }

  /** The rows for a block, the best first: the highest, unless it asks for ascending order. */
  find(ref: Ref, at: At, diagnostics: Diagnostic[]): Target {
    const name = `${ref.target} · ${ref.fragment}`;
    const rows = this.#rows.get(fold(name));
    if (!rows) {
      const suggestions = suggest(name, this.#names.values());
      diagnostics.push(resultsNone(at, ref.target, ref.fragment, suggestions));
      return { kind: 'missing', suggestions };
    }
    const sign = ref.label === 'ascending' ? 1 : -1;
    const sorted = [...rows].sort((a, b) => {
      const [x, y] = [numberOf(a.result.value), numberOf(b.result.value)];
      if (Number.isNaN(x) || Number.isNaN(y)) return Number(Number.isNaN(x)) - Number(Number.isNaN(y));
      return sign * (x - y) || compare(a.title, b.title);
    });
    return { kind: 'results', rows: sorted };
  }
}

/** `42.0`, `≈ 42`, `42.0 ± 0.3`, `1,024`, `−.5`, `1.2e-3`: the first number. */
function numberOf(value: string): number {
  const written = /[-−]?(?:\d[\d,]*(?:\.\d+)?|\.\d+)(?:e[-−+]?\d+)?/i.exec(value)?.[0];
  return Number.parseFloat(written?.replace(/−/g, '-').replace(/,/g, '') ?? '');
}
