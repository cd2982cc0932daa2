/** Measures one page: its bytes, requests, fonts and elements, as a browser meets them. */

import { gzipSync } from 'node:zlib';
import type { Page, Request, Response } from 'playwright-core';
import type { Measure } from './limits.ts';

const gzipped = (bytes: Uint8Array | string) => gzipSync(bytes, { level: 9 }).length;
const INLINE_FONT = /data:font\/woff2;base64,([A-Za-z0-9+/=]+)/g;

/**
 * @param page one that keeps nothing of what it fetched before
 * @param search bytes of the search code, which are the same for every page
 */
export async function measure(page: Page, url: string, search: number): Promise<Measure> {
  await page.setViewportSize({ width: 1440, height: 900 });
  const bodies = new Map<string, Buffer>();
  const pending: Promise<unknown>[] = [];
  const keep = (response: Response) => {
    const address = response.url();
    pending.push(
      response
        .body()
        // The browser has not always kept it; the server gives it again.
        .catch(async () => Buffer.from(await (await fetch(address)).arrayBuffer()))
        .then((body) => bodies.set(address, body)),
    );
  };
  page.on('response', keep);
  await page.goto(url, { waitUntil: 'networkidle' });
  await page.evaluate(() => document.fonts.ready);
  await Promise.all(pending);
  page.off('response', keep);
  const { origin } = new URL(url);
  // Figures and the site's icon are not the page's own weight.
  const own = [...bodies].filter(([address]) => !/^data:|\/files\/|\/favicon\.|\/sw\.js$/.test(address));
  const sum = (pattern: RegExp, size: (bytes: Buffer) => number) =>
    own.reduce((total, [address, bytes]) => total + (pattern.test(address) ? size(bytes) : 0), 0);
  // KaTeX's sheet, on pages with formulas only, counts for itself.
  const css = own.filter(([address]) => address.endsWith('.css')).map(([, bytes]) => bytes.toString());
  const isMath = (text: string) => text.includes('KaTeX_Main');
  const inlineFonts = css.flatMap((text) =>
    [...text.matchAll(INLINE_FONT)].map((m) => (m[1]!.length * 3) / 4),
  );
  return {
    html: gzipped(bodies.get(url)!),
    css: css.filter((text) => !isMath(text)).reduce((total, text) => total + gzipped(text), 0),
    mathCss: css.filter(isMath).reduce((total, text) => total + gzipped(text.replace(INLINE_FONT, '')), 0),
    script: sum(/\.js$/, gzipped),
    search,
    textFonts: sum(/source-serif.*\.woff2$/, (b) => b.length),
    mathFonts: Math.round(
      sum(/KaTeX.*\.woff2$/, (b) => b.length) + inlineFonts.reduce((total, n) => total + n, 0),
    ),
    requests: own.length,
    faces: await page.evaluate(() => [...document.fonts].filter((f) => f.status === 'loaded').length),
    nodes: await page.evaluate(() => document.querySelectorAll('*').length),
    foreign: own.filter(([address]) => !address.startsWith(origin)).length,
  };
}

/** Bytes that opening search and asking for the first word fetches: code, index and what is shown. */
export async function measureSearch(page: Page, url: string): Promise<number> {
  await page.goto(url, { waitUntil: 'networkidle' });
  const fetched = new Set<string>();
  const note = (request: Request) => {
    if (/\/search\/|\/search\.json$|\/assets\/.*\.js$/.test(request.url())) fetched.add(request.url());
  };
  page.on('request', note);
  await page.click('a.search');
  await page.waitForSelector('dialog[open] input');
  await page.fill('dialog input', 'attention');
  await page.waitForSelector('.found');
  page.off('request', note);
  // The browser has not always kept a body that the page has read; the server gives it again.
  const bodies = await Promise.all([...fetched].map(async (a) => (await fetch(a)).arrayBuffer()));
  return bodies.reduce((total, body) => total + gzipped(new Uint8Array(body)), 0);
}

/** Shifts of layout from the first paint to the end of a scroll, each with what moved. The browser remembers those before the call. */
export async function layoutShifts(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    interface Shift extends PerformanceEntry {
      value: number;
      hadRecentInput: boolean;
      sources: { node: Node | null }[];
    }
    const shifts: string[] = [];
    const count = (list: PerformanceEntryList) => {
      for (const { value, hadRecentInput, sources } of list as Shift[])
        if (!hadRecentInput)
          shifts.push(
            `${value.toFixed(4)} at ${scrollY}: ${sources.map(({ node }) => `${node?.nodeName} ${node?.textContent?.slice(0, 40)}`)}`,
          );
    };
    const observer = new PerformanceObserver((list) => count(list.getEntries()));
    observer.observe({ type: 'layout-shift', buffered: true });
    const painted = () => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r)));
    await document.fonts.ready;
    for (let y = 0; y < 8000; y += 800) {
      scrollTo(0, y);
      await painted();
    }
    scrollTo(0, 0);
    await painted();
    count(observer.takeRecords());
    return shifts;
  });
}
