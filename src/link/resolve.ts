/** References → targets. One place decides what a link means, so that no two pages can disagree. */

import type { At } from '../diagnostics/messages/define.ts';
import {
  citationUnknown,
  fileMissing,
  fragmentMissing,
  linkAmbiguous,
  linkMissing,
  mediaFormat,
  outsideSite,
} from '../diagnostics/messages.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { mediaKind } from '../media.ts';
import type { Cover, Diagnostic, NoteIndex, Ref, ShownTitle, Target } from '../model.ts';
import { assetUrl, fold, idFor, type NotePath, resolveFrom, tagUrl, type Url } from '../paths.ts';
import type { AddressBook, Addressed } from './addresses.ts';
import type { Files } from './files.ts';
import type { Names } from './names.ts';
import type { Papers } from './papers.ts';
import type { Results } from './results.ts';

/** Everything that a reference can lead to. */
export interface World {
  notes: Map<NotePath, Addressed>;
  /** By address, old ones included. */
  byUrl: Map<Url, Addressed>;
  names: Names;
  /** Whether a note that is not published is called so. */
  unpublished(name: string, from: NotePath): boolean;
  files: Files;
  /** Files of `public/`, by path. */
  publicFiles: Set<string>;
  addresses: AddressBook;
  papers: Papers;
  results: Results;
  /** Language of notes that say nothing. */
  lang: string;
}

/** Headings that a link names one below the other: there are six sizes. */
const MOST_PARTS = 8;

/** Resolves one reference of a note; what is wrong goes to `diagnostics`. */
export function resolveRef(written: Ref, from: Addressed, world: World, diagnostics: Diagnostic[]): Target {
  const ref = withSlashes(written, from, world);
  const at: At = { file: `posts/${from.index.path}`, ...ref.place };
  const missing = (names: Iterable<string>, message: typeof fileMissing): Target => {
    const suggestions = suggest(ref.target, names);
    diagnostics.push(message(at, written.target, suggestions));
    return { kind: 'missing', suggestions };
  };
  const noNote = (): Target =>
    missing(world.names.spellings(), (place, name, near) =>
      linkMissing(place, name, near, world.unpublished(name, from.index.path)),
    );
  switch (ref.kind) {
    case 'cite': {
      const found = world.papers.find(ref.target);
      if (found) return found;
      return missing(world.papers.keys(), citationUnknown);
    }
    case 'results':
      return world.results.find(ref, at, diagnostics);
    case 'tag': {
      // Pages have no part in tags: there the tag stays text.
      const address = tagUrl(ref.target);
      if (address && world.addresses.find(address)) return { kind: 'page', url: address, fragment: '' };
      return { kind: 'missing', suggestions: [] };
    }
    case 'image': {
      const found = file(ref, from, world);
      if (found?.kind === 'asset' && !mediaKind(found.asset.path))
        diagnostics.push(mediaFormat(at, ref.target));
      return found ?? outside(ref, from, at, diagnostics) ?? missing(world.files.paths(), fileMissing);
    }
    case 'link': {
      if (ref.target === '') return inNote(ref, from, from, world, at, diagnostics);
      const note = ref.target.startsWith('/') ? undefined : noteAt(ref.target, from, world);
      if (note) return inNote(ref, note, from, world, at, diagnostics);
      const page = ref.target.startsWith('/') ? siteAddress(ref.target, world) : undefined;
      const there = page && world.byUrl.get(page);
      if (there) return inNote(ref, there, from, world, at, diagnostics);
      if (page) return { kind: 'page', url: page, fragment: ref.fragment };
      const found = file(ref, from, world);
      if (found) return found;
      if (!/\.[a-z0-9]{1,5}$/i.test(ref.target) || /\.md$/i.test(ref.target)) {
        const named = byName(ref, from, world, at, diagnostics);
        if (named) return named;
        return outside(ref, from, at, diagnostics) ?? noNote();
      }
      return outside(ref, from, at, diagnostics) ?? missing(world.files.paths(), fileMissing);
    }
    default: {
      if (ref.target === '') return inNote(ref, from, from, world, at, diagnostics);
      // Any other path is the end of a note's (Obsidian).
      const note = /^\.\.?\//.test(ref.target) ? noteAt(ref.target, from, world) : undefined;
      if (note) return inNote(ref, note, from, world, at, diagnostics);
      const named = byName(ref, from, world, at, diagnostics);
      if (named) return named;
      const found = file(ref, from, world);
      if (found) return found;
      return /\.(?:(?!md$)[a-z0-9]{2,4}|canvas)$/i.test(ref.target)
        ? missing(world.files.paths(), fileMissing)
        : noNote();
    }
  }
}

