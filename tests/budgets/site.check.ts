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
import { open, type ServedSite, serveOwnSite } from '../browser/site.ts';
import { freePort, shortcomings } from './lighthouse.ts';
import { LIMITS, type Measure, OVER } from './limits.ts';
import { layoutShift, measure, measureSearch } from './measure.ts';

const KINDS: Record<string, string> = {
  index: '',
  note: 'posts/detr/',
  page: 'about/',
  tag: 'tags/目标检测/',
  tags: 'tags/',
  category: 'categories/计算机视觉/',
  archive: 'archives/',
  paper: 'papers/carion2020detr/',
  papers: 'papers/',
  graph: 'graph/',
  questions: 'questions/',
  search: 'search/',
  offline: 'offline/',
  'not found': 'no/such/page/',
};
/** Lighthouse takes seconds a page and axe sees to accessibility on all of them: one of each sort will do. */
const FOR_LIGHTHOUSE = ['index', 'note', 'tag'];
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
const at = (path: string) => new URL(path, site.url).href;

const notes = readdirSync(join(root, 'posts'))
  .filter((name) => name.endsWith('.md') && name !== 'about.md')
  .map(
    (name) =>
      /^slug:\s*(\S+)/m.exec(readFileSync(join(root, 'posts', name), 'utf8'))?.[1] ?? name.slice(0, -3),
  );

it('keeps every note page within its budgets', async () => {
  const search = await measureSearch(browser, at('posts/detr/'));
  const rows: [string, Measure][] = [];
  for (const slug of notes) rows.push([slug, await measure(browser, at(`posts/${slug}/`), search)]);
  const table = printTable(rows);
  console.log(`\n${table}`);
  const docs = join(root, 'docs/reading.md');
  const text = readFileSync(docs, 'utf8');
  const place = /(<!-- budgets -->\n)[\s\S]*?(<!-- \/budgets -->)/;
  if (process.env.UPDATE) writeFileSync(docs, text.replace(place, `$1\n${table}\n$2`));
  const over = rows.flatMap(([slug, m]) =>
    (Object.keys(LIMITS) as (keyof Measure)[])
      .filter((key) => m[key] > Math.max(LIMITS[key], OVER[slug]?.[key] ?? 0))
      .map((key) => `${slug}: ${key} ${m[key]} > ${LIMITS[key]}`),
  );
  expect(over).toEqual([]);
});

describe.each(Object.entries(KINDS))('%s', (_, path) => {
  it('does not move, is not wider than the screen, and has no fault that axe finds', async () => {
    const found: string[] = [];
    for (const width of [390, 1440]) {
      const { page, errors } = await open(browser, at(path), { viewport: { width, height: 844 } });
      const shift = await layoutShift(page);
      const excess = await page.evaluate(excessWidth);
      if (excess !== 0) found.push(`${width} px: ${excess} px too wide`);
      if (shift !== 0) found.push(`${width} px: layout shift of ${shift}`);
      await page.evaluate(axe);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        for (const violation of await page.evaluate(runAxe))
          found.push(`${width} ${colorScheme} ${violation}`);
      }
      found.push(...errors);
      await page.context().close();
    }
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

describe('Lighthouse', () => {
  it.each(FOR_LIGHTHOUSE)('gives 100 in accessibility, best practices and SEO: %s', async (kind) => {
    expect(await shortcomings(port, at(KINDS[kind]!))).toEqual([]);
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
