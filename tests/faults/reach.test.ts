/** A build starts no program and speaks to nobody, whatever stands in notes, configuration, templates and plugins. */

import { expect, it } from 'vitest';
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

it.skipIf(!hasStrace)(
  hasStrace
    ? 'case 41 and case 42: a build starts no program and opens no connection'
    : 'case 41 and case 42: a build starts no program and opens no connection (not run: needs strace)',
  async () => {
    const { code, calls } = await reach(['build', makeSite(SITE)]);
    expect(code).toBe(0);
    expect(calls).toEqual([]);
    // And the trace would show both.
    const plugin =
      "import { execFileSync } from 'node:child_process';\nimport { connect } from 'node:net';\nexecFileSync('true');\nconst to = connect(9, '127.0.0.1');\nto.on('error', () => {});\nexport default () => () => {};\n";
    const site = makeSite({
      'postil.yml': 'title: T\nurl: https://example.org/\nplugins: [./plugin.mjs]\n',
      'plugin.mjs': plugin,
      'posts/a.md': '# A\n',
    });
    const seen = (await reach(['build', site])).calls.join('\n');
    expect(seen).toMatch(/execve\("[^"]*true"/);
    expect(seen).toMatch(/connect\(.*127\.0\.0\.1/);
  },
  300_000,
);
