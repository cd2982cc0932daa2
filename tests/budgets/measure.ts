/** Measures one page: its bytes, requests, fonts and elements, as a browser meets them. */

import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import type { Measure } from './limits.ts';

const gzipped = (bytes: Uint8Array | string) => gzipSync(bytes, { level: 9 }).length;
const INLINE_FONT = /data:font\/woff2;base64,([A-Za-z0-9+/=]+)/g;

/** @param search bytes of the search code, which are the same for every page */
export async function measure(browser: Browser, url: string, search: number): Promise<Measure> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const bodies = new Map<string, Buffer>();
  const pending: Promise<unknown>[] = [];
  page.on('response', (response) => {
    pending.push(
      response
        .body()
        .then((body) => bodies.set(response.url(), body))
        .catch(() => {}),
    );
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  await page.evaluate(() => document.fonts.ready);
  await Promise.all(pending);
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
  const result: Measure = {
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
  await page.close();
  return result;
}

/** Bytes that opening search and asking for the first word fetches: code, index and what is shown. */
export async function measureSearch(browser: Browser, url: string): Promise<number> {
  // What passes through the service worker would be seen twice.
  const page = await browser.newPage({ serviceWorkers: 'block' });
  await page.goto(url, { waitUntil: 'networkidle' });
  const fetched = new Set<string>();
  page.on('request', (request) => {
    if (/\/search\/|\/search\.json$|\/assets\/.*\.js$/.test(request.url())) fetched.add(request.url());
  });
  await page.click('a.search');
  await page.waitForSelector('dialog[open] input');
  await page.fill('dialog input', 'attention');
  await page.waitForSelector('.found');
  await page.close();
  // The browser has not always kept a body that the page has read; the server gives it again.
  const bodies = await Promise.all([...fetched].map(async (a) => (await fetch(a)).arrayBuffer()));
  return bodies.reduce((total, body) => total + gzipped(new Uint8Array(body)), 0);
}

/** Shifts of layout from the first paint to the end of a scroll. The browser remembers those before the call. */
export async function layoutShift(page: Page): Promise<number> {
  return page.evaluate(async () => {
    let total = 0;
    const count = (list: PerformanceEntryList) => {
      for (const entry of list as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
        if (!entry.hadRecentInput) total += entry.value;
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
    return total;
  });
}
