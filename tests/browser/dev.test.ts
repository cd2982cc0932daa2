/** `postil dev` in a browser: what the author sees of a change. */

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DevOptions, type DevServer, startDev } from '../../src/serve/dev.ts';
import { launch } from './chromium.ts';

let browser: Browser;
let site: string;
let options: DevOptions;
let server: DevServer;
let url: string;

/** Style of the site's own, with something to measure. */
const style = (colour: string) => `body { border-top: 1px solid ${colour}; }\n`;

beforeAll(async () => {
  site = mkdtempSync(join(tmpdir(), 'postil-dev-'));
  mkdirSync(join(site, 'posts'));
  mkdirSync(join(site, 'templates/style'), { recursive: true });
  writeFileSync(join(site, 'templates/style/masthead.css'), style('rgb(1, 2, 3)'));
  const long = Array.from({ length: 60 }, (_, i) => `第 ${i} 段。`).join('\n\n');
  writeFileSync(
    join(site, 'posts/a.md'),
    `# A\n\n开头。\n\n<details><summary>更多</summary>里面</details>\n\n${long}\n\n\`\`\`python\nx = 1\n\`\`\`\n`,
  );
  writeFileSync(join(site, 'posts/b.md'), '# B\n\n见 [[a]]。\n');
  writeFileSync(join(site, 'posts/d.md'), '---\ntitle: 草稿一\ndraft: true\n---\n正文\n');
  options = { site, port: 0, host: '127.0.0.1', updated: () => {}, failed: () => {} };
  server = await startDev(options);
  url = server.url;
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(site, { recursive: true, force: true });
});

const edit = (name: string, change: (text: string) => string) => {
  const file = join(site, 'posts', name);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
};

test('a saved note is on the screen, with scroll, open details and window kept', async () => {
  const page = await browser.newPage({ viewport: { width: 800, height: 600 } });
  await page.goto(`${url}posts/a/`);
  await page.evaluate(() => {
    (globalThis as unknown as { mine: number }).mine = 1;
    document.querySelector('details:not(nav *)')!.setAttribute('open', '');
    scrollTo(0, 700);
  });
  const before = await page.evaluate(() => scrollY);
  edit('a.md', (t) => t.replace('第 30 段。', '改过的第 30 段。'));
  await page.waitForFunction(() => document.body.textContent!.includes('改过的第 30 段。'));
  expect(await page.evaluate(() => (globalThis as unknown as { mine: number }).mine)).toBe(1);
  expect(await page.evaluate(() => scrollY)).toBe(before);
  // What the page's script had added is still there, once.
  expect(await page.locator('figure.code button.copy').count()).toBe(1);
  expect(await page.evaluate(() => document.querySelector('.prose details')!.hasAttribute('open'))).toBe(
    true,
  );
  // A first formula brings its style along.
  edit('a.md', (t) => `${t}\n$x_1$\n`);
  await page.waitForFunction(() =>
    getComputedStyle(document.querySelector('.katex') ?? document.body).fontFamily.includes('KaTeX'),
  );
  // Other pages are right at the next visit.
  edit('a.md', (t) => t.replace('# A', '# 新题目'));
  await page.waitForFunction(() => document.querySelector('h1')!.textContent!.includes('新题目'));
  await page.goto(`${url}posts/b/`);
  expect(await page.textContent('.prose')).toContain('新题目');
  await page.close();
});

test('case 39: errors lie over the last good page and go away when mended', async () => {
  const page = await browser.newPage();
  await page.goto(`${url}posts/b/`);
  const good = readFileSync(join(site, 'posts/b.md'), 'utf8');
  writeFileSync(join(site, 'posts/b.md'), '---\ntitle: A: B\n---\n坏了\n');
  const overlay = page.locator('postil-overlay');
  await overlay.waitFor({ state: 'attached' });
  expect(await overlay.evaluate((e) => e.shadowRoot!.textContent)).toContain('front-matter/yaml');
  expect(await page.textContent('h1')).toBe('B');
  writeFileSync(join(site, 'posts/b.md'), good);
  await overlay.waitFor({ state: 'detached' });
  await page.close();
});

