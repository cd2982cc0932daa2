/** Reading without a network: the service worker, as a reader on a train meets it. */

import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { serve } from '../../src/serve/preview.ts';
import { build, makeSite } from '../support/sites.ts';
import { launch } from './chromium.ts';
import { open } from './site.ts';

let browser: Browser;
let site: string;
let out: string;
let server: Awaited<ReturnType<typeof serve>>;
const write = (name: string, text: string) => writeFileSync(join(site, 'posts', name), text);
const make = async () => {
  const result = await build({ site, base: '/notes/', jobs: 1 });
  expect(result.published).toBe(true);
  out = result.out;
};

beforeEach(async () => {
  site = makeSite({
    'posts/a.md': '# A 与 $x^2$\n\n正文一。\n',
    'posts/b.md': '# B & "B"\n\n正文二。\n',
    'posts/c.md': '# C\n\n没有读过。\n',
  });
  await make();
  [browser, server] = await Promise.all([launch(), serve(out, '/notes/', 0)]);
});
afterEach(async () => {
  await browser?.close();
  await server?.close();
});

/** The same address serves again what is in the folder now. */
async function serveAgain(): Promise<void> {
  server = await serve(out, '/notes/', Number(new URL(server.url).port));
}

/** Waits until something holds in the page. Playwright’s own `waitForFunction` takes the promise itself for an answer. */
const until = (page: Page, holds: () => Promise<boolean>) =>
  expect.poll(() => page.evaluate(holds), { timeout: 60_000, interval: 100 }).toBe(true);

/** Waits until the page that is open, all that it is made of and the page for those without a network are kept. */
const isKept = (page: Page) =>
  until(page, async () => {
    const parts = performance.getEntriesByType('resource').map((entry) => entry.name);
    const own = parts.filter((address) => address.includes('/assets/'));
    const addresses = [location.href.split('?')[0]!, ...own, new URL('../../offline/', location.href).href];
    return (await Promise.all(addresses.map((a) => caches.match(a)))).every(Boolean);
  });

/**
 * Waits until what the page's script fetches only when asked for is kept too, whatever files it has become; the theme's
 * script stands in the page, and comments and counting need a network.
 */
const partsAreKept = async (page: Page) => {
  const parts = readdirSync(join(out, 'assets')).filter(
    (name) => name.endsWith('.js') && !/^(?:theme|comments|count)-/.test(name),
  );
  expect(parts.length).toBeGreaterThan(4);
  const kept = () =>
    page.evaluate(async () => {
      const names = await caches.keys();
      const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
      return requests.flat().map(({ url }) => url.replace(/.*\//, ''));
    });
  await expect.poll(kept, { timeout: 60_000, interval: 100 }).toEqual(expect.arrayContaining(parts));
};

it('opens search, which has no index then, and the list of keys', { timeout: 300_000 }, async () => {
  const { page } = await open(browser, new URL('posts/a/', server.url).href, { serviceWorkers: 'allow' });
  await isKept(page);
  await partsAreKept(page);
  await server.close();
  await page.context().setOffline(true);
  await page.reload();
  await page.keyboard.press('?');
  await page.locator('dialog.keys h2').waitFor();
  await page.keyboard.press('Escape');
  await page.click('a.search');
  await page.fill('dialog input', '正文');
  await expect.poll(() => page.textContent('dialog .status')).toContain('现在无法搜索');
  await page.context().close();
});

it('shows again what was read, nothing old once the network has answered, and goes when switched off', {
  timeout: 300_000,
}, async () => {
  const at = (path: string) => new URL(path, server.url).href;
  const { page, errors } = await open(browser, at('posts/a/'), { serviceWorkers: 'allow' });
  await isKept(page);
  await page.goto(at('posts/b/?mark=%E4%BA%8C'));
  await isKept(page);

  await server.close();
  await page.context().setOffline(true);
  await page.reload();
  expect(await page.textContent('h1')).toBe('B & "B"');
  expect(await page.textContent('.bar .offline')).toBe('离线');
  await page.goto(at('posts/a/'));
  expect(await page.textContent('.prose')).toContain('正文一。');
  // With its style, script and the fonts of its formula.
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).not.toBe('');
  expect(await page.evaluate(() => [...document.styleSheets].every((s) => s.cssRules.length > 0))).toBe(true);
  await page.waitForSelector('button.theme:not([hidden])');
  expect(
    await page.evaluate(() =>
      document.fonts.load('16px KaTeX_Math', 'x').then((f) => f.map((face) => face.status)),
    ),
  ).toContain('loaded');

  // What was never read: the way to what was, newest first.
  await page.goto(at('posts/c/'));
  expect(await page.textContent('h1')).toBe('现在没有网络');
  const kept = page.locator('#_kept a');
  expect(await kept.allTextContents()).toEqual(['B & "B"', 'A 与 x²']);
  await kept.first().click();
  await page.waitForURL(at('posts/b/'));
  expect(await page.textContent('h1')).toBe('B & "B"');

  // The network is back, with another A and without B.
  write('a.md', '# A\n\n改过的正文。\n');
  rmSync(join(site, 'posts/b.md'));
  await make();
  await serveAgain();
  await page.context().setOffline(false);
  await page.goto(at('posts/a/'));
  expect(await page.textContent('.prose')).toContain('改过的正文。');
  expect(await page.textContent('.bar .offline')).toBe('');
  await page.goto(at('posts/b/'));
  expect(await page.textContent('h1')).toBe('没有这一页');
  await server.close();
  await page.goto(at('posts/b/'));
  expect(await page.textContent('h1')).toBe('现在没有网络');
  await page.goto(at('posts/a/'));
  expect(await page.textContent('.prose')).toContain('改过的正文。');

  // Another worker than the site's own file is refused by the page's policy.
  const refused = await page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        addEventListener('securitypolicyviolation', (e) => resolve(e.effectiveDirective));
        try {
          new Worker(URL.createObjectURL(new Blob(['1'])));
        } catch {
          // Some browsers throw, some only report.
        }
      }),
  );
  expect(refused).toBe('worker-src');

  // Switched off, the worker and what it kept go.
  writeFileSync(join(site, 'postil.yml'), 'title: T\nurl: https://example.org/\noffline: false\n');
  await make();
  await serveAgain();
  await page.goto(at('posts/a/'));
  expect(await page.getAttribute('body', 'data-worker')).toBeNull();
  await page.evaluate(() => navigator.serviceWorker.getRegistration().then((r) => r?.update()));
  await until(
    page,
    async () =>
      (await navigator.serviceWorker.getRegistrations()).length === 0 && (await caches.keys()).length === 0,
  );
  expect(errors.filter((e) => !/Failed to load|Content Security Policy|ERR_/.test(e))).toEqual([]);
  await page.context().close();
});