/** A relative path with `/` where its author wrote `\`, as Windows does, and nothing has that in its name. */
function withSlashes(ref: Ref, from: Addressed, { names, files }: World): Ref {
  if (!/^[^\\/].*\\/s.test(ref.target) || ref.kind === 'cite' || ref.kind === 'results') return ref;
  if (names.find(ref.target, from.index.path) ?? files.find(ref.target, from.index.path)) return ref;
  // Of `..\..\a.md`, Markdown has made `....\a.md`.
  const steps = ref.target.replace(/^(?:\.\.){2,}(?=\\)/, (dots) => dots.replace(/\.\.(?=\.)/g, '../'));
  return { ...ref, target: steps.replaceAll('\\', '/') };
}

/**
 * The picture of a note, for lists.
 *
 * @returns `undefined` when it has none, or one of another host: pages ask no other host for anything
 */
export function resolveCover(from: Addressed, world: World, diagnostics: Diagnostic[]): Cover | undefined {
  const { cover } = from.index.meta;
  if (!cover || /^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(cover.target)) return undefined;
  const ref: Ref = { ...cover, kind: 'image', fragment: '', label: '', context: -1 };
  const found = resolveRef(ref, from, world, diagnostics);
  return found.kind === 'asset' || found.kind === 'page' ? found : undefined;
}

function byName(
  ref: Ref,
  from: Addressed,
  world: World,
  at: At,
  diagnostics: Diagnostic[],
): Target | undefined {
  const named = world.names.find(ref.target, from.index.path);
  if (!named) return undefined;
  if ('found' in named) return inNote(ref, world.notes.get(named.found)!, from, world, at, diagnostics);
  diagnostics.push(
    linkAmbiguous(
      at,
      ref.target,
      named.ambiguous.map((p) => `posts/${p}`),
    ),
  );
  return { kind: 'ambiguous', candidates: named.ambiguous };
}

/** A note, or a heading, block or label in it. */
function inNote(
  ref: Ref,
  note: Addressed,
  from: Addressed,
  world: World,
  at: At,
  diagnostics: Diagnostic[],
): Target {
  const { index, url } = note;
  const lang = index.meta.lang ?? world.lang;
  const other = lang !== (from.index.meta.lang ?? world.lang) && { lang };
  const target = { kind: 'note' as const, path: index.path, url, fragment: '', title: index.meta.title };
  if (ref.fragment === '') return { ...target, ...other, ...shownOf(index) };
  const parts = partsOf(ref.fragment);
  for (const part of parts) {
    const label = index.labels.find((l) => l.name === part);
    if (label) {
      return { ...target, kind: 'label', fragment: label.id, label: label.kind, number: label.number };
    }
    const fragment = findFragment(index, part);
    if (fragment !== undefined) {
      const named = part !== ref.fragment && { part };
      return { ...target, fragment, ...named, ...other, ...shownOf(index, fragment) };
    }
    // A first `# heading` has become the title, which is no heading of the body.
    if (bare(part) === bare(index.meta.title)) return { ...target, part: '', ...other, ...shownOf(index) };
  }
  const names = [
    ...index.headings.map((h) => h.text),
    ...index.labels.map((l) => l.name),
    ...index.blocks.map((b) => `^${b}`),
  ];
  const name = note === from ? 'this note' : index.meta.title;
  const near = parts.map((part) => suggest(part, names)).find((found) => found.length > 0);
  diagnostics.push(fragmentMissing(at, ref.fragment, name, near ?? []));
  return { ...target, ...shownOf(index) };
}

