/**
 * Cases 1 to 14, 20, 23 and 28: what is wrong with notes and files. All faults stand in one site that has been built
 * before: one run of the command line names each at its place, ends with 1, and leaves every other byte on the disk
 * as it was.
 */

import { linkSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { splitFrontMatter } from '../../src/compile/front-matter.ts';
import { decode } from '../../src/read/decode.ts';
import { folderOf, postil, put, type Ran } from '../support/folder.ts';
import { compileText } from '../support/notes.ts';
import { build, makeSite, snapshot } from '../support/sites.ts';

const utf16 = (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le');

/** Faults by case: files of `posts/`, and the messages as `severity id place`. */
const FAULTS: Record<string, { files: Record<string, string | Uint8Array>; said: string[] }> = {
  'case 2: YAML syntax': {
    files: {
      'colon.md': '---\ndate: 2024-03-01\ntitle: Attention: a survey\n---\n',
      'tab.md': '---\ntitle: A\n\ttags: [a]\n---\n',
      'flow.md': '---\ntitle: A\ntags: [a, b\n---\n',
      'quote.md': '---\ntitle: "A\n---\n',
    },
    said: [
      'error front-matter/yaml colon.md:3:8',
      'error front-matter/yaml tab.md:3:1',
      'error front-matter/yaml flow.md:3:12',
      'error front-matter/yaml quote.md:2:10',
    ],
  },
  'case 3: keys that stand twice, and keys that are misspelt': {
    files: { 'twice.md': '---\ntitle: A\ntitle: B\n---\n', 'tittle.md': '---\ntittle: A\n---\n' },
    said: ['error front-matter/yaml twice.md:3:1', 'warning front-matter/unknown tittle.md:2:1'],
  },
  'case 5: control characters that YAML makes of LaTeX': {
    files: {
      'alpha.md': '---\ntitle: "$\\alpha$"\n---\n',
      'beta.md': '---\ntitle: B\ntags: ["\\beta"]\n---\n',
      'theta.md': '---\ndescription: "\\theta"\n---\n',
      'rho.md': '---\npaper: {title: "\\rho"}\n---\n',
      'frac.md': '---\nresults: [{dataset: "\\frac", metric: m, value: 1}]\n---\n',
      'separator.md': '---\ntitle: "a\\u2028b"\n---\n',
      'surrogate.md': '---\ntitle: "a\\ud800b"\n---\n',
      'override.md': '---\ntitle: "a\\u202Etxt.exe"\n---\n',
    },
    said: [
      'error front-matter/control alpha.md:2:8',
      'error front-matter/control beta.md:3:8',
      'error front-matter/control theta.md:2:14',
      'error front-matter/control rho.md:2:16',
      'error front-matter/control frac.md:2:21',
      'error front-matter/control separator.md:2:8',
      'error front-matter/control surrogate.md:2:8',
      'warning front-matter/direction override.md:2:8',
    ],
  },
  'case 6: types of values': {
    files: {
      'date.md': '---\ndate: soon\n---\n',
      'day.md': '---\ndate: 2024-02-30\n---\n',
      'draft.md': '---\ndraft: perhaps\n---\n',
      'sticky.md': '---\nsticky: [1]\n---\n',
      'year.md': '---\npaper: {title: T, year: MMXX}\n---\n',
    },
    said: [
      'error front-matter/type date.md:2:7',
      'error front-matter/type day.md:2:7',
      'error front-matter/type draft.md:2:8',
      'error front-matter/type sticky.md:2:9',
      'error front-matter/type year.md:2:25',
    ],
  },
  'case 8: front matter of other shapes': {
    files: {
      'list.md': '---\n- a\n- b\n---\nTEXT-LIST\n',
      'text.md': '---\n\nHello\n\n---\nTEXT-TEXT\n',
      'unclosed.md': '---\ntitle: A\n\nTEXT-UNCLOSED\n',
    },
    said: [
      'error front-matter/shape list.md:2:1',
      'error front-matter/shape text.md:3:1',
      'error front-matter/unclosed unclosed.md:1:1',
    ],
  },
  'case 9: bytes that are no text': {
    files: {
      'utf8.md': Buffer.concat([Buffer.from('# 标题\n\n正'), Buffer.from([0xff])]),
      'utf16.md': utf16('# A\n'),
      'nul.md': 'a\nb\0c\n',
      'cr.md': '# A\r\rtext\r',
      'half.md': Buffer.from([0x61, 0xed, 0xa0, 0x80]),
    },
    said: [
      'error fs/not-utf8 utf8.md:3:2',
      'error fs/not-utf8 utf16.md:1:1',
      'error fs/nul nul.md:2:2',
      'error fs/line-ends cr.md:1:4',
      'error fs/not-utf8 half.md:1:3',
    ],
  },
  'case 10: two names that are one in another Unicode form': {
    files: { 'caf\u00e9.md': '# One\n', 'cafe\u0301.md': '# Two\n' },
    said: ['error fs/same-name caf\u00e9.md'],
  },
  'case 11: names that Windows cannot hold': {
    files: {
      'con.md': '# A\n',
      'dot..md': '# A\n',
      'aux/index.md': '# A\n',
      [`${'x'.repeat(240)}.md`]: '# A\n',
      'slug.md': '---\nslug: "a:b"\n---\n',
    },
    said: [
      'error url/invalid con.md',
      'error url/invalid dot..md',
      'error url/invalid aux/index.md',
      `error url/invalid ${'x'.repeat(240)}.md`,
      'error url/invalid slug.md:2:7',
    ],
  },
  'case 12: symbolic links': {
    // Made by hand below.
    files: {},
    said: ['link.md', 'folder', 'loop', 'broken.md', 'device.md'].map((n) => `warning fs/symlink ${n}`),
  },
  'case 13: ways out of the site': {
    files: {
      'slug-up.md': '---\nslug: ../x\n---\n',
      'slug-windows.md': "---\nslug: 'C:\\x'\n---\n",
      'slug-encoded.md': '---\nslug: "..%2fx"\n---\n',
      'slug-empty.md': '---\nslug: "."\n---\n',
      'permalink.md': '---\npermalink: /a/../../x/\n---\n',
      'git.md': '---\npermalink: /.git/config\n---\n',
      'alias.md': '---\naliases: [../../x/]\n---\n',
      'tag.md': '---\ntags: [..]\n---\n',
      'picture.md': '![a](../../outside/s.png)\n',
      'embed.md': '![[../../outside/s.png]]\n',
      'address.md': '[a](..%2f..%2foutside/s.txt)\n',
      'unc.md': '![a](\\\\\\\\evil.test\\x.png)\n',
      'null.md': '![a](x%00.png)\n',
      'hexo.md': '{% asset_img ../../outside/s.png %}\n',
      'hugo.md': '{{< figure src="../../outside/s.png" >}}\n',
      'html.md': '<img src="../../outside/s.png" alt="a">\n',
      'cover.md': '---\ncover: ../../outside/s.png\n---\n',
    },
    said: [
      'error url/invalid slug-up.md:2:7',
      'error url/invalid slug-windows.md:2:7',
      'error url/invalid slug-encoded.md:2:7',
      'error url/invalid slug-empty.md:2:7',
      'error url/invalid permalink.md:2:12',
      'error url/invalid git.md:2:12',
      'error url/invalid alias.md:2:11',
      'error url/invalid tag.md:2:8',
      'error link/outside picture.md:1:1',
      'error link/outside address.md:1:1',
      'error link/outside unc.md:1:1',
      'error link/outside null.md:1:1',
      'error link/outside hexo.md:1:1',
      'error link/outside hugo.md:1:1',
      'error link/outside html.md:1:1',
      'error link/outside cover.md:2:8',
    ],
  },
  'case 14: two pages at one address': {
    files: {
      'd1/same.md': '# A\n',
      'd2/same.md': '# B\n',
      'Case.md': '# A\n',
      'd3/case.md': '# A\n',
      'shadow.md': '---\naliases: [/posts/shadowed/]\n---\n',
      'shadowed.md': '# A\n',
      'tags.md': '---\npermalink: /tags/\n---\n',
      'folder-page.md': '---\npermalink: /posts/shadowed/index.html\n---\n',
    },
    said: [
      'error url/duplicate d1/same.md:1:1',
      'error url/duplicate Case.md:1:1',
      'error url/duplicate shadow.md:2:11',
      'error url/duplicate tags.md:1:1',
    ],
  },
  'case 20: files that browsers run': {
    files: {
      'active.md': '[a](run.html) [b](run.js) ![c](run.svg) [d](run.xsd) [e](run.html.bak)\n',
      'run.html': '<script>alert(1)</script>',
      'run.html.bak': '<script>alert(1)</script>',
      'run.js': 'alert(1)',
      'run.xsd': '<r><x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script></r>',
      'run.svg': '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    },
    said: [
      'error file/active run.html',
      'error file/active run.html.bak',
      'error file/active run.js',
      'error file/active run.xsd',
      'warning image/svg-active run.svg',
    ],
  },
  'case 23: old addresses that lead elsewhere': {
    files: Object.fromEntries(
      ['//evil.test/x/', 'https://evil.test/', 'javascript:alert(1)/', '"><script>/', '/a/../b/'].map(
        (a, i) => [`old${i}.md`, `---\naliases: [${JSON.stringify(a)}]\n---\n`],
      ),
    ),
    said: [0, 1, 2, 3, 4].map((i) => `error url/invalid old${i}.md:2:11`),
  },
  'case 28: a note that is too large, and folders nested too deeply': {
    files: {
      'large.md': 'x'.repeat(2_000_001),
      [`${'d/'.repeat(70)}a.md`]: '# A\n',
    },
    said: ['error note/too-large large.md', `error fs/too-deep ${'d/'.repeat(65)}`],
  },
};

const OPENERS =
  'js,javascript,JS ,coffee,cson,json,toml,toString,constructor,__proto__,hasOwnProperty,ejs,ts'.split(',');

describe('faults of content', () => {
  let root: string;
  let ran: Ran;
  let before: Map<string, string>;
  beforeAll(async () => {
    root = folderOf({
      'outside/s.png': 'SECRET',
      'outside/s.txt': 'SECRET',
      'outside/note.md': 'SECRET',
      'site/postil.yml': 'title: T\nurl: https://example.org/\ndialects: [obsidian, hexo, hugo]\n',
      'site/posts/good.md': '# Good\n',
    });
    const site = join(root, 'site');
    expect(await build({ site })).toMatchObject({ published: true });
    for (const { files } of Object.values(FAULTS))
      for (const [name, text] of Object.entries(files)) put(site, `posts/${name}`, text);
    const run = "require('fs').writeFileSync(process.env.CANARY,'x')";
    OPENERS.forEach((o, i) => {
      put(site, `posts/opener${i}.md`, `---${o}\n{title: (${run})}\n---\n`);
    });
    for (const [name, target] of [
      ['link.md', '../../outside/note.md'],
      ['folder', '../../outside'],
      ['loop', '.'],
      ['broken.md', 'nothing'],
      ['device.md', '/dev/zero'],
    ] as const)
      symlinkSync(target, join(site, 'posts', name));
    before = snapshot(root, (path) => path.startsWith('site/.postil'));
    ran = await postil(['build', site], { env: { CANARY: join(root, 'canary') } });
  }, 120_000);

  it('case 1: front matter in another language is never run', () => {
    const said = [...ran.stderr.matchAll(/^error\[front-matter\/language\] posts\/opener\d+\.md:1:4/gm)];
    expect(said).toHaveLength(OPENERS.length);
  });

  it.each(Object.entries(FAULTS))('%s', (_, { files, said }) => {
    const all = [...ran.stderr.matchAll(/^(error|warning)\[([^\]]+)\] posts\/(\S+)/gm)].map(
      (m) => `${m[1]} ${m[2]} ${m[3]}`,
    );
    const names = new Set([...Object.keys(files), ...said.map((s) => s.split(' ')[2]!.replace(/:.*/, ''))]);
    // Links that find nothing are told as well; they are another matter.
    const here = all.filter(
      (s) => names.has(s.split(' ')[2]!.replace(/(?::\d+)*$/, '')) && !/ link\/(?:missing|file) /.test(s),
    );
    expect(here.sort()).toEqual([...said].sort());
  });

  it('cases 1 to 14: all in one run, exit 1, nothing else touched, no stack trace', () => {
    expect(ran.code).toBe(1);
    expect(ran.stdout).toContain('Nothing was published; ');
    expect(ran.stderr).not.toMatch(/^\s+at .*:\d+:\d+\)?$/m);
    expect(snapshot(root, (path) => path.startsWith('site/.postil'))).toEqual(before);
  });
});

describe('front matter', () => {
  it('case 4: bombs are refused where they stand', () => {
    const names = 'abcdefghi'.split('');
    const aliases = `a: &a [x,x,x,x,x,x,x,x,x]\n${names
      .slice(1)
      .map((n, i) => `${n}: &${n} [${`*${names[i]},`.repeat(9)}]`)
      .join('\n')}\ntags: *i`;
    const merge = `a: &a {x: 1}\n${names
      .slice(1)
      .map((n, i) => `${n}: &${n} {<<: [${`*${names[i]},`.repeat(9)}]}`)
      .join('\n')}\npaper: *i`;
    for (const yaml of [aliases, merge, `tags: ${'['.repeat(5000)}`, `tags: ${'{a: '.repeat(5000)}`]) {
      const { fields, diagnostics } = splitFrontMatter(`---\n${yaml}\n---\n`, 'a.md');
      expect(fields).toBeUndefined();
      expect(diagnostics.map((d) => [d.id, typeof d.line])).toEqual([['front-matter/yaml', 'number']]);
    }
  });

  it('case 6: values come as they were typed', async () => {
    const { index } = await compileText(
      '---\ntitle: 123\ntags: [010, 1e5, no, 1:30, 1.10, ~x]\ndate: 2024-03-01\npaper: {title: 2001, arxiv: 2301.00010, doi: 10.10, year: 2024}\n---\n',
    );
    expect(index.meta).toMatchObject({
      title: '123',
      tags: ['010', '1e5', 'no', '1:30', '1.10', '~x'],
      date: { day: '2024-03-01' },
      papers: [{ title: '2001', arxiv: '2301.00010', doi: '10.10', year: 2024 }],
    });
    const id = fc.tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 99999 }));
    await fc.assert(
      fc.asyncProperty(id, async ([a, b]) => {
        const arxiv = `${String(a).padStart(4, '0')}.${String(b).padStart(5, '0')}`;
        const note = await compileText(`---\npaper: {title: T, arxiv: ${arxiv}}\n---\n`);
        expect(note.index.meta.papers[0]!.arxiv).toBe(arxiv);
      }),
      { numRuns: 200 },
    );
  });

  it('case 8: no text is lost, whatever stands at the beginning', async () => {
    for (const start of [
      '---\n',
      '---\n\n',
      '----\n',
      '---\n# no field\n---\n',
      '---\n---\n',
      '***\n',
      '--- x\n',
    ]) {
      const note = await compileText(`${start}TEXT\n`);
      const shown = JSON.stringify(note.sections);
      expect([start, shown.includes('TEXT') || note.diagnostics.some((d) => d.severity === 'error')]).toEqual(
        [start, true],
      );
    }
  });
});

