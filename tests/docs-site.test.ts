import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { aliases, commands } from '../src/commands/commands.ts';

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

test('every command that the documentation shows exists, with its options', async () => {
  const shown = [...pages.map((p) => `docs/${p}`), 'README.md'].flatMap((file) =>
    [
      ...readFileSync(join(root, file), 'utf8').matchAll(/(?:^|[`\s])(?:npx )?postil ([a-z]+)([^`\n]*)/gm),
    ].map(([, name, rest]) => ({ file, name: name!, rest: rest! })),
  );
  expect(shown.length).toBeGreaterThan(20);
  for (const { file, name, rest } of shown) {
    const load = commands[aliases[name] ?? name];
    // “postil turns …” and the like are sentences, not commands.
    if (!load) {
      expect(name, `${file}: postil ${name}`).toMatch(
        /^(?:is|has|turns|looks|will|of|and|does|itself|whose)$/,
      );
      continue;
    }
    const { command } = await load();
    for (const [flag] of rest.matchAll(/--[a-z-]+/g)) {
      expect(
        [...Object.keys(command.options).map((o) => `--${o}`), '--help'],
        `${file}: postil ${name} ${flag}`,
      ).toContain(flag);
    }
  }
});
