/**
 * A site's own `templates/`: which files of Postil's they stand for, and for which version of those.
 *
 * A file of the same name wins. Its first line may say what it replaces:
 *
 *     // postil: replaces note.tsx 1a2b3c4d5e6f
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { themeFile, themeOutdated, themeUnmarked, themeUnused } from '../diagnostics/messages.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { hash } from '../hash.ts';
import { literal } from '../literal.ts';
import type { Diagnostic } from '../model.ts';
import { root } from '../package.ts';
import { placeAt } from '../place.ts';

/** Postil's own templates, as they are packed. */
export const originals = join(root, 'bundle', 'templates');

const MARK = /^(?:\/\/|\/\*) postil: replaces (\S+) ([0-9a-f]{12})(?: \*\/)?(?:\n|$)/;
/** What a style names by a path of the site's or from itself. */
const NAMED = /\burl\(\s*(["']?)((?:\/(?!\/)|\.\.?\/)[^"')\s?#%]+)(?:[?#][^"')\s]*)?\1\s*\)/g;
const CODE = /\.(?:tsx?|css)$/;
/** What can name another file. */
const IMPORTING = /\.(?:[cm]?[jt]sx?|css)$/;
/** An import of whatever a pattern finds. */
const PATTERN = /\bimport(?:\.meta\.glob\b|\(\s*`)/;

/** A file of the site's `templates/`, by its path there. */
export interface OwnFile {
  path: string;
  hash: string;
}

/** Files that a site can replace, sorted. */
export function replaceable(): string[] {
  return (readdirSync(originals, { recursive: true }) as string[])
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => CODE.test(path))
    .sort();
}

/** One of Postil's own files, or nothing when there is none of this name. */
export function original(path: string): string | undefined {
  const file = join(originals, path);
  return CODE.test(path) && !path.split('/').includes('..') && existsSync(file)
    ? readFileSync(file, 'utf8')
    : undefined;
}

/** What stands for a version of a file: few enough digits for a comment, many enough that no two meet. */
export function versionOf(text: string): string {
  return hash(text).slice(0, 12);
}

/** A file's text with a first line that says what it replaces. */
export function marked(path: string, text: string, version: string): string {
  const line = `postil: replaces ${path} ${version}`;
  return `${path.endsWith('.css') ? `/* ${line} */` : `// ${line}`}\n${text.replace(MARK, '')}`;
}

/** The version that a file says it replaces. */
export function markOf(text: string): string | undefined {
  return MARK.exec(text)?.[2];
}

/**
 * What is to be said about the files themselves.
 *
 * @param text of one of them
 * @param publicFiles paths below `public/`
 */
export function inspectFiles(
  files: OwnFile[],
  text: (path: string) => string,
  publicFiles: ReadonlySet<string>,
): Diagnostic[] {
  const diagnostics: Diagnostic[] = [];
  const names = replaceable();
  const texts = new Map(files.filter((f) => IMPORTING.test(f.path)).map((f) => [f.path, text(f.path)]));
  const there = new Set(files.map((f) => f.path));
  for (const [path, own] of texts) {
    if (!CODE.test(path)) continue;
    if (path.endsWith('.css')) diagnostics.push(...missingFiles(path, own, there, publicFiles));
    const file = `templates/${path}`;
    const theirs = original(path);
    if (theirs !== undefined) {
      const mark = markOf(own);
      const at = { file, line: 1, column: 1, length: own.split('\n', 1)[0]!.length || 1 };
      if (mark === undefined) diagnostics.push(themeUnmarked(at, path));
      else if (mark !== versionOf(theirs)) diagnostics.push(themeOutdated(at, path));
    } else if (!/^strings\/[^/]+\.ts$/.test(path)) {
      const name = naming(path);
      const used = [...texts].some(([other, t]) => other !== path && (name.test(t) || PATTERN.test(t)));
      if (!used) diagnostics.push(themeUnused({ file }, path, suggest(path, names)));
    }
  }
  return diagnostics;
}

/** Finds what names a file: in a path from another one also without its ending, with JavaScript's, or as its folder. */
function naming(path: string): RegExp {
  const { base, name, dir } = posix.parse(path);
  const folder = name === 'index' && dir !== '' ? `|${literal(posix.basename(dir))}` : '';
  const from = `\\.\\.?/(?:[^"'\`\\n()]*/)?`;
  const spelt = `["'\`/(]${literal(base)}|${from}(?:${literal(name)}(?:\\.[cm]?jsx?)?${folder})`;
  return new RegExp(`(?:${spelt})(?:[?#][^"'\`\\n)]*)?["'\`)]`);
}

/** Files that a style names and that are not there: Vite leaves them as they are typed, and says nothing. */
function missingFiles(
  path: string,
  css: string,
  there: ReadonlySet<string>,
  publicFiles: ReadonlySet<string>,
): Diagnostic[] {
  const file = `templates/${path}`;
  const bare = css.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, ' '));
  return [...bare.matchAll(NAMED)].flatMap((match) => {
    const target = match[2]!;
    const isPublic = target.startsWith('/');
    const sought = isPublic ? target.slice(1) : posix.join(posix.dirname(path), target);
    const outside = sought.startsWith('..');
    const found = isPublic
      ? publicFiles.has(sought)
      : there.has(sought) || (!outside && existsSync(join(originals, sought)));
    if (found) return [];
    const at = { file, ...placeAt(css, match.index + match[0].indexOf(target)), length: target.length };
    return [themeFile(at, target, outside ? undefined : `${isPublic ? 'public' : 'templates'}/${sought}`)];
  });
}
