/**
 * The policy that each page carries, with every feature on, in Chromium: search, theme, video, comments and counting
 * work under it, and what a page did not ask for does not. The other hosts are answered here; nothing leaves the machine.
 */

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { build } from '../../src/build.ts';
import { serve } from '../../src/serve/preview.ts';
import { folderOf } from '../support/folder.ts';
import { launch } from './chromium.ts';

const GISCUS = 'http://127.0.0.1:9';
const STATS = 'http://localhost:9';
/** A busy machine starts pages slowly. */
const PATIENCE = { timeout: 20_000 };
let browser: Browser;
let server: Awaited<ReturnType<typeof serve>>;
let folder: string;

beforeAll(async () => {
  folder = folderOf({
    'postil.yml': `title: T
url: https://example.org/
comments: { repo: o/n, repoId: R_1, category: General, categoryId: DIC_2, host: "${GISCUS}" }
analytics: { plausible: example.org, host: "${STATS}" }
`,
    'posts/a.md':
      '# 一篇\n\n正文的语义分割，公式 $x$。\n\n<video src="https://media.example/a.mp4" controls></video>\n\n## 甲\n\n## 乙\n',
    'posts/b.md': `# 二

![](https://excerpt.example/x.png)

<!-- more -->

文[^1]。<img alt="a > b" src="https://greater.example/x.png">

<video src="https://film.example/x.mp4" poster="https://poster.example/x.png"></video>

![](//scheme.example/x.png)

[^1]: 甲

    ![](https://end.example/x.png)
`,
  });
  const { out, published } = await build({ site: folder, base: '/' });
  expect(published).toBe(true);
  server = await serve(out, '/', 0);
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  await server?.close();
  rmSync(join(folder, 'dist'), { recursive: true, force: true });
});

/** A page of the site, what it asked other hosts, and what its policy stopped. */
async function open(path: string, javaScriptEnabled = true) {
  const context = await browser.newContext({ serviceWorkers: 'block', javaScriptEnabled });
  const page = await context.newPage();
  const asked: { method: string; url: string; body: string | null }[] = [];
  await context.route(
    (url) => url.origin !== new URL(server.url).origin,
    (route) => {
      const request = route.request();
      asked.push({ method: request.method(), url: request.url(), body: request.postData() });
      const html = '<!doctype html><title>giscus</title><p>a discussion</p>';
      void route.fulfill({
        status: 200,
        contentType: request.url().includes('/widget') ? 'text/html' : 'text/plain',
        headers: { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' },
        body: request.url().includes('/widget') ? html : 'ok',
      });
    },
  );
  await page.addInitScript(() => {
    const seen: string[] = [];
    (globalThis as unknown as { stopped: string[] }).stopped = seen;
    document.addEventListener('securitypolicyviolation', (e) =>
      seen.push(`${e.effectiveDirective} ${e.blockedURI}`),
    );
  });
  await page.goto(new URL(path, server.url).href, { waitUntil: 'load' });
  return { page, asked, close: () => context.close() };
}
const stopped = (page: Page) => page.evaluate(() => (globalThis as unknown as { stopped: string[] }).stopped);

test('a view is reported once, without anything kept; a discussion is loaded when the reader asks', async () => {
  const { page, asked, close } = await open('posts/a/');
  await expect
    .poll(() => asked.filter((a) => a.url.startsWith(STATS) && a.method === 'POST').length, PATIENCE)
    .toBe(1);
  const { url, body } = asked.find((a) => a.method === 'POST')!;
  expect(url).toBe(`${STATS}/api/event`);
  expect(JSON.parse(body!)).toMatchObject({ name: 'pageview', domain: 'example.org', url: page.url() });
  expect(await page.context().cookies()).toEqual([]);
  expect(asked.filter((a) => a.url.startsWith(GISCUS))).toEqual([]);

  await page.click('section.comments button');
  const frame = page.frameLocator('giscus-widget iframe');
  await frame.getByText('a discussion').waitFor();
  const widget = new URL(asked.find((a) => a.url.startsWith(GISCUS))!.url);
  expect(widget.pathname).toBe('/zh-CN/widget');
  expect(Object.fromEntries(widget.searchParams)).toMatchObject({
    repo: 'o/n',
    repoId: 'R_1',
    category: 'General',
    categoryId: 'DIC_2',
    term: 'posts/a/',
  });
  expect(await stopped(page)).toEqual([]);
  await close();
});

test('search and theme work, a film may be fetched, and nothing else may', async () => {
  const { page, asked, close } = await open('posts/a/');
  await page.click('button.theme');
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('light');
  await page.evaluate(() => document.querySelector('video')!.load());
  await expect.poll(() => asked.some((a) => a.url === 'https://media.example/a.mp4'), PATIENCE).toBe(true);
  await page.keyboard.press('/');
  await page.waitForSelector('dialog[open] input');
  await page.fill('dialog input', '语义');
  await page.locator('dialog mark').first().waitFor();
  expect(await stopped(page)).toEqual([]);

  const before = asked.length;
  await page.evaluate(async () => {
    const add = (name: string, attributes: Record<string, string>) =>
      document.body.append(Object.assign(document.createElement(name), attributes));
    add('script', { src: 'https://evil.example/x.js' });
    add('script', { textContent: 'globalThis.ran = true' });
    add('iframe', { src: 'https://evil.example/' });
    add('img', { src: 'https://evil.example/x.png' });
    add('link', { rel: 'stylesheet', href: 'https://evil.example/x.css' });
    await fetch('https://evil.example/').catch(() => {});
  });
  await expect
    .poll(async () => (await stopped(page)).map((s) => s.split(' ')[0]).sort(), PATIENCE)
    .toEqual(['connect-src', 'frame-src', 'img-src', 'script-src-elem', 'script-src-elem', 'style-src-elem']);
  expect(asked.slice(before)).toEqual([]);
  expect(await page.evaluate(() => 'ran' in globalThis)).toBe(false);
  await close();
});

test.each([
  ['posts/b/', ['end', 'excerpt', 'greater', 'poster', 'scheme']],
  ['', ['excerpt']],
])('pictures of other hosts that /%s shows may be fetched', async (path, hosts) => {
  const { page, asked, close } = await open(path);
  await page.evaluate(() => {
    for (const picture of document.querySelectorAll('img')) picture.loading = 'eager';
  });
  await expect
    .poll(() => asked.filter((a) => a.url.endsWith('.png')).map((a) => new URL(a.url).host), PATIENCE)
    .toEqual(expect.arrayContaining(hosts.map((name) => `${name}.example`)));
  expect(await stopped(page)).toEqual([]);
  await close();
});

test('without a script there is a link to the discussions, and nobody is counted', async () => {
  const { page, asked, close } = await open('posts/a/', false);
  expect(await page.locator('section.comments button').isVisible()).toBe(false);
  expect(await page.locator('section.comments a').getAttribute('href')).toBe(
    'https://github.com/o/n/discussions',
  );
  expect(asked.filter((a) => !a.url.includes('media.example'))).toEqual([]);
  await close();
});