describe('bytes', () => {
  it('case 9: BOM, CRLF and mixed line ends are one text', () => {
    const text = '---\ntitle: 甲\n---\n\n一\n二\n';
    const texts = [text, `\ufeff${text}`, text.replaceAll('\n', '\r\n'), text.replace('\n\n', '\r\n\n')];
    for (const t of texts) expect(decode(Buffer.from(t), 'a.md')).toEqual({ text });
  });

  it('case 10: a name is found in every Unicode form, and sorted alike everywhere', async () => {
    const site = makeSite({
      'posts/cafe\u0301.md': '# 一\n',
      'posts/ß.md': '# 二\n',
      'posts/İ.md': '# 三\n',
      'posts/a.md':
        '[[caf\u00e9]] [[cafe\u0301]] [[CAF\u00c9]] [[ß]] [[İ]] [x](caf\u00e9.md) [y](cafe%CC%81.md)\n',
    });
    const { diagnostics, published } = await build({ site });
    expect([published, diagnostics]).toEqual([true, []]);
    const page = readFileSync(join(site, 'dist/posts/a/index.html'), 'utf8');
    expect(page.match(/class="internal" href="\/posts\/caf%C3%A9\/"/g)).toHaveLength(5);
  });

  it('case 12: a hard link is a file; posts/ itself may be no link', async () => {
    const root = folderOf({ 'elsewhere/a.md': '# A\n', 'site/postil.yml': 'url: https://example.org/\n' });
    symlinkSync('../elsewhere', join(root, 'site/posts'));
    const linked = await build({ site: join(root, 'site') });
    expect(linked.diagnostics.map((d) => `${d.id} ${d.file}`)).toContain('fs/symlink-folder posts');
    expect(linked.published).toBe(false);
    rmSync(join(root, 'site/posts'));
    put(root, 'site/posts/b.md', '# B\n');
    linkSync(join(root, 'elsewhere/a.md'), join(root, 'site/posts/a.md'));
    expect(await build({ site: join(root, 'site') })).toMatchObject({ published: true, notes: 2 });
  });
});

