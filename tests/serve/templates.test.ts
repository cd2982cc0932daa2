/** The site in memory while its templates change, and a build beside it. */

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
