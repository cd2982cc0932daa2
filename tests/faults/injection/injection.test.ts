/**
 * Cases 16 to 24: payload × position. A site in which each note has one payload in every place that an author
 * writes; every page, feed and preview of it is read as a browser would. A sample here, all of them with
 * `npm run test:long`.
 */

import { join } from 'node:path';
import { XMLValidator } from 'fast-xml-parser';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serve } from '../../../src/serve/preview.ts';
import { launch } from '../../browser/chromium.ts';
import { readFolder } from '../../support/folder.ts';
import { build, makeSite } from '../../support/sites.ts';
import { faultsOfFragment, faultsOfPage, inlineCode, textOfPage } from './oracle.ts';
import { ACTIVE_URLS, OWN_COUNT, PAYLOADS } from './payloads.ts';
import { BODY, bibEntry, COVER, DRAWINGS, mark, noteOf, POSITIONS } from './positions.ts';

const LONG = process.env.POSTIL_LONG === '1';
const CONFIG =
  'title: T\nurl: https://example.org/\ndialects: [obsidian, hexo, hugo]\nbibliography: posts/all.bib\n';
/** Evenly spread over all, so that every kind is met. */
const sample = LONG ? PAYLOADS : PAYLOADS.filter((_, i) => i % 40 === 27);
const names = Object.keys(BODY);

/** Where the last site was written. */
let dist = '';

/** Builds notes, and reads what was written, or the errors. */
async function tryBuild(notes: Record<string, string>, bibliography = '') {
  const files = Object.fromEntries(Object.entries(notes).map(([path, text]) => [`posts/${path}.md`, text]));
  const site = makeSite({ 'postil.yml': CONFIG, 'posts/all.bib': bibliography, ...files });
  const { published, diagnostics } = await build({ site });
  const errors = diagnostics.filter((d) => d.severity === 'error');
  expect(published).toBe(errors.length === 0);
  dist = join(site, 'dist');
  const written = published ? [...readFolder(dist)] : [];
  return { errors, files: new Map(written.map(([path, bytes]) => [path, bytes.toString()])) };
}
async function built(notes: Record<string, string>): Promise<Map<string, string>> {
  const { errors, files } = await tryBuild(notes);
  expect(errors).toEqual([]);
  return files;
}

/** Everything wrong with everything written. */
function faultsOf(files: Map<string, string>, inline: ReadonlySet<string>): string[] {
  const faults: string[] = [];
  const say = (path: string, found: string[]) => faults.push(...found.map((f) => `${path}: ${f}`));
  for (const [path, text] of files) {
    if (path.endsWith('.html')) say(path, faultsOfPage(text, { inline }));
    else if (path.endsWith('.xml')) {
      const valid = XMLValidator.validate(text);
      if (valid !== true) say(path, [valid.err.msg]);
    } else if (path.endsWith('.json')) JSON.parse(text);
  }
  const { items } = JSON.parse(files.get('feed.json')!) as { items: { content_html: string }[] };
  for (const item of items) say('feed.json', faultsOfFragment(item.content_html));
  return faults;
}

