/** A build starts no program, speaks to nobody and opens no file outside, whatever stands in notes, configuration, templates and plugins. */

import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { folderOf } from '../support/folder.ts';
import { makeSite, png } from '../support/sites.ts';
import { hasStrace, reach } from './strace.ts';

const SITE = {
  'postil.yml':
    'title: T\nurl: https://example.org/\nbibliography: posts/all.bib\nplugins: [./plugin.mjs]\nog: {images: true}\n',
  'plugin.mjs': 'export default () => () => {};\n',
  'templates/parts/date.tsx':
    'export function Day({ date }) {\n  return <time dateTime={date.iso}>{date.day}</time>;\n}\n',
  'posts/all.bib':
    '@article{k, title={One}, author={Li, Wei}, year={2020}, url={https://example.org/paper}}\n',
  'posts/p.png': png(1200, 300),
  'posts/a.md': `---
title: A
date: 2024-03-01
paper: {title: P, arxiv: 2005.12872, url: "https://example.org/p"}
---
![](https://example.org/remote.png) ![](p.png) [@k] <https://example.org/> $x^2$ <iframe src="https://example.org/"></iframe>

\`\`\`js
fetch('https://example.org/');
\`\`\`

\`\`\`dot
digraph { a -> b }
\`\`\`

\`\`\`mermaid
graph LR; A --> B
\`\`\`
`,
};

/** Ways to a file beside the site, as a note may write them. */
const WAYS_OUT = `![a](../../outside/s.png) [b](../../outside/s.md) ![[../../outside/s.png]] ![[../../outside/s]]

[c](..%2f..%2foutside/s.md) <img src="../../outside/s.png" alt="d"> {% asset_img ../../outside/s.png %}

{{< figure src="../../outside/s.png" >}}
`;

it.skipIf(!hasStrace)(
  hasStrace
    ? 'case 12, case 13, case 41 and case 42: a build starts no program, opens no connection and no file outside'
    : 'case 12, case 13, case 41 and case 42: a build starts no program, opens no connection and no file outside (not run: needs strace)',
  async () => {
    const { code, calls } = await reach(['build', makeSite(SITE)]);
    expect(code).toBe(0);
    expect(calls).toEqual([]);
    // And the trace would show both.
    const plugin =
      "import { execFileSync } from 'node:child_process';\nimport { connect } from 'node:net';\nexecFileSync('true');\nawait new Promise((done) => connect(9, '127.0.0.1').on('error', done));\nexport default () => () => {};\n";
    // Here notes also ask for files outside, of which only the plugin may open one.
    const root = folderOf({ 'outside/s.png': 'SECRET', 'outside/s.md': 'SECRET', 'outside/own': '' });
    const own = JSON.stringify(join(root, 'outside/own'));
    const opens = `import { readFileSync } from 'node:fs';\nreadFileSync(${own});\n`;
    const site = makeSite(
      {
        'postil.yml': 'title: T\nurl: https://example.org/\nplugins: [./plugin.mjs]\n',
        'plugin.mjs': opens + plugin,
        'posts/a.md': WAYS_OUT,
        'posts/b.md': '---\ncover: ../../outside/s.png\n---\n',
      },
      join(root, 'site'),
    );
    symlinkSync('../../outside/s.md', join(site, 'posts/link.md'));
    symlinkSync('../../outside', join(site, 'posts/folder'));
    const { calls: traced, opened, code: refused } = await reach(['build', site]);
    expect(refused).toBeGreaterThan(0);
    const outside = opened.filter((line) => line.includes(join(root, 'outside')));
    expect([...new Set(outside.map((line) => /outside\/[^"]*/.exec(line)?.[0]))]).toEqual(['outside/own']);
    expect(opened.filter((line) => /\.\.\/|%2f/i.test(line))).toEqual([]);
    const seen = traced.join('\n');
    expect(seen).toMatch(/execve\("[^"]*true"/);
    expect(seen).toMatch(/connect\(.*127\.0\.0\.1/);
  },
  300_000,
);
