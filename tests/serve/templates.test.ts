/** The site in memory while its templates, and what they import, change; and a build beside it. */

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { build } from '../../src/build.ts';
import { LiveSite } from '../../src/serve/live.ts';
import { folderOf, put } from '../support/folder.ts';

const day = (text: string, before = '') =>
  `${before}export function Day({ date }) {\n  return <time dateTime={date.iso}>${text}</time>;\n}\n`;
const site = (files: Record<string, string>) =>
  folderOf({
    'postil.yml': 'url: https://example.org/\n',
    'posts/a.md': '---\ntitle: A\ndate: 2021-09-07\n---\n\n正文。\n',
    ...files,
  });

async function open(folder: string) {
  const { live } = await LiveSite.open(folder);
  onTestFinished(() => live.close());
  const page = async () => String((await live.shown!.page('posts/a/index.html'))!.contents);
  return { live, page };
}

test('a build and the site in memory compile templates beside each other', async () => {
  const folder = site({});
  const { live, page } = await open(folder);
  for (let i = 0; i < 4; i++) {
    put(folder, 'templates/parts/date.tsx', day(`day ${i}`));
    put(folder, 'templates/style/motion.css', `time { top: ${i}px }\n`);
    const [shown, built] = await Promise.all([live.update(), build({ site: folder })]);
    const errors = [...shown.diagnostics, ...built.diagnostics].filter((d) => d.severity === 'error');
    expect(errors).toEqual([]);
    expect(built.published).toBe(true);
    expect(await page()).toContain(`day ${i}</time>`);
  }
  // Nothing is left of what they were compiled from, or loaded.
  const theme = join(folder, '.postil/theme');
  expect(existsSync(theme) ? readdirSync(theme) : []).toEqual([]);
});

test('what templates import from outside is looked at again, and a fault there is told as mended', async () => {
  const folder = site({ 'shared/word.ts': "export const word = 'first';\n" });
  put(
    folder,
    'templates/parts/date.tsx',
    day('{word}', `import { word } from '${join(folder, 'shared/word.ts')}';\n`),
  );
  const { live, page } = await open(folder);
  expect(await page()).toContain('first</time>');
  expect(await live.update()).toMatchObject({ unchanged: true });
  put(folder, 'shared/word.ts', "export const word = 'second';\n");
  expect(await live.update()).toMatchObject({ unchanged: false, failed: false });
  expect(await page()).toContain('second</time>');
  expect(await live.update()).toMatchObject({ unchanged: true });

  put(folder, 'shared/word.ts', 'export const word = ;\n');
  const broken = await live.update();
  expect(broken).toMatchObject({ failed: true, unchanged: false });
  const told = broken.diagnostics.find((d) => d.severity === 'error');
  expect(told).toMatchObject({ id: 'theme/error', file: 'shared/word.ts', line: 1, column: 21 });
  // Said once; and what was good last is still shown.
  expect(await live.update()).toMatchObject({ failed: true, unchanged: true });
  expect(await page()).toContain('second</time>');
  put(folder, 'shared/word.ts', "export const word = 'third';\n");
  expect(await live.update()).toMatchObject({ failed: false, unchanged: false });
  expect(await page()).toContain('third</time>');
});
