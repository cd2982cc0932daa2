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
const WEIGHTS = { cites: 3, links: 2, terms: 2, tags: 2 } as const;
type Kind = keyof typeof WEIGHTS;

/** @param notes any order; the result does not depend on it */
export function relatedNotes(notes: NoteIndex[], targets: Map<NotePath, Target[]>): Map<NotePath, Related[]> {
  const holders = new Map<string, { kind: Kind; name: string; notes: NotePath[] }>();
  const linked = new Set<string>();
  for (const { path, meta, terms } of notes) {
    const features = new Map<string, [Kind, string]>();
    for (const tag of meta.tags) features.set(`tags ${fold(tag)}`, ['tags', tag]);
    for (const term of terms) features.set(`terms ${term}`, ['terms', term]);
    for (const target of targets.get(path)!) {
      if (target.kind === 'paper') features.set(`cites ${target.key}`, ['cites', target.key]);
      else if ('path' in target && target.path !== path)
        features.set(`links ${target.path}`, ['links', target.path]);
      if ('path' in target && target.path) linked.add(`${path}\n${target.path}`);
    }
    for (const [key, [kind, name]] of features) {
      const holder = holders.get(key);
      if (holder) holder.notes.push(path);
      else holders.set(key, { kind, name, notes: [path] });
    }
  }
  const pairs = new Map<NotePath, Map<NotePath, Record<Kind, string[]>>>();
  for (const { kind, name, notes: sharing } of holders.values()) {
    if (sharing.length < 2 || sharing.length > COMMON) continue;
    for (const a of sharing) {
      const mine = pairs.get(a) ?? new Map<NotePath, Record<Kind, string[]>>();
      pairs.set(a, mine);
      for (const b of sharing) {
        if (a === b) continue;
        const shared = mine.get(b) ?? { cites: [], links: [], terms: [], tags: [] };
        shared[kind].push(name);
        mine.set(b, shared);
      }
    }
  }
  const out = new Map<NotePath, Related[]>();
  for (const [path, others] of pairs) {
    const near = [...others]
      .map(([to, shared]) => ({ path: to, shared, score: scoreOf(shared) }))
      // A note that is linked already needs no recommendation.
      .filter((r) => r.score >= LEAST && !linked.has(`${path}\n${r.path}`))
      .sort((a, b) => b.score - a.score || compare(a.path, b.path))
      .slice(0, SHOWN)
      .map(
        ({ path: to, shared }): Related => ({
          path: to,
          cites: shared.cites.length,
          links: shared.links.length,
          tags: shared.tags.sort(compare),
          terms: shared.terms.sort(compare),
        }),
      );
    if (near.length > 0) out.set(path, near);
  }
  return out;
}

/** The fourth of a kind says less than the first. */
function scoreOf(shared: Record<Kind, string[]>): number {
  let score = 0;
  for (const kind of Object.keys(WEIGHTS) as Kind[]) {
    for (let i = 0; i < shared[kind].length; i++) score += WEIGHTS[kind] / (1 + i / 2);
  }
  return score;
}
