/** What the page does while it is read: search, previews, notes beside the text, contents, keys, colours, print. */

import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from './chromium.ts';
import { open, type ServedSite, serveOwnSite } from './site.ts';

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
const desk = { viewport: { width: 1100, height: 800 } };
const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

async function ask(page: Page, query: string): Promise<string[]> {
  await page.fill('dialog input', '');
  await page.fill('dialog input', query);
  await page.waitForFunction(() => document.querySelector('.status')?.textContent !== '');
  return page.locator('.found-title').allTextContents();
}

describe('search', () => {
  it('finds Chinese across words, beginnings of Latin words, numbers and formulas', async () => {
    const { page, errors } = await open(browser, at('about/'), desk);
    await page.keyboard.press('/');
    await page.waitForSelector('dialog[open] input');
    // 「配迫使」 spans two words and stands in one note only.
    expect(await ask(page, '配迫使')).toEqual(['DETR-note']);
    expect(await ask(page, '2005.12872')).toEqual(['DETR-note']);
    expect(await ask(page, 'softmax( QK^T )')).toContain('Attention Is All You Need, reread');
    expect(await ask(page, 'Vaswa')).toContain('Attention Is All You Need, reread');
    // As pages and results show it.
    expect(await ask(page, '[Lin et al. 2017, Tab. 2]')).toContain('Retinanet&focal-loss');
    expect(await ask(page, 'γ=2')).toContain('Retinanet&focal-loss');
    expect(await ask(page, 'https://arxiv.org/abs/2005.12872v3')).toEqual(['DETR-note']);
    expect(await ask(page, '没有这样的词语')).toEqual([]);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('stands on its own page alone, whatever a plugin calls a part of a note', async () => {
    const named = async (page: Page) => {
      await page.route('**/posts/detr/', async (route) => {
        const response = await route.fetch();
        const html = (await response.text()).replace(/<div class="prose[^>]*>/, '$&<p id="_search"></p>');
        await route.fulfill({ response, body: html });
      });
    };
    const { page } = await open(browser, at('posts/detr/'), desk, named);
    await page.keyboard.press('/');
    await page.waitForSelector('dialog[open] input');
    expect(await page.locator('#_search').innerHTML()).toBe('');
    await page.context().close();
  });

  it('waits until an input method has composed', async () => {
    const { page } = await open(browser, at('about/'), desk);
    await page.keyboard.press('Control+k');
    const input = page.locator('dialog[open] input');
    await input.evaluate((field: HTMLInputElement) => {
      field.dispatchEvent(new CompositionEvent('compositionstart'));
      field.value = 'jian';
      field.dispatchEvent(new InputEvent('input', { isComposing: true }));
    });
    await page.waitForTimeout(400);
    expect(await page.locator('.status').textContent()).toBe('');
    await input.evaluate((field: HTMLInputElement) => {
      field.value = '检测';
      field.dispatchEvent(new CompositionEvent('compositionend'));
    });
    await page.waitForSelector('.found');
    await page.context().close();
  });

  it('marks what was typed in a result', async () => {
    const { page } = await open(browser, at('search/?q=AP_S'), desk);
    await page.waitForSelector('.found mark');
    expect(await page.locator('.found').first().locator('mark').first().textContent()).toBe('AP_S');
    await page.context().close();
  });

  it('opens at the words found, by keyboard alone', async () => {
    const { page, errors } = await open(browser, at('about/'), desk);
    await page.keyboard.press('/');
    await page.waitForSelector('dialog[open] input');
    await ask(page, '一对一匹配');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(/posts\/detr\/\?mark=/);
    await page.waitForFunction(() => CSS.highlights.has('found'));
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => CSS.highlights.has('found'))).toBe(false);
    expect(errors).toEqual([]);
    await page.context().close();
  });

  /** What is marked on a page that a search has opened. */
  async function marked(path: string): Promise<{ page: Page; marks: string[] }> {
    const { page } = await open(browser, at(path), desk);
    await page.waitForFunction(() => CSS.highlights.has('found'));
    const marks = await page.evaluate(() => [...CSS.highlights.get('found')!].map(String));
    return { page, marks };
  }

  it('marks a formula, and not its letters in the text', async () => {
    const { page, marks } = await marked('posts/knowledge-distillation/?mark=T%5E2');
    expect(marks.length).toBeGreaterThan(0);
    const formulas = await page.evaluate(() =>
      [...CSS.highlights.get('found')!].map(
        ({ endContainer }) => (endContainer as Element).getAttribute?.('data-tex') ?? '',
      ),
    );
    for (const tex of formulas) expect(tex).toMatch(/T\s*\^\s*\{?\s*2/);
    await page.context().close();
  });

  it('marks a citation as a whole, and names with their accents', async () => {
    const cited = await marked(`posts/detr/?mark=${encodeURIComponent('Carion et al. 2020')}`);
    expect(new Set(cited.marks)).toEqual(new Set(['Carion et al. 2020']));
    await cited.page.context().close();
    const named = await marked('posts/retinanet/?mark=Dollar');
    expect(new Set(named.marks.map((mark) => mark.toLowerCase()))).toEqual(new Set(['dollár']));
    await named.page.context().close();
  });

  it('marks full-width letters', async () => {
    const { page, marks } = await marked(`posts/detr/?mark=${encodeURIComponent('ＡＴＴＥＮＴＩＯＮ')}`);
    expect(marks.length).toBeGreaterThan(0);
    expect(new Set(marks.map((mark) => mark.toLowerCase()))).toEqual(new Set(['attention']));
    await page.context().close();
  });

  it('unfolds what holds the first word found', async () => {
    const { page } = await marked('posts/knowledge-distillation/?mark=Romero');
    const isSeen = await page.evaluate(() => {
      const [first] = [...CSS.highlights.get('found')!];
      const { top } = (first as Range).getBoundingClientRect();
      return first!.startContainer.parentElement!.checkVisibility() && top > 0 && top < innerHeight;
    });
    expect(isSeen).toBe(true);
    await page.context().close();
  });

  it('tells the chosen result where colours are forced', async () => {
    const { page } = await open(browser, at('search/?q=attention'), { ...desk, forcedColors: 'active' });
    await page.waitForSelector('.found');
    const style = await page
      .locator('.found a')
      .evaluateAll((all) => all.map((a) => getComputedStyle(a).outlineStyle));
    expect(style.length).toBeGreaterThan(1);
    expect(style).toEqual(style.map((_, i) => (i === 0 ? 'solid' : 'none')));
    await page.context().close();
  });

  it('scrolls its results where it fills the window', async () => {
    const { page } = await open(browser, at('about/'), { viewport: { width: 390, height: 400 } });
    await page.click('a.search');
    await page.waitForSelector('dialog[open] input');
    await ask(page, '特征');
    const list = page.locator('dialog[open] [role="listbox"]');
    expect(await list.evaluate((l) => l.scrollHeight - l.clientHeight)).toBeGreaterThan(0);
    expect(await list.evaluate((l) => l.getBoundingClientRect().bottom)).toBeLessThanOrEqual(400);
    await page.context().close();
  });

  it('leads to its page when its code cannot be fetched', async () => {
    const { page } = await open(browser, at('about/'), desk);
    await page.route(/\/assets\/search-/, (route) => route.abort());
    await page.click('a.search');
    await page.waitForURL(at('search/'));
    await page.context().close();
  });

  it('leaves no results of an earlier query when the index cannot be had', async () => {
    const { page } = await open(browser, at('about/'), desk);
    await page.keyboard.press('/');
    await page.waitForSelector('dialog[open] input');
    await ask(page, '匈牙利');
    expect(await page.locator('.found a').count()).toBeGreaterThan(0);
    await page.route('**/search/words-*', (route) => route.abort());
    await page.fill('dialog input', '梯度 zebra');
    await page.waitForFunction(() => document.querySelector('.found') === null);
    expect(await page.locator('.status').textContent()).not.toBe('');
    const input = page.locator('dialog input');
    expect(await input.getAttribute('aria-expanded')).toBe('false');
    expect(await input.getAttribute('aria-activedescendant')).toBeNull();
    await page.context().close();
  });

  it('says how many of its results it lists', async () => {
    const { page } = await open(browser, at('search/?q=的'), desk);
    await page.waitForSelector('.found a');
    const listed = await page.locator('.found a').count();
    expect(await page.locator('.status').textContent()).toMatch(
      new RegExp(`^\\d+ 条结果，列出 ${listed} 条$`),
    );
    await page.context().close();
  });

  it('goes to what was found once, not when the reader comes back', async () => {
    const { page } = await open(browser, at('posts/detr/?mark=匈牙利#匈牙利损失'), desk);
    await page.waitForFunction(() => CSS.highlights.has('found'));
    await page.evaluate(() => scrollTo(0, 300));
    await page.waitForTimeout(200);
    await page.reload();
    await page.waitForFunction(() => CSS.highlights.has('found'));
    await page.waitForTimeout(200);
    expect(await page.evaluate(() => Math.abs(scrollY - 300))).toBeLessThan(50);
    await page.context().close();
  });

  it('keeps its query in the address of its page', async () => {
    const { page } = await open(browser, at('search/?q=attention'), desk);
    await page.waitForSelector('.found');
    await page.fill('#_search input', '金字塔');
    await page.waitForFunction(() => new URL(location.href).searchParams.get('q') === '金字塔');
    await page.context().close();
  });

  it.each([
    ['results', 'search/?q=的', '.found a'],
    ['titles', 'search/', '.without-search section:last-child li a'],
  ])('shows the %s where the reader left them, when they come back to its page', async (_, path, link) => {
    const { page } = await open(browser, at(path), { viewport: { width: 390, height: 500 } });
    await page.waitForSelector('#_search input');
    await page.waitForSelector(link);
    await page.evaluate(() => scrollTo(0, 700));
    await page.waitForTimeout(300);
    await page
      .locator(link)
      .last()
      .evaluate((a: HTMLElement) => a.click());
    await page.waitForURL((url) => !url.pathname.endsWith('/search/'));
    for (const come of ['goBack', 'reload'] as const) {
      await page[come]();
      await page.waitForSelector(link);
      await expect.poll(() => page.evaluate(() => Math.abs(scrollY - 700))).toBeLessThan(2);
      await page.waitForTimeout(300);
      expect(
        await page.evaluate(() => [Math.abs(scrollY - 700) < 2, document.activeElement?.tagName]),
      ).toEqual([true, 'INPUT']);
    }
    // What is asked anew is read from its beginning on.
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('attention');
    await page.waitForFunction(() => document.querySelector('.found')?.textContent?.includes('ttention'));
    await page.waitForTimeout(300);
    await page.reload();
    await page.waitForSelector('.found a');
    expect(await page.evaluate(() => scrollY)).toBeLessThan(500);
    await page.context().close();
  });

  it('is an index of tags and titles without a script', async () => {
    const { page } = await open(browser, at('search/'), { ...desk, javaScriptEnabled: false });
    expect(await page.locator('.without-search a:visible').count()).toBeGreaterThan(20);
    await page.context().close();
  });
});

describe('notes', () => {
  it('stand in the margin on a desk, without a script', async () => {
    const { page } = await open(browser, at('posts/detr/'), { ...desk, javaScriptEnabled: false });
    const note = page.locator('.sidenote').first();
    expect(await note.isVisible()).toBe(true);
    const text = (await page.locator('.prose').boundingBox())!;
    expect((await note.boundingBox())!.x).toBeGreaterThan(text.x + text.width);
    await page.context().close();
  });

  it('open as a sheet on a phone, without a script', async () => {
    const { page } = await open(browser, at('posts/detr/'), { ...phone, javaScriptEnabled: false });
    const note = page.locator('.sidenote').first();
    expect(await note.isVisible()).toBe(false);
    await page.locator('.fnref button').first().click();
    expect(await note.isVisible()).toBe(true);
    const box = (await note.boundingBox())!;
    expect(Math.round(box.y + box.height)).toBe(844);
    await page.context().close();
  });

  it('show around their numbers where the focus is', async () => {
    const { page } = await open(browser, at('posts/detr/'), phone);
    const button = page.locator('.fnref button').first();
    await page.keyboard.press('Tab');
    await button.focus();
    const rings = await button.evaluate((b) =>
      [undefined, '::before'].map((part) => getComputedStyle(b, part).outlineStyle),
    );
    expect(rings).toEqual(['none', 'solid']);
    await page.context().close();
  });
});

describe('drawers', () => {
  it.each([
    ['contents', '.pill', '#_toc', 1440],
    ['a note', '.fnref.beside button', '.sidenote', 1100],
  ])('%s: closed when the window grows so wide that they have a place', async (_, button, drawer, width) => {
    const wide = { viewport: { width, height: 900 } };
    const { page: other } = await open(browser, at('posts/detr/'), wide);
    const place = await other.locator(drawer).first().boundingBox();
    await other.context().close();

    const { page } = await open(browser, at('posts/detr/'), { viewport: { width: 390, height: 900 } });
    await page.locator(button).first().click();
    await page.waitForSelector(`${drawer}:popover-open`);
    await page.evaluate(() => scrollTo(0, 0));
    await page.setViewportSize(wide.viewport);
    await page.waitForFunction(() => document.querySelector(':popover-open') === null);
    await expect.poll(() => page.locator(drawer).first().boundingBox()).toEqual(place);
    await page.context().close();
  });
});

describe('figures', () => {
  it('open in a dialog by click or keyboard, as large as the window allows, and close again', async () => {
    const { page, errors } = await open(browser, at('posts/retinanet/'), desk);
    const figure = page.locator('[id="fig:curves"]');
    const picture = figure.locator('svg');
    const dialog = page.locator('dialog.zoom');
    const inPage = (await picture.boundingBox())!;
    await picture.click();
    const shown = dialog.locator('svg');
    await shown.waitFor();
    expect(await dialog.evaluate((d: HTMLDialogElement) => d.matches(':modal'))).toBe(true);
    expect(await dialog.getAttribute('aria-label')).toBe('放大图片');
    const large = (await shown.boundingBox())!;
    expect(large.width).toBeGreaterThan(inPage.width * 1.2);
    expect(large.x).toBeGreaterThanOrEqual(0);
    expect(large.x + large.width).toBeLessThanOrEqual(1100);
    expect(large.y + large.height).toBeLessThanOrEqual(800);
    await page.keyboard.press('Escape');
    // It goes when the browser has told that it is closed.
    await dialog.waitFor({ state: 'detached' });

    const button = figure.getByRole('button', { name: '放大图片' });
    await button.focus();
    await page.keyboard.press('Enter');
    await shown.waitFor();
    await dialog.click();
    await dialog.waitFor({ state: 'detached' });
    expect(await button.evaluate((b) => b === document.activeElement)).toBe(true);
    expect(errors).toEqual([]);
    await page.context().close();
  });
});

describe('tables', () => {
  it('of many columns leave room for text, and for what scrolls by', async () => {
    const { page } = await open(browser, at('posts/detr/'), phone);
    const widths = await page.evaluate(() => {
      const row = (name: string, text: string) =>
        `<tr><td class="long">${name}</td>${'<td>42.0</td>'.repeat(9)}<td class="long">${text}</td></tr>`;
      document.querySelector('.prose')!.innerHTML =
        `<div class="table-scroll"><table>${row('a_very_long_method_name_that_does_not_break', '一段比较长的备注')}</table></div>`;
      const box = document.querySelector('.table-scroll')!;
      const cells = [...box.querySelectorAll('td')];
      const em = Number.parseFloat(getComputedStyle(cells[0]!).fontSize);
      return { box: box.clientWidth, cells: cells.map((cell) => cell.clientWidth), em };
    });
    expect(widths.cells[0]).toBeLessThan(widths.box * 0.6);
    expect(widths.cells[1]).toBeLessThan(widths.em * 4);
    expect(widths.cells[10]).toBeGreaterThan(widths.em * 6);
    await page.context().close();
  });
});

describe('what may scroll', () => {
  /** Formulas, tables and code with a stop of Tab, and those of them that scroll. */
  const stops = (page: Page) =>
    page.evaluate(() => {
      const boxes = [...document.querySelectorAll('.prose :is(.equation, .table-scroll, pre)')];
      const stopped = boxes.filter((box) => box.hasAttribute('tabindex'));
      const scrolling = boxes.filter((box) => box.scrollWidth > box.clientWidth);
      return {
        all: boxes.length,
        stopped: stopped.length,
        scrolling: scrolling.length,
        same: scrolling.every((box) => stopped.includes(box)),
        said: stopped.filter((box) => box.matches('.equation')).map((box) => box.ariaLabel),
      };
    });

  it('is a stop of Tab where it does, in windows of all widths', async () => {
    const { page, errors } = await open(browser, at('posts/detr/'), desk);
    await page.waitForFunction(() => document.querySelectorAll('.equation[tabindex]').length === 0);
    const wide = await stops(page);
    expect(wide.all).toBeGreaterThan(10);
    expect(wide.stopped).toBe(wide.scrolling);
    await page.setViewportSize({ width: 240, height: 600 });
    await page.waitForFunction(() => document.querySelector('.equation[tabindex]'));
    const narrow = await stops(page);
    expect(narrow.scrolling).toBeGreaterThan(3);
    expect([narrow.stopped, narrow.same]).toEqual([narrow.scrolling, true]);
    expect(narrow.said).toContain('式 (5)，可横向滚动');
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('is one without a script, wherever it might', async () => {
    const { page } = await open(browser, at('posts/detr/'), { ...desk, javaScriptEnabled: false });
    const { all, stopped } = await stops(page);
    expect(stopped).toBe(all);
    await page.context().close();
  });
});

describe('previews', () => {
  it('open on the pointer’s rest and close by Esc', async () => {
    const { page, errors } = await open(browser, at('posts/detr/'), desk);
    const reference = page.locator('.prose a.ref[href^="#"]').first();
    // Scrolling closes a preview, so the page must stand still first.
    await reference.scrollIntoViewIfNeeded();
    await page.waitForTimeout(300);
    await reference.hover();
    await page.waitForSelector('.preview:popover-open figure, .preview:popover-open .katex');
    await page.keyboard.press('Escape');
    expect(await page.locator('.preview').isVisible()).toBe(false);
    await page.mouse.move(0, 0);
    const link = page.locator('.prose a.internal[href*="/posts/"]').first();
    await link.scrollIntoViewIfNeeded();
    await page.waitForTimeout(300);
    await link.hover();
    await page.waitForSelector('.preview:popover-open .preview-title');
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('stand in the window, however large what they show is', async () => {
    const { page } = await open(browser, at('posts/detr/'), { viewport: { width: 1280, height: 500 } });
    const references = page.locator('.prose a.ref[href^="#"]');
    let scrolled = 0;
    for (let i = 0; i < (await references.count()); i++) {
      const link = references.nth(i);
      await link.evaluate((element) => element.scrollIntoView({ block: 'center' }));
      await page.waitForTimeout(200);
      await link.hover();
      await page.waitForSelector('.preview:popover-open');
      const { top, bottom, rest } = await page.locator('.preview').evaluate((card) => {
        const box = card.getBoundingClientRect();
        return { top: box.top, bottom: box.bottom, rest: card.scrollHeight - card.clientHeight };
      });
      expect(top).toBeGreaterThanOrEqual(8);
      expect(bottom).toBeLessThanOrEqual(492);
      if (rest > 0) scrolled++;
      await page.keyboard.press('Escape');
      await page.mouse.move(0, 0);
    }
    expect(scrolled).toBeGreaterThan(0);
    await page.context().close();
  });

  it('open on a focus that had to scroll, and show the entry of the note’s own paper', async () => {
    const { page } = await open(browser, at('posts/detr/'), desk);
    const own = page.locator('.prose a.cite[href^="#"]').last();
    // The stop before it, from where Tab scrolls.
    await own.evaluate((link) => {
      const before = document.createElement('button');
      link.before(before);
      before.focus({ preventScroll: true });
    });
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await page.keyboard.press('Tab');
    await page.waitForSelector('.preview:popover-open');
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(800);
    expect(await page.locator('.preview').textContent()).toContain('End-to-End Object Detection');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.querySelector('.references li:target') !== null);
    await page.context().close();
  });

  it('open on the keyboard’s focus and are named by the link', async () => {
    const { page } = await open(browser, at('posts/detr/'), desk);
    const link = page.locator('.prose a.internal[href*="/posts/"]').first();
    await link.focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    await page.waitForSelector('.preview:popover-open');
    expect(await link.getAttribute('aria-describedby')).toBe('_preview');
    await page.context().close();
  });
});

describe('keys', () => {
  const focused = (page: Page) =>
    page.evaluate(() => {
      const { activeElement } = document;
      const { top, width } = activeElement!.getBoundingClientRect();
      const box = activeElement!.closest('#_toc, #_bibtex-1')?.id ?? activeElement!.tagName;
      return { box, isSeen: width > 0 && top >= 0 && top < innerHeight };
    });

  it('t goes to the contents beside the text', async () => {
    const { page } = await open(browser, at('posts/detr/'), { viewport: { width: 1440, height: 900 } });
    const before = await page.locator('#_toc').boundingBox();
    await page.keyboard.press('t');
    expect(await page.locator('#_toc').boundingBox()).toEqual(before);
    expect(await page.locator('#_toc:popover-open').count()).toBe(0);
    expect(await focused(page)).toEqual({ box: '_toc', isSeen: true });
    await page.context().close();
  });

  it('t opens the contents on a narrow page, goes into them, and closes them', async () => {
    const { page } = await open(browser, at('posts/detr/'), desk);
    await page.keyboard.press('t');
    expect(await page.locator('#_toc:popover-open').count()).toBe(1);
    await page.keyboard.press('Tab');
    expect(await focused(page)).toEqual({ box: '_toc', isSeen: true });
    await page.keyboard.press('t');
    expect(await page.locator('#_toc:popover-open').count()).toBe(0);
    await page.context().close();
  });

  it('c opens BibTeX, out of a folded list of papers too', async () => {
    for (const note of ['detr', 'knowledge-distillation']) {
      const { page } = await open(browser, at(`posts/${note}/`), desk);
      await page.keyboard.press('c');
      expect(await page.locator('[id="_bibtex-1"]').isVisible()).toBe(true);
      expect(await focused(page)).toEqual({ box: '_bibtex-1', isSeen: true });
      await page.keyboard.press('c');
      expect(await page.locator('[id="_bibtex-1"]').isVisible()).toBe(false);
      await page.context().close();
    }
  });

  it('j takes the focus along', async () => {
    const { page } = await open(browser, at('posts/detr/'), desk);
    for (let presses = 0; presses < 4; presses++) await page.keyboard.press('j');
    const heading = page.locator('.prose > :is(h2, h3)').nth(3);
    expect(await heading.evaluate((h) => h === document.activeElement)).toBe(true);
    expect((await heading.boundingBox())!.y).toBeLessThan(24);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(1000);
    expect(await focused(page)).toMatchObject({ isSeen: true });
    await page.context().close();
  });
});

describe('the page', () => {
  it('keeps what has the focus clear of the button over it', async () => {
    const { page } = await open(browser, at('posts/detr/'), { viewport: { width: 390, height: 844 } });
    const covered: string[] = [];
    for (let stops = 0; stops < 120; stops++) {
      await page.keyboard.press('Tab');
      const under = await page.evaluate(() => {
        const box = document.activeElement!.getBoundingClientRect();
        const pill = document.querySelector('.pill')!.getBoundingClientRect();
        const isPill = document.activeElement!.matches('.pill');
        const apart =
          box.bottom <= pill.top ||
          box.top >= pill.bottom ||
          box.right <= pill.left ||
          box.left >= pill.right;
        return isPill || apart ? '' : document.activeElement!.outerHTML.slice(0, 80);
      });
      if (under) covered.push(under);
    }
    expect(covered).toEqual([]);
    await page.context().close();
  });

  it('names a heading by its text alone, and takes no Tab for its link', async () => {
    const { page } = await open(browser, at('posts/detr/'), desk);
    const headings = page.locator('.prose > h2');
    const text = (await headings.first().textContent())!.replace('¶', '').trim();
    expect(await page.getByRole('heading', { name: text, exact: true }).count()).toBe(1);
    expect(await headings.locator('a[tabindex="-1"]').count()).toBe(await headings.count());
    await page.context().close();
  });

  it('says how much is read, and which colours are chosen, as its language is written', async () => {
    const { page } = await open(browser, at('posts/detr/'), phone);
    // biome-ignore lint/performance/useDomNodeTextContent: what is drawn is asked for
    expect(await page.locator('.pill').innerText()).toMatch(/^目录 · \d+%$/);
    expect(await page.getAttribute('button.theme', 'title')).toBe('配色：跟随系统');
    await page.context().close();
  });

  it('marks the section being read in the contents', async () => {
    const { page } = await open(browser, at('posts/detr/'), { viewport: { width: 1440, height: 900 } });
    const second = page.locator('.prose > h2').nth(1);
    await second.evaluate((heading) => heading.scrollIntoView());
    await page.waitForFunction(() => {
      const read = [...document.querySelectorAll('.prose > :is(h2, h3)')]
        .filter((h) => h.getBoundingClientRect().top < innerHeight * 0.3)
        .at(-1);
      const current = document.querySelector('.toc [aria-current]')?.getAttribute('href') ?? '';
      return read !== undefined && decodeURIComponent(current) === `#${read.id}`;
    });
    await page.context().close();
  });

  it('follows colours that are chosen in another tab', async () => {
    const { page } = await open(browser, at('about/'), desk);
    const other = await page.context().newPage();
    await other.goto(at('tags/'));
    await other.click('button.theme');
    await other.click('button.theme');
    await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark');
    expect(await page.getAttribute('button.theme', 'aria-label')).toBe(
      await other.getAttribute('button.theme', 'aria-label'),
    );
    await page.context().close();
  });

  it('copies formulas as TeX, tables in columns, and nothing that is not shown', async () => {
    const { page } = await open(browser, at('posts/detr/'), phone);
    /** What is copied of an element. */
    const copied = (selector: string, having: string) =>
      page.evaluate(
        ([selector, having]) => {
          const element = [...document.querySelectorAll(selector!)].find((e) => e.querySelector(having!))!;
          getSelection()!.selectAllChildren(element);
          const data = new DataTransfer();
          document.dispatchEvent(new ClipboardEvent('copy', { clipboardData: data, cancelable: true }));
          return {
            text: data.getData('text/plain'),
            note: element.querySelector('.sidenote')?.textContent ?? '',
          };
        },
        [selector, having] as const,
      );
    await page.evaluate(() => {
      const note = document.querySelector('.prose p:has(.sidenote)')!;
      note.append(document.querySelector('.prose p .katex')!.cloneNode(true));
    });
    const passage = await copied('.prose p', '.sidenote');
    expect(passage.note.length).toBeGreaterThan(5);
    expect(passage.text).toMatch(/\$[^$]+\$$/);
    expect(passage.text).not.toContain(passage.note.replace(/^\s*\d+\s*/, '').slice(0, 8));
    await page.goto(at('posts/retinanet/'));
    const { text } = await copied('.prose table', 'td .katex');
    const rows = text.split('\n');
    const columns = new Set(rows.map((row) => row.split('\t').length));
    expect(rows.length).toBeGreaterThan(2);
    expect([...columns]).toEqual([
      await page.locator('.prose table:has(td .katex)').first().locator('th').count(),
    ]);
    await page.context().close();
  });

  it('has the reader’s colours before its first paint', async () => {
    const { page } = await open(browser, at('about/'), { ...desk, colorScheme: 'light' });
    await page.click('button.theme');
    await page.click('button.theme');
    const dark = await page.evaluate(() => document.documentElement.dataset.theme);
    expect(dark).toBe('dark');
    // Asked when the body's first element is parsed, when nothing can have been painted yet, and at every frame after it.
    await page.addInitScript(() => {
      const grounds = new Set<string>();
      Object.assign(window, { grounds });
      const look = () => {
        if (document.body) grounds.add(getComputedStyle(document.body).backgroundColor);
        if (document.readyState !== 'complete') requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
      new MutationObserver((_, observer) => {
        if (!document.body) return;
        observer.disconnect();
        Object.assign(window, { early: document.documentElement.dataset.theme });
      }).observe(document, { childList: true, subtree: true });
    });
    await page.goto(at('tags/'));
    expect(await page.evaluate(() => (window as unknown as { early: string }).early)).toBe('dark');
    const grounds = await page.evaluate(async () => {
      await new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)));
      return [...(window as unknown as { grounds: Set<string> }).grounds];
    });
    expect(grounds).toEqual([await page.evaluate(() => getComputedStyle(document.body).backgroundColor)]);
    expect(grounds).not.toEqual(['rgb(252, 251, 248)']);
    await page.context().close();
  });

  it('goes by single keys, until they are switched off', async () => {
    const { page } = await open(browser, at('about/'), desk);
    await page.keyboard.press('?');
    await page.locator('dialog.keys input').uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    await page.waitForTimeout(300);
    expect(await page.locator('dialog[open]').count()).toBe(0);
    await page.context().close();
  });

  it('prints the list of lineage and leaves out its map, which is wider than paper', async () => {
    const { page } = await open(browser, at('graph/'), desk);
    expect(await page.locator('.lineage-map').isVisible()).toBe(true);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.lineage-map').isVisible()).toBe(false);
    expect(await page.locator('.lineage-list').first().isVisible()).toBe(true);
    await page.context().close();
  });

  it('prints its notes in the text and leaves its furniture out', async () => {
    const { page } = await open(browser, at('posts/detr/'), desk);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('.bar').isVisible()).toBe(false);
    expect(await page.locator('.toc').isVisible()).toBe(false);
    const note = page.locator('.sidenote').first();
    expect(await note.evaluate((n) => getComputedStyle(n).display)).toBe('inline');
    expect((await page.pdf({ format: 'A4' })).length).toBeGreaterThan(50_000);
    await page.context().close();
  });

  it('keeps every heading of a page with what it is over, outside the text too', async () => {
    const { page } = await open(browser, at('posts/knowledge-distillation/'), desk);
    await page.emulateMedia({ media: 'print' });
    const headings = await page.evaluate(() =>
      [...document.querySelectorAll('main :is(h2, h3, h4, h5, h6)')].map((heading) => [
        heading.closest('.prose') !== null,
        getComputedStyle(heading).breakAfter,
      ]),
    );
    expect(headings.filter(([inText]) => !inText).length).toBeGreaterThan(2);
    expect(new Set(headings.map(([, after]) => after))).toEqual(new Set(['avoid']));
    await page.context().close();
  });

  it('prints what is folded, and drawings as wide as the paper', async () => {
    const { page } = await open(browser, at('about/'), desk);
    await page.evaluate(() => {
      const main = document.querySelector('.prose')!;
      main.innerHTML =
        '<details><summary>a</summary><p id="folded">b</p></details>' +
        '<div class="drawing"><svg viewBox="0 0 9 1" width="3000" style="width:3000px;min-width:3000px"></svg></div>';
    });
    const seen = () =>
      page.evaluate(() => [
        document.querySelector('#folded')!.checkVisibility(),
        document.querySelector('.drawing svg')!.clientWidth <= document.querySelector('.prose')!.clientWidth,
      ]);
    expect(await seen()).toEqual([false, false]);
    await page.emulateMedia({ media: 'print' });
    expect(await seen()).toEqual([true, true]);
    await page.context().close();
  });

  it('begins a table that is longer than a page where it stands', async () => {
    const { page } = await open(browser, at('about/'), desk);
    const pages = async (rows: number) => {
      await page.evaluate((count) => {
        const row = (i: number) => `<tr><td>${i}</td></tr>`;
        document.body.innerHTML =
          '<main class="note"><div class="prose"><p>a</p><figure class="table"><figcaption>b</figcaption><div class="table-scroll">' +
          `<table><tbody>${Array.from({ length: count }, (_, i) => row(i)).join('')}</tbody></table></div></figure></div></main>`;
      }, rows);
      return (await page.pdf({ format: 'A4' })).toString('latin1').match(/\/Type \/Page\b/g)?.length;
    };
    expect(await pages(15)).toBe(1);
    // Not three: as much of it as fits follows the text.
    expect(await pages(45)).toBe(2);
    await page.context().close();
  });

  it('keeps accents and white plates where colours are forced', async () => {
    const { page } = await open(browser, at('posts/detr/'), { ...desk, forcedColors: 'active' });
    const adjusted = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((e) => getComputedStyle(e).forcedColorAdjust);
    expect(await adjusted('.katex-html')).toBe('preserve-parent-color');
    await page.evaluate(() => document.querySelector('.prose')!.append(new Image()));
    expect(await adjusted('.prose > img')).toBe('none');
    await page.context().close();
  });

  it('tells kinds of callouts and marked lines without colours', async () => {
    const { page } = await open(browser, at('posts/detr/'), desk);
    await page.evaluate(() => {
      document.querySelector('.prose')!.innerHTML =
        '<aside class="callout callout-warning" role="note"><p class="callout-title" data-kind="注意">小心</p></aside>' +
        '<pre><code><span class="line diff remove">a = 1</span>\n<mark class="line highlighted">b = 2</mark></code></pre>';
    });
    const said = await page.locator('.prose').first().ariaSnapshot();
    expect(said).toContain('注意 小心');
    expect(said).toMatch(/−\s*a = 1/);
    expect(said).toContain('mark');
    const width = () =>
      page.locator('.callout-title').evaluate((title) => {
        const range = document.createRange();
        range.selectNodeContents(title);
        return range.getBoundingClientRect().left - title.getBoundingClientRect().left;
      });
    expect(await width()).toBe(0);
    await page.emulateMedia({ forcedColors: 'active' });
    expect(await width()).toBeGreaterThan(20);
    const ground = await page
      .locator('.line.highlighted')
      .evaluate((line) => getComputedStyle(line).backgroundColor);
    // A mark has a colour of its own there.
    expect(ground).toMatch(/^rgba\(255, 255, 0, /);
    await page.context().close();
  });

  it('lets nothing run but its own', async () => {
    const { page } = await open(browser, at('about/'), desk);
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.intruder = true';
      document.body.append(script);
      return 'intruder' in window;
    });
    expect(ran).toBe(false);
    await page.context().close();
  });
});