/**
 * A `#` may stand in a heading (`C#`), or between headings of which the last is meant (Obsidian's `#A#B`).
 *
 * @returns the whole fragment, then what stands behind each `#`, the longest first; at most a few
 */
function partsOf(fragment: string): string[] {
  const parts = [fragment];
  for (
    let at = fragment.indexOf('#');
    at !== -1 && parts.length < MOST_PARTS;
    at = fragment.indexOf('#', at + 1)
  ) {
    const part = fragment.slice(at + 1).trim();
    if (part !== '') parts.push(part);
  }
  return parts;
}

/** What a link to a note reads where that is not plain: the title, and the heading with that id. */
export function shownOf({ titleHtml, headings, math }: NoteIndex, id?: string): { shown?: ShownTitle } {
  const found = headings.find((h) => h.id === id)?.html ?? [];
  // A reference in it has a meaning in its own note alone: then the link reads as its author wrote it.
  const heading = found.every((f) => typeof f === 'string' || 'math' in f) ? found : [];
  const numbers = [...titleHtml, ...heading].flatMap((f) =>
    typeof f === 'object' && 'math' in f ? [f.math] : [],
  );
  if (numbers.length === 0) return {};
  return {
    shown: { title: titleHtml, heading, math: Object.fromEntries(numbers.map((n) => [n, math[n]!])) },
  };
}

/** The id of a heading or block. Obsidian lets marks differ, and leaves those of formatting in what it writes. */
function findFragment(index: NoteIndex, fragment: string): string | undefined {
  const key = fold(fragment);
  if (fragment.startsWith('^')) {
    const block =
      index.blocks.find((b) => b === fragment.slice(1)) ?? index.blocks.find((b) => `^${fold(b)}` === key);
    return block === undefined ? undefined : `^${block}`;
  }
  const heading =
    index.headings.find((h) => h.id === idFor(fragment)) ??
    index.headings.find((h) => fold(h.text) === key) ??
    index.headings.find((h) => bare(h.text) === bare(fragment));
  return heading?.id;
}

/** Letters and digits of a heading, without regard to what stands between them. */
function bare(text: string): string {
  return fold(text.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')) || fold(text);
}

/** The note at a path relative to another. */
function noteAt(target: string, from: Addressed, world: World): Addressed | undefined {
  const bare = resolveFrom(from.index.path, target)?.replace(/\/$/, '');
  if (bare === undefined) return undefined;
  for (const end of ['', '.md', '.MD', '/index.md', '/index.MD']) {
    const note = world.notes.get(`${bare}${end}` as NotePath);
    if (note) return note;
  }
  return undefined;
}

/** An address written from the site's root: a page, or a file of `public/`. */
export function siteAddress(
  target: string,
  world: Pick<World, 'addresses' | 'publicFiles'>,
): Url | undefined {
  const path = target.normalize('NFC');
  const folder = path.endsWith('/') || /\.\w+$/.test(path) ? path : `${path}/`;
  const claimed = world.addresses.find(folder as Url);
  if (claimed) return claimed;
  if (world.publicFiles.has(path.slice(1))) return path as Url;
  return undefined;
}

/** A file beside the notes, by relative path or by its name alone (Obsidian); or one of `public/`. */
function file(ref: Ref, from: Addressed, world: World): Target | undefined {
  const path = resolveFrom(from.index.path, ref.target);
  const there = path === undefined ? undefined : world.files.at(path);
  if (!there && ref.target.startsWith('/') && world.publicFiles.has(ref.target.slice(1))) {
    return { kind: 'page', url: ref.target as Url, fragment: ref.fragment };
  }
  const asset = there ?? world.files.find(ref.target, from.index.path);
  return asset && { kind: 'asset', asset, url: assetUrl(asset.path) };
}

function outside(ref: Ref, from: Addressed, at: At, diagnostics: Diagnostic[]): Target | undefined {
  if (ref.target.startsWith('/') || resolveFrom(from.index.path, ref.target) !== undefined) return undefined;
  diagnostics.push(outsideSite(at, ref.target));
  return { kind: 'missing', suggestions: [] };
}
