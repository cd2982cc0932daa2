/** A picture that its author has for light and for dark, in Chromium: it is the one that the page's colours ask for. */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { build } from '../../src/build.ts';
import { serve } from '../../src/serve/preview.ts';
import { folderOf } from '../support/folder.ts';
import { launch } from './chromium.ts';

const dot = (background: string) =>
  sharp({ create: { width: 8, height: 8, channels: 3, background } })
    .png()
    .toBuffer();

test('the picture follows the system, and the switch of the page', async () => {
  const folder = folderOf({
    'posts/a.md':
      '<picture>\n  <source media="(prefers-color-scheme: dark)" srcset="dark.png">\n  <img src="light.png" alt="">\n</picture>\n',
    'posts/dark.png': await dot('#000'),
    'posts/light.png': await dot('#fff'),
  });
  const { out } = await build({ site: folder, base: '/' });
  const server = await serve(out, '/', 0);
  const browser = await launch();
  try {
    const context = await browser.newContext({ colorScheme: 'dark', serviceWorkers: 'block' });
    const page = await context.newPage();
    await page.goto(`${server.url}posts/a/`);
    const shown = () =>
      expect.poll(
        () => page.evaluate(() => document.querySelector<HTMLImageElement>('.prose img')!.currentSrc),
        { timeout: 20_000 },
      );
    await shown().toBe(`${server.url}files/dark.png`);
    // What has colours for the dark stands on no plate.
    expect(await page.evaluate(() => getComputedStyle(document.querySelector('.prose img')!).filter)).toBe(
      'none',
    );
    await page.click('button.theme');
    await shown().toBe(`${server.url}files/light.png`);
    await page.click('button.theme');
    await shown().toBe(`${server.url}files/dark.png`);
    await page.emulateMedia({ colorScheme: 'light' });
    await shown().toBe(`${server.url}files/dark.png`);
    await page.click('button.theme');
    await shown().toBe(`${server.url}files/light.png`);
  } finally {
    await browser.close();
    await server.close();
    rmSync(join(folder, 'dist'), { recursive: true, force: true });
  }
});
