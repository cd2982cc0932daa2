import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { Chrome } from '../../src/emit/chrome.ts';
import { graphPage } from '../../src/emit/lineage.ts';
import { link } from '../../src/link/link.ts';
import { theme } from '../../templates/theme.ts';
import { CLIENT } from '../support/client.ts';
import { lineageNotes } from '../support/lineage.ts';
import { compileText } from '../support/notes.ts';

async function mapOf(notes: Record<string, string>) {
  const { config } = readConfig('title: T', undefined);
  const indexes = [];
  for (const [path, text] of Object.entries(notes)) indexes.push((await compileText(text, path)).index);
  const site = link(indexes, { ...config, drafts: false });
  return {
    site,
    page: graphPage(site, new Chrome(config, theme, { client: CLIENT, icon: undefined, keeps: false })),
  };
}

test('the map of 500 notes is small', async () => {
  const { site, page } = await mapOf(lineageNotes(500));
  expect(site.diagnostics).toEqual([]);
  expect(site.graph.nodes).toHaveLength(500);
  expect(site.graph.edges.length).toBeGreaterThan(1000);
  const svg = gzipSync(page.view.svg, { level: 6 }).length;
  const whole = gzipSync(theme.render('graph', page.view), { level: 6 }).length;
  expect(svg).toBeLessThan(24_000);
  expect(whole).toBeLessThan(42_000);
});

test('a name on the map ends at no colon inside a formula, and has letters for it', async () => {
  const { page } = await mapOf({
    'a.md': '---\ntitle: A\npaper: {title: "On $f: X$ maps"}\nbuilds-on: [b]\n---\nx',
    'b.md': '---\ntitle: B\npaper: {title: "$L_p$-Net: Norms"}\n---\nx',
  });
  expect([...page.view.svg.matchAll(/y="4">(.*?)</g)].map((m) => m[1])).toEqual(['A', 'Lₚ-Net']);
});
