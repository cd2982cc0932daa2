/**
 * Notes that are near: by what they cite, the notes they link to, their tags and rare terms. What many notes share
 * tells nothing and is left out above a fixed number, not by a share of the site: so an unrelated note changes nothing.
 */

import type { NoteIndex, Related, Target } from '../model.ts';
import { compare, fold, type NotePath } from '../paths.ts';

/** What more notes than this share is common. */
const COMMON = 40;
const SHOWN = 5;
/** Less than this is chance: one tag in common. */
const LEAST = 3;
const KINDS = ['cites', 'links', 'terms', 'tags'] as const;
const WEIGHTS = [3, 2, 2, 2];

/** Something that notes have in common. */
interface Feature {
  /** Place in `KINDS`. */
  kind: number;
  name: string;
  /** Numbers of the notes that have it. */
  holders: number[];
}

/** @param notes any order; the result does not depend on it */
export function relatedNotes(notes: NoteIndex[], targets: Map<NotePath, Target[]>): Map<NotePath, Related[]> {
  const { features, linked } = featuresOf(notes, targets);
  const out = new Map<NotePath, Related[]>();
  // What is shared is counted first, in tables that serve every note: only the few that are shown get names.
  const counts = KINDS.map(() => new Uint16Array(notes.length));
  const seen = new Uint8Array(notes.length);
  for (const [a, { path }] of notes.entries()) {
    const others: number[] = [];
    for (const { kind, holders } of features[a]!) {
      if (holders.length > COMMON) continue;
      for (const b of holders) {
        if (seen[b] === 0) others.push(b);
        seen[b] = 1;
        counts[kind]![b]!++;
      }
    }
    const near = others
      .map((b) => ({ b, path: notes[b]!.path, score: score(counts, b) }))
      // A note that is linked already needs no recommendation.
      .filter((r) => r.b !== a && r.score >= LEAST && !linked[a]!.has(r.path))
      .sort((x, y) => y.score - x.score || compare(x.path, y.path))
      .slice(0, SHOWN)
      .map(({ b, path: to }): Related => {
        const shared = features[a]!.filter((f) => f.holders.length <= COMMON && f.holders.includes(b));
        const names = (kind: (typeof KINDS)[number]) =>
          shared
            .filter((f) => KINDS[f.kind] === kind)
            .map((f) => f.name)
            .sort(compare);
        return {
          path: to,
          cites: names('cites').length,
          links: names('links').length,
          tags: names('tags'),
          terms: names('terms'),
        };
      });
    if (near.length > 0) out.set(path, near);
    for (const table of [...counts, seen]) for (const b of others) table[b] = 0;
  }
  return out;
}

/** What each note has that others may have too, and the notes that it links to. */
function featuresOf(
  notes: NoteIndex[],
  targets: Map<NotePath, Target[]>,
): { features: Feature[][]; linked: Set<NotePath>[] } {
  const all = new Map<string, Feature>();
  const linked: Set<NotePath>[] = [];
  const features = notes.map(({ path, meta, terms }, number) => {
    const mine = new Map<string, [kind: number, name: string]>();
    const add = (kind: (typeof KINDS)[number], key: string, name = key) =>
      mine.set(`${kind} ${key}`, [KINDS.indexOf(kind), name]);
    const links = new Set<NotePath>();
    for (const tag of meta.tags) add('tags', fold(tag), tag);
    for (const term of terms) add('terms', term);
    for (const target of targets.get(path)!) {
      if (target.kind === 'paper') add('cites', target.key);
      else if ('path' in target && target.path !== path) add('links', target.path);
      if ('path' in target && target.path) links.add(target.path);
    }
    linked.push(links);
    return [...mine].map(([key, [kind, name]]) => {
      const feature = all.get(key) ?? { kind, name, holders: [] };
      all.set(key, feature);
      feature.holders.push(number);
      return feature;
    });
  });
  return { features, linked };
}

/** The fourth of a kind says less than the first. */
function score(counts: Uint16Array[], note: number): number {
  let sum = 0;
  for (const [kind, weight] of WEIGHTS.entries())
    for (let i = 0; i < counts[kind]![note]!; i++) sum += weight / (1 + i / 2);
  return sum;
}
