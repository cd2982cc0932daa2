/**
 * A whole vault in, its pages and messages out. `tests/site/vault/` is the vault, `tests/site/vault.expected/` holds the
 * main part of its pages. `UPDATE=1` writes what came out; read the difference before you commit it.
 */

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
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuildResult, build } from '../../src/build.ts';
import { printDiagnostic } from '../../src/diagnostics/print.ts';
import { readablePage } from '../support/page.ts';

const folder = fileURLToPath(new URL('./vault/', import.meta.url));
const expected = fileURLToPath(new URL('./vault.expected/', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'postil-vault-'));
let result: BuildResult;

beforeAll(async () => {
  cpSync(folder, join(work, 'site'), { recursive: true });
  result = await build({ site: join(work, 'site'), out: join(work, 'dist'), jobs: 1 });
});
afterAll(() => rmSync(work, { recursive: true, force: true }));

function pages(): string[] {
  return readdirSync(join(work, 'dist'), { recursive: true, encoding: 'utf8' })
    .filter((p) => /^(?:posts|papers|old|2021)\b.*\.html$/.test(p))
    .sort();
}

function compare(name: string, actual: string): void {
  const file = join(expected, name);
  if (process.env.UPDATE) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, actual);
  } else expect(actual).toBe(existsSync(file) ? readFileSync(file, 'utf8') : '');
}

describe('a vault with every kind of link', () => {
  test('what is said', () => {
    compare(
      'diagnostics.txt',
      `${result.diagnostics.map((d) => printDiagnostic(d, { color: false })).join('\n')}\n`,
    );
  });
  test('the pages', () => {
    for (const page of pages()) {
      compare(
        page.replace(/(?:\/index)?\.html$/, '.html'),
        readablePage(readFileSync(join(work, 'dist', page), 'utf8')),
      );
    }
  });
  test('every expected page is there', () => {
    const made = pages().map((p) => p.replace(/(?:\/index)?\.html$/, '.html'));
    const wanted = readdirSync(expected, { recursive: true, encoding: 'utf8' }).filter((p) =>
      p.endsWith('.html'),
    );
    expect(wanted.sort()).toEqual(made.sort());
  });
});
