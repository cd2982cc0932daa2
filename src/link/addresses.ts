/** Slugs and addresses of notes; no two pages at one address. */

import type { At } from '../diagnostics/messages/define.ts';
import { slugInvalid, urlDuplicate } from '../diagnostics/messages.ts';
import type { Diagnostic, NoteIndex } from '../model.ts';
import {
  collisionKey,
  compare,
  foldersAround,
  outputPath,
  parseUrl,
  type Slug,
  slugify,
  stem,
  tagUrl,
  type Url,
} from '../paths.ts';

export interface Addressed {
  index: NoteIndex;
  slug: Slug;
  url: Url;
}

/**
 * Gives every note its slug and address.
 *
 * @param notes published notes
 * @param pattern the site's `permalink`, e.g. `/posts/:slug/`
 */
export function addressNotes(
  notes: NoteIndex[],
  pattern: string,
): { notes: Addressed[]; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const out: Addressed[] = [];
  for (const index of notes) {
    const file = `posts/${index.path}`;
    const name = index.meta.slug ?? stem(index.path);
    const slug = slugify(name);
    const nameless = slug && foldersOf(index, pattern).find((folder) => slugify(folder) === undefined);
    const address = slug && nameless === undefined ? addressOf(index, slug, pattern) : undefined;
    if (slug && address) out.push({ index, slug, url: address });
    else if (nameless !== undefined) diagnostics.push(slugInvalid({ file }, 'the folder name', nameless));
    else if (slug && index.meta.type === 'tag')
      diagnostics.push(slugInvalid({ file }, 'the title', index.meta.title));
    else diagnostics.push(slugInvalid({ file }, 'the file name', slug ? index.path : name));
  }
  return { notes: out, diagnostics };
}

/** The folders that a note's address has, as they are called. */
function foldersOf({ path, meta }: NoteIndex, pattern: string): string[] {
  if (meta.type === 'tag' || meta.permalink) return [];
  if (meta.type !== 'page' && !/:path\b/.test(pattern)) return [];
  return foldersAround(path);
}

function addressOf(index: NoteIndex, slug: Slug, pattern: string): Url | undefined {
  const { type, date, categories, permalink } = index.meta;
  // What introduces a tag is a part of the tag's page.
  if (type === 'tag') return tagUrl(index.meta.title);
  if (permalink) return parseUrl(permalink);
  const path = [...foldersOf(index, pattern).map(slugify), slug].join('/');
  // A page stands where its file stands: posts/about.md is /about/.
  if (type === 'page') return parseUrl(`/${path}/`);
  const [year = '', month = '', day = ''] = date?.day.split('-') ?? [];
  const values: Record<string, string> = {
    slug,
    title: slug,
    path,
    category: (categories[0] ?? []).map((c) => slugify(c) ?? '').join('/'),
    year,
    month,
    day,
  };
  const filled = pattern.replace(
    /:(slug|title|path|category|year|month|day)\b/g,
    (_, key: string) => values[key]!,
  );
  // A note without date or category leaves its part of the pattern out.
  return parseUrl(filled.replace(/\/{2,}/g, '/'));
}

/** Collects who wants which address, and reports those that two want. Addresses of one file are one: `/x/` and `/x/index.html`. */
export class AddressBook {
  /** By the file. */
  readonly #owners = new Map<string, { address: Url; owners: string[]; alias?: At }>();

  /**
   * @param owner how messages name it: a file, or `the tag index`
   * @param alias where it stands, if the address is a note's alias, which can be taken away
   */
  claim(address: Url, owner: string, alias?: At): void {
    const key = collisionKey(outputPath(address));
    const entry = this.#owners.get(key) ?? { address, owners: [] };
    entry.owners.push(owner);
    if (alias) entry.alias ??= alias;
    this.#owners.set(key, entry);
  }

  /** @returns the address, of those that are claimed, at which lies what an address leads to */
  find(address: Url): Url | undefined {
    const path = outputPath(address);
    const claimed = this.#owners.get(collisionKey(path))?.address;
    return claimed !== undefined && outputPath(claimed) === path ? claimed : undefined;
  }

  /** Every address that is claimed. */
  *all(): Iterable<Url> {
    for (const { address } of this.#owners.values()) yield address;
  }

  conflicts(): Diagnostic[] {
    const out: Diagnostic[] = [];
    for (const { address, owners, alias } of this.#owners.values()) {
      if (owners.length < 2) continue;
      const sorted = [...owners].sort(compare);
      const file = sorted.find((o) => o.startsWith('posts/'));
      const at = alias ?? (file ? { file, line: 1, column: 1 } : {});
      out.push(urlDuplicate(at, address, sorted, alias !== undefined));
    }
    return out;
  }
}
