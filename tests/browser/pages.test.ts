/** The built site as a reader sees it: every kind of page, in the widths and colours that readers have. */

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from './chromium.ts';
import { afterFormulas, blocks } from './in-page.ts';
import { KINDS, type Kind } from './kinds.ts';
import { open, type ServedSite, serveOwnSite } from './site.ts';

const NAMES = Object.keys(KINDS) as Kind[];
const at = (site: ServedSite, kind: Kind) => new URL(KINDS[kind], site.url).href;

let browser: Browser;
let site: ServedSite;
beforeAll(async () => {
  [browser, site] = await Promise.all([launch(), serveOwnSite()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

describe.each(NAMES)('%s', (kind) => {
  let opened: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    opened = await open(browser, at(site, kind));
  });
  afterAll(() => opened?.page.context().close());

  it('shows every block of text without JavaScript', async () => {
    const { page } = await open(browser, at(site, kind), { javaScriptEnabled: false });
    const without = await page.evaluate(blocks);
    await page.context().close();
    expect(without.texts.length).toBeGreaterThan(1);
    expect(without.hidden).toEqual([]);
    // Scripts may add buttons, but no text that a reader without them would lack.
    const texts = new Set(without.texts);
    const { texts: withScripts } = await opened.page.evaluate(blocks);
    expect(withScripts.filter((text) => !texts.has(text))).toEqual([]);
  });

  it('is whole on phone and desktop, light and dark', async () => {
    const { page, errors, foreign, broken } = opened;
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const { ground, ink } = await colours(page);
        expect(ground > ink, `${width} px, ${colorScheme}`).toBe(colorScheme === 'light');
        expect(await page.locator('h1:visible').count()).toBe(1);
        expect(await page.locator('main:visible').textContent()).not.toBe('');
      }
    }
    expect({ errors, foreign, broken }).toEqual({ errors: [], foreign: [], broken: [] });
  });
});

it('fits every formula, table and figure of the notes to a phone, and begins no line with what closes', async () => {
  const { page } = await open(browser, site.url, {
    javaScriptEnabled: false,
    viewport: { width: 390, height: 900 },
  });
  const notes = await page
    .locator('.entry-title a')
    .evaluateAll((links) => links.map((a) => a.getAttribute('href')!));
  expect(notes.length).toBeGreaterThan(9);
  const wide: string[] = [];
  const torn: string[] = [];
  let followed = 0;
  for (const note of notes) {
    await page.goto(new URL(note, site.url).href);
    const after = await page.evaluate(afterFormulas);
    followed += after.followed;
    torn.push(...after.torn.map((what) => `${note} ${what}`));
    wide.push(
      ...(await page.evaluate(() =>
        [...document.querySelectorAll('.equation, .table-scroll, .drawing')]
          .filter((box) => box.scrollWidth > box.clientWidth)
          .map((box) => `${location.pathname} ${box.id} ${box.textContent!.slice(0, 80)}`),
      )),
    );
  }
  expect(wide).toEqual([]);
  expect(followed).toBeGreaterThan(100);
  expect(torn).toEqual([]);
  await page.context().close();
}, 120_000);

describe('formulas', () => {
  it('are drawn with KaTeX’s own fonts', async () => {
    const { page } = await open(browser, at(site, 'note'));
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    const formulas = await page.evaluate(() => {
      const drawn = [...document.querySelectorAll('.katex')].map((el) => {
        const { width, height } = (el.querySelector('.katex-base') ?? el).getBoundingClientRect();
        return width > 0 && height > 0;
      });
      const faces = [...document.fonts].filter((f) => f.family.includes('KaTeX') && f.status === 'loaded');
      return { drawn, faces: faces.length, red: document.querySelectorAll('.katex-error').length };
    });
    expect(formulas.drawn.length).toBeGreaterThan(20);
    expect(formulas.drawn).not.toContain(false);
    expect(formulas.faces).toBeGreaterThan(1);
    expect(formulas.red).toBe(0);
    await page.context().close();
  });

  it('bring a hidden MathML twin for screen readers', async () => {
    const { page } = await open(browser, at(site, 'note'), { javaScriptEnabled: false });
    // A row of letters is text and needs none.
    const [formulas, twins, drawn] = [
      await page.locator('.katex').count(),
      await page.locator('.katex > math').count(),
      await page.locator('.katex > [aria-hidden]').count(),
    ];
    expect(twins).toBe(drawn);
    expect(twins).toBeGreaterThan(20);
    expect(twins).toBeLessThan(formulas);
    for (const box of await page
      .locator('.katex > math')
      .evaluateAll((all) => all.map((m) => m.getBoundingClientRect().width)))
      expect(box).toBeLessThanOrEqual(1);
    expect(await page.locator('main').textContent()).not.toContain('$$');
    await page.context().close();
  });
});