it('case 7: names of Object.prototype are names like any other', async () => {
  const site = makeSite({
    'postil.yml':
      'title: T\nurl: https://example.org/\ndialects: [obsidian, hexo, hugo]\nbibliography: posts/all.bib\n',
    'posts/all.bib':
      '@constructor{constructor, title={A}, author={B, C}, year={2000}}\n@article{toString, title={B}, author={B, C}, year={2000}, __proto__={x}}\n',
    'posts/__proto__.md': '# Proto\n\n[[constructor]] [[hasOwnProperty]]\n',
    'posts/constructor.md': `---
tags: [toString, __proto__, hasOwnProperty]
categories: [constructor, __proto__]
series: __proto__
aliases: [hasOwnProperty]
macros: {__proto__: x, constructor: y}
builds-on: [__proto__]
paper: {title: P, key: __proto__, authors: [constructor]}
results: [{dataset: __proto__, metric: constructor, value: 1, __proto__: 2}]
__proto__: {polluted: true}
constructor: {prototype: {polluted: true}}
---
# A {#constructor}

[[__proto__]] [[hasOwnProperty]] [@constructor] [@toString] a[^__proto__] #valueOf $\\constructor$

[^__proto__]: note

{% note constructor %}
x
{% endnote %}

{% constructor x %} {{< toString >}} {% raw __proto__=1 %}

> [!constructor] a
> b

\`\`\`constructor {__proto__}
x
\`\`\`
`,
    'public/__proto__': 'a',
    'public/constructor': 'b',
  });
  const { published, diagnostics } = await build({ site });
  expect(published).toBe(true);
  expect(diagnostics.map((d) => `${d.id} ${d.file}:${d.line}`).sort()).toEqual([
    'code/language posts/constructor.md:28',
    'dialect/unknown posts/constructor.md:23',
    'dialect/unknown posts/constructor.md:23',
  ]);
  expect(({} as { polluted?: true }).polluted).toBeUndefined();
  const paths = [...snapshot(join(site, 'dist')).keys()];
  for (const path of [
    'posts/__proto__/index.html',
    'posts/constructor/index.html',
    'tags/toString/index.html',
    'tags/__proto__/index.html',
    'categories/constructor/__proto__/index.html',
    'series/__proto__/index.html',
    'papers/toString/index.html',
    '__proto__',
    'constructor',
  ])
    expect(paths).toContain(path);
  expect(await build({ site })).toMatchObject({ unchanged: true });
});