test('a page shows what is, also when the server was away meanwhile', async () => {
  const page = await browser.newPage();
  await page.goto(`${url}posts/b/`);
  const good = readFileSync(join(site, 'posts/b.md'), 'utf8');
  const away = async (change: () => void) => {
    const { port } = new URL(url);
    await server.close();
    change();
    server = await startDev({ ...options, port: Number(port) });
  };
  // What was saved before it went away is undone meanwhile.
  edit('b.md', (t) => t.replace('# B', '# B 二'));
  await page.waitForFunction(() => document.querySelector('h1')!.textContent === 'B 二');
  await away(() => writeFileSync(join(site, 'posts/b.md'), good));
  await page.waitForFunction(() => document.querySelector('h1')!.textContent === 'B');
  // A mistake is mended meanwhile.
  writeFileSync(join(site, 'posts/b.md'), '---\ntitle: A: B\n---\n坏了\n');
  const overlay = page.locator('postil-overlay');
  await overlay.waitFor({ state: 'attached' });
  await away(() => writeFileSync(join(site, 'posts/b.md'), good));
  await overlay.waitFor({ state: 'detached' });
  await page.close();
});

test('pictures saved under the same name are drawn anew, without a reload', async () => {
  const page = await browser.newPage();
  const picture = (width: number) =>
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" viewBox="0 0 ${width} 20"><rect width="9" height="9"/></svg>`;
  mkdirSync(join(site, 'public'), { recursive: true });
  const draw = (width: number) => {
    writeFileSync(join(site, 'posts/p.svg'), picture(width));
    writeFileSync(join(site, 'public/pub.svg'), picture(width));
  };
  draw(20);
  writeFileSync(join(site, 'posts/e.md'), '# E\n\n![图](p.svg "说明")\n\n![公](/pub.svg)\n');
  await expect.poll(async () => (await fetch(`${url}posts/e/`)).status, { timeout: 20_000 }).toBe(200);
  await page.goto(`${url}posts/e/`);
  await page.evaluate(() => {
    (globalThis as unknown as { mine: number }).mine = 1;
  });
  const widths = () =>
    page.evaluate(() =>
      [...document.querySelectorAll<HTMLImageElement>('.prose img')].map((i) => i.naturalWidth),
    );
  await page.evaluate(() => scrollTo(0, 9999));
  await expect.poll(widths, { timeout: 20_000 }).toEqual([20, 20]);
  draw(60);
  await expect.poll(widths, { timeout: 20_000 }).toEqual([60, 60]);
  draw(20);
  await expect.poll(widths, { timeout: 20_000 }).toEqual([20, 20]);
  expect(await page.evaluate(() => (globalThis as unknown as { mine: number }).mine)).toBe(1);
  await page.close();
});

test('what postil.yml says is on the whole of an open page', async () => {
  const page = await browser.newPage();
  await page.goto(`${url}posts/b/`);
  writeFileSync(join(site, 'postil.yml'), 'title: 新站名\nlang: en\nnav:\n  - 关于: /posts/b/\n');
  await page.waitForFunction(
    () =>
      document.documentElement.lang === 'en' &&
      /新站名.*关于/s.test(document.querySelector('main')!.previousElementSibling!.textContent!),
  );
  rmSync(join(site, 'postil.yml'));
  await page.waitForFunction(() => document.documentElement.lang !== 'en');
  await page.close();
});

test('drafts are shown and marked', async () => {
  const page = await browser.newPage();
  await page.goto(`${url}posts/d/`);
  expect(await page.textContent('h1')).toContain('草稿一');
  expect(await page.locator('.masthead .draft').count()).toBe(1);
  await page.close();
});

test('a change of style is on the screen without a reload', async () => {
  const page = await browser.newPage();
  await page.goto(`${url}posts/b/`);
  await page.evaluate(() => {
    (globalThis as unknown as { mine: number }).mine = 1;
  });
  const colour = () => page.evaluate(() => getComputedStyle(document.body).borderTopColor);
  expect(await colour()).toBe('rgb(1, 2, 3)');
  writeFileSync(join(site, 'templates/style/masthead.css'), style('rgb(4, 5, 6)'));
  await expect.poll(colour, { timeout: 30_000 }).toBe('rgb(4, 5, 6)');
  expect(await page.evaluate(() => (globalThis as unknown as { mine: number }).mine)).toBe(1);
  await page.close();
});
