/** What is not wrong, but what an author wants to know now and then: `postil check`. */

import type { At } from '../diagnostics/define.ts';
import {
  bibliographyUnused,
  fileUnused,
  labelUnused,
  mentionUnlinked,
  noteOrphan,
  tagSpelling,
} from '../diagnostics/messages.ts';
import type { Asset, BibEntry, Diagnostic, LinkedNote, Site } from '../model.ts';
import { collisionKey, compare, fold, type NotePath, slugify, stem } from '../paths.ts';

/** Where a text stands in a file: on the first line from `line` on that holds it; only the file when none does. */
export type Locate = (file: string, text: string, line?: number) => At;

export interface InspectOptions {
  /** Offer links for unlinked mentions, too. */
  mentions: boolean;
}

/**
 * @param site the linked site
 * @param bibliography entries of the bibliography files
 * @param assets every file beside the notes
 * @param locate finds what link knows no place of
 */
export function inspect(
  site: Site,
  bibliography: BibEntry[],
  assets: Asset[],
  locate: Locate,
  options: InspectOptions,
): Diagnostic[] {
  return [
    ...orphans(site),
    ...unusedLabels(site),
    ...unusedEntries(site, bibliography),
    ...mixedTags(site, locate),
    ...unusedFiles(site, assets),
    ...(options.mentions ? mentions(site, locate) : []),
  ];
}

function orphans(site: Site): Diagnostic[] {
  return [...site.notes.values()]
    .filter(({ index, backlinks }) => index.meta.type === 'note' && backlinks.length === 0)
    .map(({ index }) => noteOrphan({ file: `posts/${index.path}` }));
}

function unusedLabels(site: Site): Diagnostic[] {
  const used = new Set<string>();
  for (const { targets } of site.notes.values()) {
    for (const t of targets) {
      if (t.kind === 'label' || t.kind === 'note') used.add(`${t.path}\n${t.fragment}`);
    }
  }
  return [...site.notes.values()].flatMap(({ index }) =>
    index.labels
      .filter((l) => !l.used && !used.has(`${index.path}\n${l.id}`))
      .map((l) => labelUnused({ file: `posts/${index.path}`, ...l.place }, l.name)),
  );
}

function unusedFiles(site: Site, assets: Asset[]): Diagnostic[] {
  const used = new Set(site.assets.map(({ asset }) => asset.path));
  return assets
    .filter((a) => !used.has(a.path) && !a.path.endsWith('.bib'))
    .map((a) => fileUnused({ file: `posts/${a.path}` }));
}

function unusedEntries(site: Site, bibliography: BibEntry[]): Diagnostic[] {
  const onMap = new Set(site.graph.nodes.map((n) => n.url));
  const used = new Set(
    site.papers
      .filter((p) => p.readBy.length > 0 || p.citedBy.length > 0 || onMap.has(p.url))
      .map((p) => p.key.toLowerCase()),
  );
  return bibliography
    .filter((e) => !used.has(e.key.toLowerCase()))
    .map((e) => bibliographyUnused({ file: e.file, ...e.place }, e.key));
}

/** Tags that only case, width, hyphens or blanks tell apart; the spelling of most notes is the usual one. */
function mixedTags(site: Site, locate: Locate): Diagnostic[] {
  const spellings = new Map<string, Map<string, NotePath[]>>();
  for (const { index } of site.notes.values()) {
    for (const tag of new Set(index.meta.tags)) {
      const key = fold(tag).replace(/[\s\-_]+/g, '');
      const group = spellings.get(key) ?? new Map<string, NotePath[]>();
      spellings.set(key, group);
      const notes = group.get(tag);
      if (notes) notes.push(index.path);
      else group.set(tag, [index.path]);
    }
  }
  const out: Diagnostic[] = [];
  for (const group of spellings.values()) {
    const [usual, ...others] = [...group].sort(([a, x], [b, y]) => y.length - x.length || compare(a, b));
    for (const [tag, notes] of others) {
      // One address for both is an error, and reported as such.
      if (collisionKey(slugify(tag) ?? tag) === collisionKey(slugify(usual![0]) ?? '')) continue;
      for (const path of notes) out.push(tagSpelling(locate(`posts/${path}`, tag), tag, usual![0]));
    }
  }
  return out;
}

function mentions(site: Site, locate: Locate): Diagnostic[] {
  const out: Diagnostic[] = [];
  for (const note of site.notes.values()) {
    for (const { from, line, sentences } of note.mentions) {
      const name = sentences[0]![1];
      const at = locate(`posts/${from}`, name, line);
      out.push(mentionUnlinked(at, name, note.index.meta.title, linkTo(note, name)));
    }
  }
  return out;
}

/** A wikilink that reads as the text does. */
function linkTo({ index }: LinkedNote, name: string): string {
  const target = stem(index.path);
  return fold(target) === fold(name) && target === name ? `[[${name}]]` : `[[${target}|${name}]]`;
}
