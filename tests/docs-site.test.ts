import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const pages = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));

test('Postil builds its own documentation without an error or a warning', () => {
  const out = join(mkdtempSync(join(tmpdir(), 'postil-docs-')), 'out');
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'docs/build.mjs'), out], {
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
  for (const page of pages)
    expect(existsSync(join(out, page.replace(/\.md$/, ''), 'index.html')), page).toBe(true);
});