describe('cases 16 to 19 and cases 23 to 24: payload × position', () => {
  let files: Map<string, string>;
  let inline: Set<string>;
  let hostile: string;
  const refused = new Map<number, Set<number>>();
  beforeAll(
    async () => {
      const harmless = await built({ n0: '---\ntags: [t]\n---\na $x$\n' });
      inline = new Set([...harmless].filter(([p]) => p.endsWith('.html')).flatMap(([, t]) => inlineCode(t)));
      const bibliography = sample.map(bibEntry).join('\n');
      const first = sample.map((p, i) => noteOf(p, i));
      const tried = await tryBuild(
        Object.fromEntries(first.map(({ text }, i) => [`n${i}`, text])),
        bibliography,
      );
      for (const { id, file, line, message } of tried.errors) {
        // An address that leads out of the site is refused, at its place.
        expect([id, message]).toEqual(['link/outside', expect.any(String)]);
        const i = Number(/n(\d+)\.md$/.exec(file!)![1]);
        const block = first[i]!.lines.findLastIndex((l) => l <= line!);
        refused.set(i, (refused.get(i) ?? new Set()).add(block === -1 ? COVER : block));
      }
      const notes = sample.map((p, i) => [`n${i}`, noteOf(p, i, refused.get(i)).text]);
      const again = await tryBuild(Object.fromEntries(notes), bibliography);
      expect(again.errors).toEqual([]);
      files = again.files;
      hostile = dist;
    },
    LONG ? 3_000_000 : 300_000,
  );

  it('there are enough of both', () => {
    expect(PAYLOADS.length).toBeGreaterThanOrEqual(700);
    expect(OWN_COUNT).toBeGreaterThanOrEqual(250);
    expect(POSITIONS).toBeGreaterThanOrEqual(25);
    if (LONG) console.log(`${sample.length} of ${PAYLOADS.length} payloads in ${POSITIONS} positions`);
  });

  it('nothing on any page or in any feed runs, loads, covers or breaks out', () => {
    expect(files.size).toBeGreaterThan(sample.length * 3);
    expect(faultsOf(files, inline).slice(0, 20)).toEqual([]);
  });

  it(
    'every position was reached; what swallowed the rest of its note is tried alone',
    async () => {
      const swallowed: [string, number, number][] = [];
      sample.forEach((payload, i) => {
        const text = textOfPage(files.get(`posts/n${i}/index.html`)!);
        names.forEach((_, n) => {
          if (!text.includes(mark(n))) swallowed.push([payload, i, n]);
        });
      });
      const alone = swallowed.map(([p, i, n]) => [`s${i}-${n}`, `${BODY[names[n]!]!(p, i)}\n`]);
      // Most positions stand on their own.
      expect(swallowed.length).toBeLessThan((sample.length * names.length) / 4);
      if (alone.length > 0) expect(faultsOf(await built(Object.fromEntries(alone)), inline)).toEqual([]);
    },
    LONG ? 3_000_000 : 300_000,
  );

  it(
    'drawings',
    async () => {
      const notes: Record<string, string> = {};
      const step = LONG ? 8 : 13;
      for (let k = 0; k < sample.length; k += step)
        for (const [kind, write] of Object.entries(DRAWINGS))
          notes[`${kind.replace(/\W+/g, '-')}-${k}`] = `${write(sample.slice(k, k + step))}\n`;
      const { errors } = await tryBuild(notes);
      for (const { id, file, line } of errors) {
        // What cannot be drawn is said at its place.
        expect([id, line]).toEqual(['drawing/source', expect.any(Number)]);
        delete notes[file!.slice('posts/'.length, -'.md'.length)];
      }
      const drawn = await built(notes);
      expect(faultsOf(drawn, inline)).toEqual([]);
      const pictures = [...drawn].filter(
        ([path, text]) => path.startsWith('posts/') && /<svg[^>]+viewBox/.test(text),
      );
      expect(pictures.length).toBe(Object.keys(notes).length);
    },
    LONG ? 3_000_000 : 300_000,
  );

  it('and the reader would notice: the payloads themselves, put into a page', () => {
    const page = files.get('index.html')!;
    const raw = PAYLOADS.slice(ACTIVE_URLS.length, ACTIVE_URLS.length + 100).filter((p) => /^<\w/.test(p));
    const unnoticed = raw.filter(
      (p) =>
        faultsOfPage(page.replace('</main>', `<article><div>${p}</div></article></main>`), { inline })
          .length === 0,
    );
    const addresses = ACTIVE_URLS.filter(
      (u) => faultsOfFragment(`<a href="${u.replaceAll('"', '&quot;')}">x</a>`).length === 0,
    );
    expect(raw.length).toBeGreaterThan(80);
    // What no browser makes anything of, at this place, as it is written.
    expect(unnoticed.sort()).toEqual([
      '<audio autoplay src=//evil.test/x.mp3>',
      '<frameset onload=alert(1)><frame src=javascript:alert(1)></frameset>',
      '<img src=`x`onerror=alert(1)>',
      '<img/src=x/onerror=alert(1)>',
      '<p class="masthead bar" data-zoom=x data-copy=x>x</p>',
      '<scr<script>ipt>alert(1)</scr</script>ipt>',
      '<script\u2028>alert(1)</script>',
      '<td background=javascript:alert(1)>',
    ]);
    expect(addresses).toEqual(['\\6aavascript:alert(1)', 'javascript%3Aalert(1)']);
  });

  describe('cases 16 to 18, 21 and 22: the hostile site in Chromium', () => {
    let browser: Browser;
    let server: Awaited<ReturnType<typeof serve>>;
    beforeAll(async () => {
      [browser, server] = await Promise.all([launch(), serve(hostile, '/', 0)]);
    }, 120_000);
    afterAll(async () => {
      await browser?.close();
      await server?.close();
    });

    /** A page in which every dialog, violation of the policy and error is written down. */
    async function trapped(serviceWorkers: 'allow' | 'block' = 'allow') {
      const context = await browser.newContext({ viewport: { width: 1100, height: 800 }, serviceWorkers });
      const fired: string[] = [];
      await context.exposeFunction('postilFired', (what: string) => void fired.push(what));
      await context.addInitScript(() => {
        const fire = (what: string) =>
          void (globalThis as unknown as { postilFired(what: string): void }).postilFired(
            `${location.pathname}: ${what}`,
          );
        for (const name of ['alert', 'confirm', 'prompt', 'print', 'open'] as const)
          globalThis[name] = (() => fire(name)) as never;
        document.addEventListener('securitypolicyviolation', (e) => {
          // A picture of another host that the policy keeps out is what the policy is for.
          if (!/^(?:img|media)-src/.test(e.effectiveDirective))
            fire(`${e.effectiveDirective} ${e.blockedURI} ${e.sample}`);
        });
      });
      const page = await context.newPage();
      page.on('dialog', (dialog) => {
        fired.push(`dialog ${dialog.message()}`);
        void dialog.dismiss();
      });
      page.on('pageerror', (error) => {
        // A navigation that comes while another page is still fading in ends that transition.
        if (!/Transition was (?:aborted|skipped)/.test(String(error))) fired.push(String(error));
      });
      await page.route(
        (url) => url.origin !== new URL(server.url).origin,
        (route) => route.abort(),
      );
      return { page, fired };
    }

    it(
      'no page runs, asks or breaks anything, pointed at and focused',
      async () => {
        const { page, fired } = await trapped();
        const paths = [...files.keys()].filter((p) => p.endsWith('index.html') && !p.startsWith('papers/'));
        // Every page was read above as a browser reads it. Of the thousands of lists, which repeat what stands on the
        // pages of notes, Chromium opens a twelfth.
        const kinds = paths.filter((p, i) => /^posts\//.test(p) || i % 12 === 0 || p.split('/').length < 3);
        for (const path of kinds) {
          await page.goto(new URL(encodeURI(path), server.url).href, { waitUntil: 'load' });
          await page.evaluate(() => {
            for (const element of document.querySelectorAll<HTMLElement>('article *, main li')) {
              for (const type of [
                'pointerover',
                'mouseover',
                'mouseenter',
                'pointerenter',
                'animationstart',
                'scroll',
              ])
                element.dispatchEvent(new Event(type, { bubbles: true }));
              element.focus?.({ preventScroll: true });
              if (element instanceof HTMLDetailsElement) element.open = true;
            }
          });
        }
        expect(kinds.length).toBeGreaterThan(sample.length);
        expect(fired).toEqual([]);
        await page.context().close();
      },
      LONG ? 3_000_000 : 300_000,
    );

    it('case 21: what is searched for and found is text', async () => {
      const { page, fired } = await trapped();
      await page.goto(server.url);
      await page.keyboard.press('/');
      await page.waitForSelector('dialog[open] input');
      for (const query of [
        '(',
        '[',
        '.*',
        '\\',
        'alert(1)',
        '<img src=x onerror=alert(1)>',
        'x'.repeat(10_000),
        'constructor',
      ]) {
        await page.fill('dialog input', '');
        await page.fill('dialog input', query);
        await page.waitForFunction(() => document.querySelector('.status')?.textContent !== '');
      }
      await page.fill('dialog input', 'alert');
      await page.waitForSelector('.found');
      const made = await page
        .locator('dialog')
        .evaluate((dialog) =>
          [...dialog.querySelectorAll('*')].flatMap((e) => [
            e.tagName.toLowerCase(),
            ...[...e.attributes].filter((a) => /^on/.test(a.name)).map((a) => a.name),
          ]),
        );
      expect(
        made.filter((n) => /^(?:img|script|iframe|svg:script|object|embed|style|on.*)$/.test(n)),
      ).toEqual([]);
      expect(fired).toEqual([]);
      await page.context().close();
    }, 120_000);

    it('case 22: a preview shows text, and a link whose preview cannot be had is a link', async () => {
      // What the service worker has kept it would answer, whatever the route says.
      const { page, fired } = await trapped('block');
      await page.goto(new URL('posts/n1/', server.url).href);
      // A name or address in a payload may lead to this very page, of which no preview is shown.
      const link = page.locator('.prose a.internal[href="/posts/n2/"]:visible').first();
      // Scrolling closes a preview, so the page must stand still first.
      await link.scrollIntoViewIfNeeded();
      await page.waitForTimeout(300);
      await link.hover();
      await page.waitForSelector('.preview:popover-open');
      const names = await page
        .locator('.preview')
        .evaluate((card) => [...card.querySelectorAll('*')].map((e) => e.tagName));
      expect(names).toContain('P');
      expect(names.filter((n) => /^(?:IMG|SCRIPT|IFRAME|OBJECT|STYLE)$/.test(n))).toEqual([]);
      // The pointer still rests on the link: nothing may be fetched before the route is closed.
      await page.mouse.move(0, 0);
      await page.route('**/preview.json', (route) => route.abort());
      await page.reload();
      await link.scrollIntoViewIfNeeded();
      await page.waitForTimeout(300);
      const asked = page.waitForEvent('requestfailed', (r) => r.url().endsWith('/posts/n2/preview.json'));
      await link.hover();
      await asked;
      await page.waitForTimeout(600);
      expect(await page.locator('.preview:popover-open').count()).toBe(0);
      expect(await link.getAttribute('href')).toMatch(/^\/posts\//);
      expect(fired).toEqual([]);
      await page.context().close();
    }, 120_000);
  });
});
