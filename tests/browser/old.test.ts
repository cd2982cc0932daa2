/** The oldest browsers that pages are for: what they lack may cost comfort, never text. */

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launch } from './chromium.ts';
import { blocks, excessWidth } from './in-page.ts';
import { openOld } from './old-browser.ts';
import { type ServedSite, serveOwnSite } from './site.ts';

let browser: Browser;
let site: ServedSite;
beforeAll(async () => {
  [browser, site] = await Promise.all([launch(), serveOwnSite('/notes/')]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});
const at = (path: string) => new URL(path, site.url).href;
const phone = { viewport: { width: 390, height: 844 } };

it.each(['', 'posts/detr/', 'papers/carion2020detr/', 'search/'])(
  'the page /%s is plain and whole',
  async (path) => {
    const { page, errors, broken } = await openOld(browser, at(path), phone);
    const { texts, hidden } = await page.evaluate(blocks);
    expect(texts.length).toBeGreaterThan(5);
    expect(hidden).toEqual([]);
    for (const width of [320, 390, 1100, 1440]) {
      await page.setViewportSize({ width, height: 844 });
      expect(await page.evaluate(excessWidth), `${width} px`).toBe(0);
    }
    expect({ errors, broken }).toEqual({ errors: [], broken: [] });
    await page.context().close();
  },
);

it('without popovers, notes, contents and BibTeX stand in the text, and no button is left that does nothing', async () => {
  const { page, errors } = await openOld(browser, at('posts/detr/'), phone);
  expect(await page.evaluate(() => 'popover' in HTMLElement.prototype)).toBe(false);
  const note = page.locator('.sidenote').first();
  const box = (await note.boundingBox())!;
  const paragraph = (await page.locator('p:has(> .sidenote)').first().boundingBox())!;
  expect(box.y).toBeGreaterThan(paragraph.y);
  expect(box.y + box.height).toBeLessThanOrEqual(paragraph.y + paragraph.height + 1);
  expect(await page.locator('.toc').isVisible()).toBe(true);
  expect(await page.locator('.bibtex').first().isVisible()).toBe(true);
  expect(await page.locator('[data-no-popovertarget]:visible').count()).toBe(0);
  // The number in the text, which was the button's, still stands there.
  const number = await page
    .locator('.fnref.beside')
    .first()
    .evaluate((mark) => getComputedStyle(mark, '::before').display);
  expect(number).not.toBe('none');
  // On a desk notes are in the margin, as they are everywhere.
  await page.setViewportSize({ width: 1100, height: 800 });
  const text = (await page.locator('.prose').boundingBox())!;
  expect((await note.boundingBox())!.x).toBeGreaterThan(text.x + text.width);
  await page.locator('.toc a').first().click();
  expect(errors).toEqual([]);
  await page.context().close();
});

it('search, its marks and the colours work', async () => {
  const { page, errors } = await openOld(browser, at('about/'), phone);
  await page.click('button.theme');
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('light');
  await page.keyboard.press('/');
  await page.fill('dialog[open] input', '匈牙利损失');
  await page.waitForSelector('.found');
  await page.keyboard.press('Enter');
  await page.waitForURL(/posts\/detr\/\?mark=/);
  await page.waitForFunction(() => scrollY > 0);
  expect(errors).toEqual([]);
  await page.context().close();
});
