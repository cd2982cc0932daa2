/** `docs/markdown.md` shows every construct beside its result: Postil builds it, and both halves are the same text. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from '../support/folder.ts';
import { build, makeSite } from '../support/sites.ts';

const text = readFileSync(join(repository, 'docs/markdown.md'), 'utf8');

test('what is shown as source is what is rendered below it', () => {
  const examples = [...text.matchAll(/^(`{3,})markdown\n([\s\S]*?)\n\1\n\n/gm)];
  expect(examples.length).toBeGreaterThan(15);
  for (const example of examples) {
    const source = example[2]!;
    expect(text.slice(example.index + example[0].length).slice(0, source.length)).toBe(source);
  }
});

test('the page is built without a message of its own', async () => {
  const site = makeSite({
    'postil.yml': 'url: https://example.org\n',
    'posts/markdown.md': text,
    'posts/linking.md': '---\ntitle: Linking\n---\n文字\n',
    'posts/papers.md': '---\ntitle: Papers\n---\n文字\n',
    'posts/conformance.md': readFileSync(join(repository, 'docs/conformance.md'), 'utf8'),
  });
  const { diagnostics } = await build({ site, jobs: 1 });
  expect(diagnostics.map((d) => `${d.file}:${d.line} ${d.message}`)).toEqual([]);
  const page = readFileSync(join(site, 'dist/markdown/index.html'), 'utf8');
  // Nothing that should have become something is left as it was typed, outside code.
  const words = page.replace(/<code[\s\S]*?<\/code>|\sdata-tex="[^"]*"|<script[\s\S]*?<\/script>/g, '');
  for (const sign of ['%%', '==', '[[', '[!', '\\begin', '\\eqref', '^[', '$$', 'onclick', 'math-error'])
    expect(words).not.toContain(sign);
});
