/** A small site that edits itself, and the comparison of its build with that of a clean copy. */

import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { put, quickFolder } from '../support/folder.ts';
import { build, png, snapshot } from '../support/sites.ts';
import { editTemplate, lendCompiled } from './templates.ts';

/** The kinds of edits; the common ones stand more than once. */
export const EDITS = [
  'write note',
  'write note',
  'write note',
  'delete note',
  'rename note',
  'retitle note',
  'retitle note',
  'move folder',
  'same size, same time',
  'touch',
  'picture',
  'public file',
  'configuration',
  'configuration',
  'template',
  'bibliography',
  'bibliography',
  'citation',
  'paper',
  'embed',
  'embed',
  'options',
  'delete output',
  'damage list',
  'damage state',
  'damage store',
  'remove .postil',
  'kill remains',
] as const;

export interface Edit {
  kind: (typeof EDITS)[number];
  a: number;
  b: number;
  n: number;
}

const NOTES = [
  'a.md',
  'b.md',
  'c.md',
  '笔记.md',
  'sub/a.md',
  'sub/deep/d.md',
  'sub/index.md',
  '_drafts/e.md',
  'about.md',
  'constructor.md',
  'a.b.md',
  'z.md',
];
const PICTURES = ['p.png', 'sub/p.png', 'q.png', 'sub/r.svg'];
const PUBLIC = ['robots.txt', 'favicon.svg', 'x', 'x/y.txt', 'posts/a/index.html', 'CNAME', 'files/p.png'];
const CONFIG = [
  'title: T\nurl: https://example.org/\n',
  'title: Other\nurl: https://example.org/base/\n',
  'title: T\nurl: https://example.org/\nper-page: 2\n',
  'title: T\nurl: https://example.org/\npermalink: /:year/:slug/\n',
  'title: T\nurl: https://example.org/\npermalink: /:slug.html\n',
  'title: T\nurl: https://example.org/\nmath:\n  macros:\n    \\R: \\mathbb{R}\n',
  'title: T\nlang: en\n',
  'title: T\nnav:\n  - 首页: /\n',
  'title: T\nurl: https://example.org/\npublish: explicit\n',
  'title: T\nurl: https://example.org/\nbibliography: [posts/papers.bib, posts/sub/more.bib]\n',
  'title: T\nurl: https://example.org/\ntheme: { zhu: "#0a6640", dark: { bg: "#101010" } }\n',
  'title: T\nurl: https://example.org/\ntheme: { measure: 44rem, title: Georgia }\n',
  'title: T\nurl: https://example.org/\nmarkdown: true\n',
  'title: T\nurl: https://example.org/\nmarkdown: true\nlicence: CC-BY-4.0\ncitation: true\n',
  'title: T\nurl: https://example.org/\nlicence: { name: Mine, url: https://example.org/mine }\nauthor: 李\n',
  'title: T\nurl: https://example.org/\nedit: https://github.com/me/notes/edit/main/\noffline: false\n',
  'title: T\nurl: https://example.org/\ntimezone: Z\ndescription: About\ndialects: []\n',
  'titel: T\n',
  'title: [\n',
];
const BIBS = ['posts/papers.bib', 'posts/papers.bib', 'posts/sub/more.bib'];
const ONE =
  '@article{k1, title={One}, author={Li, Wei}, year={2020}, eprint={2005.12872}, archiveprefix={arXiv}}\n';
