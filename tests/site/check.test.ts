/**
 * `postil check --mentions` on a vault with one of each fault: exactly those are printed, with place and suggestion.
 * `UPDATE=1` writes what came out; read the difference before you commit it.
 */

import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { build } from '../../src/build.ts';
import { printDiagnostic } from '../../src/diagnostics/print.ts';

const expected = fileURLToPath(new URL('./check.txt', import.meta.url));
const site = mkdtempSync(join(tmpdir(), 'postil-check-'));
cpSync(fileURLToPath(new URL('./check/', import.meta.url)), site, { recursive: true });
afterAll(() => rmSync(site, { recursive: true, force: true }));

test('what is wrong is said once each, and nothing is written', async () => {
  const { diagnostics, published } = await build({ site, jobs: 1, check: { mentions: true } });
  const text = `${diagnostics.map((d) => printDiagnostic(d, { color: false })).join('\n')}\n`;
  if (process.env.UPDATE) writeFileSync(expected, text);
  expect(text).toBe(readFileSync(expected, 'utf8'));
  expect(published).toBe(false);
  expect(readdirSync(site)).not.toContain('dist');
});

test('mentions are offered only when asked for', async () => {
  const { diagnostics } = await build({ site, jobs: 1, check: { mentions: false } });
  expect(diagnostics.map((d) => d.id)).not.toContain('link/mention');
  expect(diagnostics.map((d) => d.id)).toContain('note/orphan');
});
