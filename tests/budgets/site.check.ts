/**
 * The budgets of the built ten-note site: what each note page weighs, and what every kind of page must be:
 * accessible, valid, steady. Prints the table that stands in docs/reading.md; `UPDATE=1` writes it there.
 */

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { HtmlValidate } from 'html-validate';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../../src/package.ts';
import { launch } from '../browser/chromium.ts';
import { excessWidth } from '../browser/in-page.ts';
import { KINDS } from '../browser/kinds.ts';
import { open, type ServedSite, serveOwnSite, type Watched } from '../browser/site.ts';
import { freePort, shortcomings } from './lighthouse.ts';
import { LIMITS, type Measure } from './limits.ts';
import { layoutShifts, measure, measureSearch } from './measure.ts';

const PAGES: Record<string, string> = { ...KINDS, 'search with results': 'search/?q=attention' };
/** Lighthouse takes seconds a page and axe sees to accessibility on all of them: one of each sort will do. */
const FOR_LIGHTHOUSE = [KINDS.index, KINDS.note, KINDS['tag page']];
const WIDTHS = [320, 390, 768, 1044, 1280, 1440];
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

let browser: Browser;
let port: number;
let site: ServedSite;
beforeAll(async () => {
  port = await freePort();
  [browser, site] = await Promise.all([launch([`--remote-debugging-port=${port}`]), serveOwnSite()]);
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
});

/** Pages that nobody looks at just now. A new one costs Chromium more than what is asked of most of them. */
const idle: Watched[] = [];
async function withPage<T>(look: (watched: Watched) => Promise<T>): Promise<T> {
  const watched = idle.pop() ?? (await open(browser, 'about:blank'));
  watched.errors.length = 0;
  // Each load shall wait for styles and fonts as the first one does.
  const devtools = await watched.page.context().newCDPSession(watched.page);
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
  try {
    return await look(watched);
  } finally {
    await devtools.detach();
    idle.push(watched);
  }
}
const at = (path: string) => new URL(path, site.url).href;

const notes = readdirSync(join(root, 'posts'))
  .filter((name) => name.endsWith('.md') && name !== 'about.md')
  .map(
    (name) =>
      /^slug:\s*(\S+)/m.exec(readFileSync(join(root, 'posts', name), 'utf8'))?.[1] ?? name.slice(0, -3),
  );

it('gives Lighthouse no reason for less than 100 in accessibility, best practices and SEO', async () => {
  const found: string[] = [];
  for (const path of FOR_LIGHTHOUSE)
    found.push(...(await shortcomings(port, at(path))).map((what) => `/${path} ${what}`));
  expect(found).toEqual([]);
});

it('keeps every note page within its budgets', async () => {
  const rows = await withPage(async ({ page }) => {
    const search = await measureSearch(page, at(KINDS.note));
    const measured: [string, Measure][] = [];
    for (const slug of notes) measured.push([slug, await measure(page, at(`posts/${slug}/`), search)]);
    return measured;
  });
  const table = printTable(rows);
  console.log(`\n${table}`);
  const docs = join(root, 'docs/reading.md');
  const text = readFileSync(docs, 'utf8');
  const place = /(<!-- budgets -->\n)[\s\S]*?(<!-- \/budgets -->)/;
  if (process.env.UPDATE) writeFileSync(docs, text.replace(place, `$1\n${table}\n$2`));
  // A page without its style was not measured.
  expect(rows.filter(([, m]) => m.css === 0).map(([slug]) => slug)).toEqual([]);
  const over = rows.flatMap(([slug, m]) =>
    (Object.keys(LIMITS) as (keyof Measure)[])
      .filter((key) => m[key] > LIMITS[key])
      .map((key) => `${slug}: ${key} ${m[key]} > ${LIMITS[key]}`),
  );
  expect(over).toEqual([]);
});

describe.each(Object.entries(PAGES))('%s', (_, path) => {
  it('does not move, is not wider than the screen, and has no fault that axe finds', async () => {
    const found = await withPage(async ({ page, errors }) => {
      const found: string[] = [];
      await page.emulateMedia({ colorScheme: 'light' });
      for (const width of [390, 1440]) {
        await page.setViewportSize({ width, height: 844 });
        await page.goto(at(path));
        // Results come when they are found, in the place of the list that stands there without a script.
        if (path.includes('?q=')) await page.waitForSelector('.found');
        else for (const shift of await layoutShifts(page)) found.push(`${width} px: layout shift ${shift}`);
      }
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 844 });
        const excess = await page.evaluate(excessWidth);
        if (excess !== 0) found.push(`${width} px: ${excess} px too wide`);
      }
      await page.evaluate(axe);
      for (const width of [1440, 390]) {
        await page.setViewportSize({ width, height: 844 });
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme });
          for (const violation of await page.evaluate(runAxe))
            found.push(`${width} ${colorScheme} ${violation}`);
        }
      }
      return [...found, ...errors];
    });
    expect(found).toEqual([]);
  });

  it('is valid HTML', async () => {
    const html = await (await fetch(at(path))).text();
    const report = await new HtmlValidate({
      extends: ['html-validate:standard'],
      rules: {
        // Preact prints attributes and void elements its own, valid way.
        'no-inline-style': 'off',
        'void-style': 'off',
        'attribute-boolean-style': 'off',
        'attribute-empty-style': 'off',
        'long-title': 'off',
        'no-raw-characters': 'off',
        'no-trailing-whitespace': 'off',
        // Rules of design, which axe judges with style applied.
        'prefer-native-element': 'off',
        'no-implicit-button-type': 'off',
        'tel-non-breaking': 'off',
      },
    }).validateString(html);
    const messages = report.results.flatMap((r) =>
      r.messages.map((m) => `${m.line}:${m.column} ${m.ruleId} ${m.message}`),
    );
    expect([...new Set(messages)].slice(0, 10)).toEqual([]);
  });
});

/** Runs in the page, with axe in it. */
async function runAxe(): Promise<string[]> {
  interface Axe {
    run(
      where: Document,
      options: unknown,
    ): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
  }
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const { axe } = window as unknown as { axe: Axe };
  const { violations } = await axe.run(document, {
    runOnly: { type: 'tag', values: tags },
    resultTypes: ['violations'],
    // Style sheets are fetched again for one rule only, which is experimental and not asked.
    preload: { assets: ['media'] },
  });
  return violations.map((v) => `${v.id}: ${v.nodes[0]?.html.slice(0, 160)}`);
}

function printTable(rows: [string, Measure][]): string {
  const keys = Object.keys(LIMITS) as (keyof Measure)[];
  const show = (key: keyof Measure, value: number) =>
    LIMITS[key] > 1000 && key !== 'nodes' ? `${(value / 1000).toFixed(1)} kB` : String(value);
  const line = (cells: string[]) => `| ${cells.join(' | ')} |\n`;
  return (
    line(['page', ...keys]) +
    line(['---', ...keys.map(() => '---:')]) +
    line(['**limit**', ...keys.map((k) => show(k, LIMITS[k]))]) +
    rows
      .map(([slug, m]) =>
        line([slug, ...keys.map((k) => show(k, m[k]) + (m[k] > LIMITS[k] ? ' **over**' : ''))]),
      )
      .join('')
  );
}
