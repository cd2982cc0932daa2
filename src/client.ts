/** The browser's part of a theme: what Vite made of `templates/style` and `templates/client`. */

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { hash } from './hash.ts';
import type { MathOutput } from './model.ts';

/** Addresses are below the site's root: `assets/site-1a2b.css`. */
export interface ClientFiles {
  styles: string[];
  scripts: string[];
  /** The script that stands in each page's head and sets the theme before the first paint. */
  theme: string;
  /** Its hash, for the page's policy: `sha256-…`. */
  themeHash: string;
  /** KaTeX's style sheet. */
  math: string;
  /** The style sheet of formulas that are MathML alone. */
  mathml: string;
  /** Fonts to fetch at once: of pages with Latin titles, and of pages with formulas. */
  titleFont: string[];
  mathFonts: string[];
  /** The service worker, and the one that takes it away: what `sw.js` at the site's root may be. */
  worker: Record<'on' | 'off', { path: string; hash: string }>;
  /** What other sites show beside a link, where the site has no picture of its own. */
  picture: string;
  files: { path: string; hash: string }[];
}

/** Styles and fonts of formulas, and the picture: never replaced. */
const KEPT = /^assets\/(?:math(?:ml)?-|KaTeX_|og-)/;

/**
 * @param folder what `vite build -c vite.client.config.ts` wrote, with its manifest
 * @param rest the browser's part of which this one replaces some: what it lacks is taken from there
 * @returns what a page needs to know of it
 */
export function describeClient(folder: string, rest?: ClientFiles): ClientFiles {
  const manifest = JSON.parse(readFileSync(`${folder}/manifest.json`, 'utf8')) as Record<
    string,
    { file: string; name?: string }
  >;
  const entry = (name: string, instead?: string) => {
    const made = Object.entries(manifest).find(([path]) => path.endsWith(`templates/${name}`))?.[1].file;
    const found = made ?? instead;
    if (found === undefined) throw new Error(`${folder} has no ${name}`);
    return found;
  };
  const names = readdirSync(`${folder}/assets`).sort();
  const paths = names.map((name) => `assets/${name}`);
  const named = (pattern: RegExp) => paths.filter((path) => pattern.test(path));
  const file = (path: string) => ({ path, hash: hash(readFileSync(`${folder}/${path}`)) });
  const theme = readFileSync(`${folder}/${entry('client/theme.ts')}`, 'utf8').trim();
  return {
    styles: [entry('style/site.css')],
    scripts: [entry('client/main.ts')],
    theme,
    themeHash: `sha256-${createHash('sha256').update(theme).digest('base64')}`,
    math: entry('style/math.css', rest?.math),
    mathml: entry('style/mathml.css', rest?.mathml),
    titleFont: named(/source-serif-4-latin-600/),
    mathFonts: rest?.mathFonts ?? named(/KaTeX_(?:Main-Regular|Math-Italic)-core/),
    worker: rest?.worker ?? { on: file(entry('client/sw.ts')), off: file(entry('client/sw-off.ts')) },
    picture: rest?.picture ?? named(/^assets\/og-/)[0]!,
    files: [...paths.map(file), ...(rest?.files ?? []).filter(({ path }) => KEPT.test(path))],
  };
}

/**
 * @param output what a site's formulas are printed as
 * @returns the client with what such formulas need: KaTeX's style sheet and fonts, or the one for MathML and no fonts
 */
export function withFormulas(client: ClientFiles, output: MathOutput): ClientFiles {
  const { math, mathml, mathFonts, files } = client;
  const only = output === 'mathml';
  const isUnused = (path: string) =>
    only ? path === math || path.startsWith('assets/KaTeX_') : path === mathml;
  return {
    ...client,
    math: only ? mathml : math,
    mathFonts: only ? [] : mathFonts,
    files: files.filter(({ path }) => !isUnused(path)),
  };
}
