/** What is not wrong, but what an author wants to know now and then: `postil check`. */

import type { At } from '../diagnostics/messages/define.ts';
import {
  bibliographyUnused,
  fileUnused,
  labelUnused,
  mentionUnlinked,
  noteOrphan,
  tagSpelling,
} from '../diagnostics/messages.ts';
import type { Asset, BibEntry, Diagnostic, LinkedNote, Place, Site } from '../model.ts';
import { compare, fold, type NotePath, noteName, spellingKey, tagPath } from '../paths.ts';

/** Where a text stands in a file: on the first line from `line` on that holds it; only the file when none does. */
export type Locate = (file: string, text: string, line?: number) => At;

/** Where a note names a tag: in its front matter, or in running text at `place`; only the file when it does not. */
export type LocateTag = (file: string, tag: string, place?: Pick<Place, 'line' | 'column'>) => At;

/** What `#tag` in running text can hold. */
const INLINE = /^[\p{L}\p{M}\p{N}_\-/]+$/u;

export interface InspectOptions {
  /** Offer links for unlinked mentions, too. */
  mentions: boolean;
}

/**
 * @param site the linked site
 * @param bibliography entries of the bibliography files
 * @param assets every file beside the notes
 * @param locate finds what link knows no place of
 * @param locateTag the same for tags
 */
export function inspect(
  site: Site,
  bibliography: BibEntry[],
  assets: Asset[],
  locate: Locate,
  locateTag: LocateTag,
  options: InspectOptions,
): Diagnostic[] {
  return [
    ...orphans(site),
    ...unusedLabels(site),
    ...unusedEntries(site, bibliography),
    ...mixedTags(site, locateTag),
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

/** Tags that only case, width, hyphens or blanks tell apart; the spelling of most notes is the usual one, for each name of a nested tag. */
function mixedTags(site: Site, locateTag: LocateTag): Diagnostic[] {
  const spellings = new Map<string, Map<string, Set<NotePath>>>();
  const namesOf = (tag: string) => {
    const names = tagPath(tag);
    const keys = names.map((name) => spellingKey(name));
    return names.map((name, i) => ({ name, key: keys.slice(0, i + 1).join('/') }));
  };
  for (const { index } of site.notes.values()) {
    for (const { name, key } of index.meta.tags.flatMap(namesOf)) {
      const group = spellings.get(key) ?? new Map<string, Set<NotePath>>();
      spellings.set(key, group.set(name, (group.get(name) ?? new Set()).add(index.path)));
    }
  }
  const usualNames = new Map(
    [...spellings].map(([key, group]) => {
      const [usual] = [...group].sort(([a, x], [b, y]) => y.size - x.size || compare(a, b));
      return [key, usual![0]];
    }),
  );
  const out: Diagnostic[] = [];
  for (const { index } of site.notes.values()) {
    const file = `posts/${index.path}`;
    for (const tag of index.meta.tags) {
      const names = namesOf(tag);
      const usual = names.map(({ key }) => usualNames.get(key)!).join('/');
      if (usual === names.map(({ name }) => name).join('/')) continue;
      const inFront = locateTag(file, tag);
      if (inFront.line !== undefined) out.push(tagSpelling(inFront, tag, usual));
      for (const { kind, target, label, place } of index.refs) {
        const typed = label.slice(1);
        if (kind !== 'tag' || target !== tag || typed === usual) continue;
        const at = locateTag(file, typed, { line: place.line, column: place.column + 1 });
        const { fix, ...found } = tagSpelling(at, typed, usual);
        out.push(INLINE.test(usual) && fix !== undefined ? { ...found, fix } : found);
      }
    }
  }
  return out;
}

function mentions(site: Site, locate: Locate): Diagnostic[] {
  const out: Diagnostic[] = [];
  for (const note of site.notes.values()) {
    for (const { from, line, sentences } of note.mentions) {
      const name = sentences[0]![1];
      const file = `posts/${from}`;
      const at = locate(file, name, line);
      // In a row of a table, a bar of its own would end the cell.
      const inRow = at.line !== undefined && locate(file, '|', at.line).line === at.line;
      out.push(mentionUnlinked(at, name, note.index.meta.title, linkTo(note, name, inRow ? '\\|' : '|')));
    }
  }
  return out;
}

/** A wikilink that reads as the text does. */
function linkTo({ index }: LinkedNote, name: string, bar: string): string {
  const target = noteName(index.path);
  return fold(target) === fold(name) && target === name ? `[[${name}]]` : `[[${target}${bar}${name}]]`;
}
