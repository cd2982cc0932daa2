/** What a site is made of, in bytes: for `postil build --report`, after the site is written. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { compare } from '../paths.ts';
import { MANIFEST, readManifest } from '../write/output-folder.ts';

/** In the order in which a path is tried. */
const KINDS: [kind: string, path: RegExp, isText: boolean][] = [
  ['pages of lists', /\.html$/, true],
  ['search index', /(?:^|\/)search\.json$|^search\/[^/]+\.json$|^search\/(?:words|notes)-/, true],
  ['previews of links', /(?:^|\/)preview\.json$/, true],
  ['feeds and site map', /^(?:atom\.xml|feed\.json|sitemap\.xml|robots\.txt)$|(?:^|\/)atom\.xml$/, true],
  ['notes as Markdown', /\.md$|^llms\.txt$/, true],
  ['style', /\.css$/, true],
  ['script', /\.m?js$/, true],
  ['fonts', /\.(?:woff2?|ttf|otf)$/, false],
  ['pictures', /\.(?:png|jpe?g|gif|webp|avif|ico)$/, false],
  ['pictures', /\.svg$/, true],
];
const NOTES = 'pages of notes';
const OTHER = 'other files';

/** All files of one kind. */
export interface Part {
  kind: string;
  files: number;
  bytes: number;
  /** As a host sends them: text compressed, each file by itself; what is compressed already as it is. */
  gzipped: number;
}

export interface Report {
  files: number;
  bytes: number;
  gzipped: number;
  /** The largest first. */
  parts: Part[];
  /** Formulas within the pages of notes, uncompressed. */
  formulas: { count: number; bytes: number };
  /** The largest pages, at most ten, the largest first. */
  largest: { path: string; bytes: number }[];
}

/** Files that are read at once. */
const AT_ONCE = 16;
const compress = promisify(gzip);

/**
 * Reads every file that Postil wrote into a folder.
 *
 * @param out the output folder
 * @returns sizes, in bytes; files that are gone by now are left out
 */
export async function measureSite(out: string): Promise<Report> {
  const paths = [...(readManifest(out)?.keys() ?? []), MANIFEST].sort(compare);
  const parts = new Map<string, Part>();
  const pages: Report['largest'] = [];
  const formulas = { count: 0, bytes: 0 };
  const take = async (path: string) => {
    const contents = await readFile(join(out, path)).catch(() => undefined);
    if (!contents) return;
    const known = KINDS.find(([, pattern]) => pattern.test(path));
    let kind = known?.[0] ?? OTHER;
    const bytes = contents.length;
    if (path.endsWith('.html')) {
      const html = contents.toString();
      if (html.includes('<meta property="og:type" content="article"')) {
        kind = NOTES;
        for (const formula of formulasIn(html)) {
          formulas.count++;
          formulas.bytes += Buffer.byteLength(formula);
        }
      }
      pages.push({ path, bytes });
    }
    const sent = known?.[2] === false ? bytes : Math.min(bytes, (await compress(contents)).length);
    const part = parts.get(kind) ?? { kind, files: 0, bytes: 0, gzipped: 0 };
    parts.set(kind, part);
    part.files++;
    part.bytes += bytes;
    part.gzipped += sent;
  };
  for (let i = 0; i < paths.length; i += AT_ONCE) await Promise.all(paths.slice(i, i + AT_ONCE).map(take));
  const all = [...parts.values()].sort((a, b) => b.bytes - a.bytes || compare(a.kind, b.kind));
  const sum = (of: (part: Part) => number) => all.reduce((total, part) => total + of(part), 0);
  return {
    files: sum((p) => p.files),
    bytes: sum((p) => p.bytes),
    gzipped: sum((p) => p.gzipped),
    parts: all,
    formulas,
    largest: pages.sort((a, b) => b.bytes - a.bytes || compare(a.path, b.path)).slice(0, 10),
  };
}

/** The printed formulas in a page: elements of KaTeX's outermost classes. */
function* formulasIn(html: string): Generator<string> {
  const start = /<span class="katex[ "-]/g;
  for (let found = start.exec(html); found; found = start.exec(html)) {
    let depth = 0;
    const tag = /<(\/?)span\b/g;
    tag.lastIndex = found.index;
    for (let t = tag.exec(html); t; t = tag.exec(html)) {
      depth += t[1] ? -1 : 1;
      if (depth === 0) break;
    }
    const end = tag.lastIndex === 0 ? html.length : tag.lastIndex + 1;
    yield html.slice(found.index, end);
    start.lastIndex = end;
  }
}
