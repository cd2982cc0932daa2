/** What is put into finished HTML, and where it must not be. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { build } from '../../src/build.ts';
import { folderOf } from '../support/folder.ts';

let site: string;
const page = (slug: string) => readFileSync(join(site, 'dist/posts', slug, 'index.html'), 'utf8');

beforeAll(async () => {
  site = folderOf({
    'postil.yml': 'title: T\nurl: https://example.org/\nlang: en\n',
    'posts/term.md': '# Term\n\n**anchor box**:: A box laid out beforehand.\n',
    'posts/use.md':
      '# Use\n\n> [!note]- An anchor box in a summary\n> Text.\n\n<details><summary>An anchor box</summary>\n\nAn anchor box at last.\n\n</details>\n',
    'posts/marks.md': '# Marks\n\nOne.[^a] Two.[^a]\n\n## Part\n\nThree.[^a] Four.[^a]\n\n[^a]: The note.\n',
    'posts/embeds.md': '# Embeds\n\n![[marks#Part]]\n',
  });
  await build({ site, jobs: 1 });
});

test('a term in a summary, which opens something itself, is no link: the next one is', () => {
  const links = [...page('use').matchAll(/<summary[\s\S]*?<\/summary>|<a class="term"[^>]*>[^<]*/g)];
  expect(links.map(([text]) => /class="term"/.test(text))).toEqual([false, false, true]);
});

test('in an embedded piece, the first mark of a footnote is its first use', () => {
  const ids = (slug: string) =>
    [...page(slug).matchAll(/<sup class="fnref[^>]* id="([^"]+)"/g)].map(([, id]) => id);
  const all = ids('marks');
  expect(all).toHaveLength(4);
  // The ids of the first two marks of the note itself, not those of its third and fourth.
  expect(ids('embeds')).toEqual(all.slice(0, 2).map((id) => `e1-${id}`));
});
