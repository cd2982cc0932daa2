/** A whole site in, its pages and messages out, compared with what a person read. */

import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuildResult, build } from '../../src/build.ts';
import { printDiagnostic } from '../../src/diagnostics/print.ts';

/**
 * Makes the tests of one vault: `tests/site/<name>/` is the site, `tests/site/<name>.expected/` holds its pages and
 * what is said. `UPDATE=1` writes what came out; read the difference before you commit it.
 *
 * @param wanted which pages, by their paths in the output
 * @param readable what of a page's HTML is compared
 * @returns the copy of the site and its output, for tests that go on with them
 */
export function testVault(
  name: string,
  wanted: RegExp,
  readable: (html: string) => string,
): { site: string; out: string } {
  const folder = fileURLToPath(new URL(`../site/${name}/`, import.meta.url));
  const expected = fileURLToPath(new URL(`../site/${name}.expected/`, import.meta.url));
  const work = mkdtempSync(join(tmpdir(), 'postil-vault-'));
  let result: BuildResult;

  beforeAll(async () => {
    cpSync(folder, join(work, 'site'), { recursive: true });
    result = await build({ site: join(work, 'site'), out: join(work, 'dist'), jobs: 1 });
  });
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  const pages = () =>
    readdirSync(join(work, 'dist'), { recursive: true, encoding: 'utf8' })
      .filter((p) => p.endsWith('.html') && wanted.test(p))
      .sort();
  const short = (page: string) => page.replace(/(?:\/index)?\.html$/, '.html');
  const compare = (file: string, actual: string) => {
    const path = join(expected, file);
    if (process.env.UPDATE) {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, actual);
    } else expect(actual).toBe(existsSync(path) ? readFileSync(path, 'utf8') : '');
  };

  test('what is said', () => {
    compare(
      'diagnostics.txt',
      `${result.diagnostics.map((d) => printDiagnostic(d, { color: false })).join('\n')}\n`,
    );
  });
  test('the pages', () => {
    for (const page of pages())
      compare(short(page), readable(readFileSync(join(work, 'dist', page), 'utf8')));
  });
  test('every expected page is there', () => {
    const known = readdirSync(expected, { recursive: true, encoding: 'utf8' }).filter((p) =>
      p.endsWith('.html'),
    );
    expect(known.sort()).toEqual(pages().map(short).sort());
  });
  return { site: join(work, 'site'), out: join(work, 'dist') };
}