const BIB = [
  undefined,
  '',
  ONE,
  '@article{k1, title={Two}}\n',
  `${ONE}@book{k2, title={Book}, editor={Ann Lee and others}, doi={10.1/x}, edition={2}}\n`,
  `@misc{K1, title={Other letters}}\n${ONE}@misc{k3}\n`,
  '@article{k',
];
const CITATIONS = [
  '[@k1]',
  '[@k1, §3; @k2]',
  '[@arxiv:2005.12872v2]',
  '[@doi:10.1/x; @K1]',
  '[@nobody]',
  '[@p; @k3]',
  'nothing',
];
const FIRST_CITATION = /\[@[^\]]*\]/;
const LAST_CITATION = /\[@[^\]]*\](?![\s\S]*\[@)/;
const PAPERS = [
  '',
  'paper: {title: P, key: k1, authors: [Ann Lee], year: 2021}\n',
  "paper: {title: Q, arxiv: '2005.12872'}\n",
  'paper: [{title: P, key: p}, {title: Book, doi: 10.1/x}]\n',
];
const EMBEDS = [
  '![[a]]',
  '![[b#Part]]',
  '![[sub/a#^blk]]',
  '![[#Part]]',
  '![[c#eq:a]]',
  '![[笔记#tab:t]]',
  'Announced:\n\n![[z#^blk]]',
  '![[p.png]]',
];

/** Text of a note that uses what makes notes depend on each other. */
function noteText(n: number): string {
  const pick = <T>(list: readonly T[], salt: number) => list[(n * 7 + salt * 13) % list.length]!;
  const lines = [
    '---',
    `title: ${pick(['One', 'Two', '三', 'A & <b>', '"quo: ted"'], 1)}`,
    ...(n % 3 === 0 ? [`date: 202${n % 7}-0${1 + (n % 9)}-1${n % 10}`] : []),
    ...(n % 4 === 1
      ? [`tags: [${pick(['x', 'y', 'x, y', 'constructor', '视觉', '视觉/检测, x', 'One'], 2)}]`]
      : []),
    ...(n % 5 === 2 ? [`categories: [${pick(['P', 'P, Q', '[P, Q]'], 3)}]`] : []),
    ...(n % 6 === 3
      ? [`permalink: ${pick(['/x/', '/x/y/', '/x.html', '/x.html/y/', '/A/', '/a/'], 4)}`]
      : []),
    ...(n % 7 === 4 ? ['draft: true'] : []),
    ...(n % 8 === 5 ? ['type: page'] : n % 16 === 7 ? ['type: tag'] : []),
    ...(n % 9 === 6 ? ['aliases: [other name]'] : []),
    ...(n % 10 === 7 ? ['publish: true'] : []),
    ...(n % 11 === 8 ? [PAPERS[1 + (n % 3)]!.trimEnd()] : []),
    ...(n % 12 === 2 ? [`depth: ${pick(['精读', '略读'], 8)}`] : []),
    ...(n % 12 === 5 ? ['series: 系列'] : []),
    ...(n % 9 === 2 ? ['builds-on: [a]', 'compares: [k1]'] : []),
    ...(n % 9 === 4 ? [`results: [{dataset: D, metric: M, value: ${n}}]`] : []),
    ...(n % 23 === 9 ? ['title: twice'] : []),
    '---',
    '',
    'Text with $\\R^2$ and a formula, 也有匈牙利匹配 and a focal loss',
    '',
    '$$ a^2 \\tag{1} \\label{eq:a} $$',
    '',
    `See [[a]], [[${pick(['b', '笔记', 'sub/a', 'other name', 'nothing', 'd'], 5)}#Part]], [[b#eq:a]] and ${pick(CITATIONS, 10)}.`,
    '',
    ...(n % 2 ? [pick(EMBEDS, 6), ''] : []),
    ...(n % 3 ? [`![alt](${pick(['p.png', 'sub/p.png', '../p.png', 'q.png', 'r.svg'], 7)})`, ''] : []),
    ...(n % 5 === 1
      ? [`${pick(['匈牙利匹配 (matching)', '**focal loss**'], 9)}:: meaning ${n} in [[b]]`, '']
      : []),
    ...(n % 7 === 2 ? ['> [!question]', '> why?', ''] : []),
    ...(n % 7 === 5 ? ['```results', 'dataset: D', 'metric: M', '```', ''] : []),
    '## Part',
    '',
    ...(n % 4 ? ['```js', `const n = ${n};`, '```', ''] : []),
    ...(n % 5 ? ['- item[^1]', '', '[^1]: foot', ''] : []),
    ...(n % 3 ? [`Named ${pick(CITATIONS, 11)} with $x^${n % 9}$. ^blk`, ''] : []),
    ...(n % 4 === 3 ? ['| a |', '|---|', '| 1 |', '', ': Caption {#tab:t}', ''] : []),
    ...(n % 13 === 0 ? ['<script>alert(1)</script>', ''] : []),
  ];
  return lines.join('\n');
}

export class Editor {
  readonly #root = quickFolder();
  readonly #site = join(this.#root, 'site');
  #options = { drafts: false, strict: false, jobs: 2, out: 'dist' };
  #spoilt = false;

  constructor() {
    put(this.#site, 'postil.yml', CONFIG[0]!);
    put(this.#site, 'posts/a.md', noteText(0));
    put(this.#site, 'posts/b.md', noteText(8));
    put(this.#site, 'posts/sub/a.md', noteText(5));
    put(this.#site, 'posts/p.png', png(20, 10));
  }

  remove(): void {
    rmSync(this.#root, { recursive: true, force: true });
  }

  /** Makes the next comparison fail, if it compares at all. */
  spoil(): void {
    this.#spoilt = true;
  }

  /** Builds in place and in a clean copy, and compares results, messages and bytes. */
  async compare(): Promise<void> {
    const clean = join(this.#root, 'clean');
    rmSync(clean, { recursive: true, force: true });
    const own = /^(?:\.postil|dist)/;
    mkdirSync(clean);
    for (const name of readdirSync(this.#site))
      if (!own.test(name)) cpSync(join(this.#site, name), join(clean, name), { recursive: true });
    await lendCompiled(clean);
    const { out, ...options } = this.#options;
    const before = snapshot(join(this.#site, out));
    const here = await build({ site: this.#site, out: join(this.#site, out), ...options });
    const there = await build({ site: clean, out: join(clean, out), ...options, jobs: 1 });
    expect(here.diagnostics).toEqual(there.diagnostics);
    expect(here.published).toBe(there.published);
    const after = snapshot(join(this.#site, out));
    if (this.#spoilt) after.set('index.html', 'other');
    expect([...after]).toEqual([...(there.published ? snapshot(join(clean, out)) : before)]);
    if (here.published) {
      const again = await build({ site: this.#site, out: join(this.#site, out), ...options });
      expect(again).toMatchObject({ unchanged: true, written: 0, deleted: 0 });
    }
  }

  apply({ kind, a, b, n }: Edit): void {
    const site = this.#site;
    const note = (i: number) => join(site, 'posts', NOTES[i % NOTES.length]!);
    /** One of the notes that are there. */
    const there = (i: number) => {
      const paths = NOTES.map((_, k) => note(k)).filter((path) => existsSync(path));
      return paths[i % Math.max(1, paths.length)] ?? note(i);
    };
    const edit: Record<Edit['kind'], () => void> = {
      'write note': () => write(note(a), noteText(n)),
      'delete note': () => rmSync(note(a), { force: true }),
      'rename note': () => move(note(a), note(b)),
      'retitle note': () => {
        if (existsSync(note(a)))
          write(note(a), readFileSync(note(a), 'utf8').replace(/^title: .*$/m, `title: Retitled ${b}`));
      },
      'move folder': () => {
        const [from, to] = [join(site, 'posts/sub'), join(site, 'posts/moved')];
        if (existsSync(from) && !existsSync(to)) renameSync(from, to);
        else if (existsSync(to) && !existsSync(from)) renameSync(to, from);
      },
      'same size, same time': () => {
        if (!existsSync(note(a))) return;
        const { atime, mtime } = statSync(note(a));
        const text = readFileSync(note(a), 'utf8');
        write(
          note(a),
          text.replace(/Text with|With texts/, (t) =>
            t === 'Text with' ? 'With texts'.slice(0, 9) : 'Text with',
          ),
        );
        utimesSync(note(a), atime, mtime);
      },
      touch: () => {
        const when = [new Date(0), new Date(), new Date('2099-01-01')][n % 3]!;
        if (existsSync(note(a))) utimesSync(note(a), when, when);
      },
      picture: () => {
        const path = join(site, 'posts', PICTURES[a % PICTURES.length]!);
        if (n % 3 === 0) rmSync(path, { force: true });
        else write(path, png(1 + (b % 3) * 10, 10, n % 4));
      },
      'public file': () => {
        const path = join(site, 'public', PUBLIC[a % PUBLIC.length]!);
        if (n % 3 === 0) remove(path);
        else write(path, `${n % 5}.example.org`);
      },
      configuration: () => write(join(site, 'postil.yml'), CONFIG[n % CONFIG.length]!),
      template: () => editTemplate(site, a, n),
      bibliography: () => {
        const path = join(site, BIBS[a % BIBS.length]!);
        const text = BIB[n % BIB.length];
        if (text === undefined) rmSync(path, { force: true });
        else write(path, text);
      },
      citation: () =>
        change(there(a), n % 2 ? FIRST_CITATION : LAST_CITATION, CITATIONS[n % CITATIONS.length]!),
      paper: () => {
        change(there(a), /^paper: .*\n/m, '');
        change(there(a), /^(?=title: )/m, PAPERS[n % PAPERS.length]!);
      },
      embed: () => {
        change(there(a), /^!\[\[.*\]\]$/m, 'Once embedded.');
        change(there(a), /\n*$/, `\n\n${EMBEDS[n % EMBEDS.length]}\n`);
      },
      options: () => {
        const { drafts, out } = this.#options;
        if (n % 3 === 0) this.#options.drafts = !drafts;
        else if (n % 3 === 1) this.#options.out = out === 'dist' ? 'dist2' : 'dist';
        else this.#options.jobs = 1 + (n % 2);
      },
      'delete output': () => {
        const files = [...snapshot(join(site, this.#options.out)).keys()].filter((p) => p !== '.postil.json');
        const path = files[n % Math.max(1, files.length)];
        if (n % 7 === 0) rmSync(join(site, this.#options.out), { recursive: true, force: true });
        else if (path && n % 2) rmSync(join(site, this.#options.out, path));
        else if (path) writeFileSync(join(site, this.#options.out, path), 'edited by hand');
      },
      'damage list': () => damage(join(site, this.#options.out, '.postil.json'), n),
      'damage state': () => this.#damageAll(/^state-/, n),
      'damage store': () => this.#damageAll(/\.pack$/, n),
      'remove .postil': () => rmSync(join(site, '.postil'), { recursive: true, force: true }),
      'kill remains': () => {
        const lock = JSON.stringify({ pid: 4_190_000, host: hostname(), started: '' });
        put(site, '.postil/stage/0', 'half');
        put(site, '.postil/lock', lock);
        put(site, '.postil/store/.writing-4190000-0', 'half');
      },
    };
    edit[kind]();
  }

  #damageAll(pattern: RegExp, n: number): void {
    const folder = join(this.#site, '.postil');
    for (const path of snapshot(folder).keys())
      if (pattern.test(path.split('/').at(-1)!)) damage(join(folder, path), n);
  }
}

/** Writes a file; where a folder stands in its place, or a file in that of its folder, nothing happens. */
function write(path: string, contents: string | Uint8Array): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, contents);
  } catch {}
}

/** Where a file stands in place of a folder above it, there is nothing to remove. */
function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true });
  } catch {}
}

function move(from: string, to: string): void {
  if (!existsSync(from) || from === to) return;
  mkdirSync(dirname(to), { recursive: true });
  renameSync(from, to);
}

/** Rewrites a piece of a note that is there. */
function change(path: string, pattern: RegExp, text: string): void {
  if (existsSync(path))
    write(
      path,
      readFileSync(path, 'utf8').replace(pattern, () => text),
    );
}

/** Truncates a file, flips a bit of it, empties it, or writes something else. */
function damage(path: string, n: number): void {
  if (!existsSync(path)) return;
  const { size } = statSync(path);
  if (n % 4 === 0) truncateSync(path, Math.floor((size * (n % 97)) / 97));
  else if (n % 4 === 1) writeFileSync(path, '');
  else if (n % 4 === 2) writeFileSync(path, '{"other": "format"}');
  else {
    const bytes = readFileSync(path);
    if (size > 0) bytes[(n * 7919) % size]! ^= 1 << (n % 8);
    writeFileSync(path, bytes);
  }
}
