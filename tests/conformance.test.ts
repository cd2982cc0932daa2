/**
 * Every example of the CommonMark specification, and of GFM's extensions, through Postil's whole pipeline.
 * `npm run conformance` runs them and writes the figures into `docs/conformance.md`.
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { commonmark, type Example, gfm } from './conformance/examples.ts';
import { bodyOf, normal } from './conformance/normal.ts';
import { compileText } from './support/notes.ts';

const path = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const reasons = parse(readFileSync(path('./conformance/differences.yml'), 'utf8')) as {
  why: string;
  commonmark?: number[];
  gfm?: number[];
}[];

/** Numbers of the examples that come out differently, each with both sides. */
async function differences(examples: Example[]): Promise<Map<number, string>> {
  const out = new Map<number, string>();
  for (const { number, markdown, html } of examples) {
    // The title keeps the first heading in the text.
    const note = await compileText(`---\ntitle: 例\n---\n${markdown}`);
    const ours = normal(bodyOf(note), false);
    const theirs = normal(html, true);
    if (ours !== theirs) out.set(number, `${markdown}\nexpected: ${theirs}\n     got: ${ours}`);
  }
  return out;
}

const suites = [
  { name: 'commonmark', title: 'CommonMark 0.31.2', examples: commonmark },
  { name: 'gfm', title: 'GFM extensions', examples: gfm },
] as const;

for (const { name, examples } of suites) {
  test(`${name}: what differs is listed, with the reason`, async () => {
    const found = await differences(examples);
    if (process.env.SHOW) for (const [n, both] of found) console.log(`#${n}\n${both}\n`);
    const listed = reasons.flatMap((r) => r[name] ?? []).sort((a, b) => a - b);
    expect([...found.keys()]).toEqual(listed);
  });
}

test('the figures in the docs are the ones measured', () => {
  const rows = suites.map(({ name, title, examples }) => {
    const differ = reasons.flatMap((r) => r[name] ?? []).length;
    return `| ${title} | ${examples.length} | ${examples.length - differ} | ${differ} |`;
  });
  const list = reasons.map(({ why, commonmark: c = [], gfm: g = [] }) => {
    const numbers = [...c.map(String), ...g.map((n) => `GFM ${n}`)];
    return `- **${numbers.length}**: ${why} (${numbers.join(', ')})`;
  });
  const page = `---
title: Conformance
type: page
---

Every example of the specifications, compiled by Postil's whole pipeline and compared with the expected HTML. The
frame that Postil puts around code and tables, ids of headings and attributes of links are left out of the
comparison; a heading of size 1 makes all headings one step smaller, because the page's own is the title. The test
\`tests/conformance.test.ts\` fails when an example changes sides; \`npm run conformance\` writes this page.

| Suite | Examples | As specified | Different |
| --- | ---: | ---: | ---: |
${rows.join('\n')}

## What differs, and why

${list.join('\n')}
`;
  if (process.env.UPDATE) writeFileSync(path('../docs/conformance.md'), page);
  expect(readFileSync(path('../docs/conformance.md'), 'utf8')).toBe(page);
});