describe('getting around', () => {
  it('leads from the index to a note, from there to its tag and back to the index', async () => {
    const { page, errors } = await open(browser, site.url);
    expect(await page.locator('article, .entry').count()).toBeGreaterThanOrEqual(10);
    await page.locator('main h2 a, main h3 a').first().click();
    await page.waitForURL(/\/posts\/[^/]+\/$/);
    await page.locator('a[href*="/tags/"]', { hasNotText: '标签' }).first().click();
    await page.waitForURL(/\/tags\/[^/]+\/$/);
    await page.locator('a.wordmark').click();
    await page.waitForURL(site.url);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('keeps the chosen colours from page to page', async () => {
    const { page } = await open(browser, site.url, { colorScheme: 'light' });
    const light = await colours(page);
    for (let presses = 0; presses < 3; presses++) {
      await page.locator('button.theme').click();
      if ((await colours(page)).ground < 0.5) break;
    }
    const dark = await colours(page);
    expect(dark.ground).toBeLessThan(light.ground);
    await page.goto(at(site, 'note'));
    expect(await colours(page)).toEqual(dark);
    await page.context().close();
  });
});

describe('below a base path', () => {
  let below: ServedSite;
  beforeAll(async () => {
    below = await serveOwnSite('/notes/');
  });
  afterAll(() => below?.close());

  it.each(NAMES)('%s finds its styles, scripts and links', async (kind) => {
    const { page, errors, foreign, broken } = await open(browser, at(below, kind));
    expect({ errors, foreign, broken }).toEqual({ errors: [], foreign: [], broken: [] });
    const outside = await page.evaluate(() =>
      // A link in an SVG has no address as text.
      [...document.querySelectorAll('a[href]')]
        .map((a) => new URL(a.getAttribute('href')!, document.baseURI))
        .filter((url) => url.origin === location.origin && !url.pathname.startsWith('/notes/'))
        .map((url) => url.pathname),
    );
    expect(outside).toEqual([]);
    const { ground, ink } = await colours(page);
    expect(Math.abs(ground - ink)).toBeGreaterThan(0.5);
    await page.context().close();
  });

  it('answers a wrong address with the 404 page, whose home link works', async () => {
    const { page } = await open(browser, new URL('a/b/c', below.url).href);
    await page.locator('main a').first().click();
    await page.waitForURL(below.url);
    expect(await page.locator('h1').count()).toBe(1);
    await page.context().close();
  });
});

/** Lightness (0 to 1) of the page's ground and of its text. */
async function colours(page: Page): Promise<{ ground: number; ink: number }> {
  return page.evaluate(() => {
    const lightness = (colour: string) => {
      const canvas = document.createElement('canvas').getContext('2d')!;
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
      const [r = 0, g = 0, b = 0] = canvas.getImageData(0, 0, 1, 1).data;
      return Math.round((100 * (r + g + b)) / (3 * 255)) / 100;
    };
    const root = getComputedStyle(document.documentElement).backgroundColor;
    const body = getComputedStyle(document.body);
    const ground = /, 0\)$|transparent/.test(body.backgroundColor) ? root : body.backgroundColor;
    return { ground: lightness(ground), ink: lightness(body.color) };
  });
}
