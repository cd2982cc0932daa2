/** Slugs and addresses of notes; no two pages at one address. */

import { slugInvalid, urlDuplicate } from '../diagnostics/messages.ts';
import type { Diagnostic, NoteIndex } from '../model.ts';
import { collisionKey, compare, parseUrl, type Slug, slugify, stem, tagUrl, type Url } from '../paths.ts';

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
    const address =
      slug &&
      (index.meta.permalink && index.meta.type !== 'tag'
        ? parseUrl(index.meta.permalink)
        : addressOf(index, slug, pattern));
    if (slug && address) out.push({ index, slug, url: address });
    else diagnostics.push(slugInvalid({ file }, 'the file name', slug ? index.path : name));
  }
  return { notes: out, diagnostics };
}

function addressOf(index: NoteIndex, slug: Slug, pattern: string): Url | undefined {
  const { type, date, categories } = index.meta;
  // What introduces a tag is a part of the tag's page.
  if (type === 'tag') return tagUrl(index.meta.title);
  const folders = index.path.split('/').slice(0, -1).map(slugify);
  if (folders.some((f) => f === undefined)) return undefined;
  const base = index.path.split('/').at(-1)!.toLowerCase() === 'index.md' ? folders.slice(0, -1) : folders;
  const path = [...base, slug].join('/');
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

/** Collects who wants which address, and reports those that two want. */
export class AddressBook {
  readonly #owners = new Map<string, { address: Url; owners: string[] }>();

  /** @param owner how messages name it: a file, or `the tag index` */
  claim(address: Url, owner: string): void {
    const key = collisionKey(address);
    const entry = this.#owners.get(key);
    if (entry) entry.owners.push(owner);
    else this.#owners.set(key, { address, owners: [owner] });
  }

  has(address: string): boolean {
    return this.#owners.get(collisionKey(address))?.address === address;
  }

  /** Every address that is claimed. */
  *all(): Iterable<Url> {
    for (const { address } of this.#owners.values()) yield address;
  }

  conflicts(): Diagnostic[] {
    const out: Diagnostic[] = [];
    for (const { address, owners } of this.#owners.values()) {
      if (owners.length < 2) continue;
      const sorted = [...owners].sort(compare);
      const file = sorted.find((o) => o.startsWith('posts/'));
      out.push(urlDuplicate(file ? { file, line: 1, column: 1 } : {}, address, sorted));
    }
    return out;
  }
}
