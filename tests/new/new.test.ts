import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { splitFrontMatter } from '../../src/compile/front-matter.ts';
import { readMeta } from '../../src/compile/meta.ts';
import { ask, NoAnswer } from '../../src/new/answers.ts';
import { draftNote, numberedSlug, shortName, slugOf } from '../../src/new/draft.ts';
import { identify } from '../../src/new/identify.ts';
import { isSegment } from '../../src/paths.ts';
import { citationKey, freeKey } from '../../src/people.ts';
import { decode } from '../../src/read/decode.ts';

const run = promisify(execFile);
const CLI = new URL('../../bundle/cli.js', import.meta.url).pathname;

/** The shape of arXiv's answer, as its manual shows it. */
const ARXIV = `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <title type="html">ArXiv Query</title>
  <entry>
    <id>http://arxiv.org/abs/2005.12872v3</id>
    <published>2020-05-26T17:06:19Z</published>
    <title>End-to-End Object
  Detection with Transformers</title>
    <summary>  We look at detection as set prediction &amp; matching. Code: https://github.com/example/detr.
</summary>
    <author><name>Nicolas Carion</name></author>
    <author><name>Francisco Massa</name></author>
  </entry>
</feed>`;

let server: Server;
let base: string;
const answers = new Map<
  string,
  (tries: number) => { status?: number; body?: string; headers?: Record<string, string>; hang?: boolean }
>();
const tries = new Map<string, number>();

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0]!;
    const count = (tries.get(path) ?? 0) + 1;
    tries.set(path, count);
    const {
      status = 200,
      body = '',
      headers = {},
      hang,
    } = answers.get(decodeURIComponent(path))?.(count) ?? { status: 404 };
    if (!hang) response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => {
  answers.clear();
  tries.clear();
});

function site(notes: Record<string, string> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'postil-new-'));
  mkdirSync(join(folder, 'posts'));
  for (const [name, text] of Object.entries(notes)) writeFileSync(join(folder, 'posts', name), text);
  return folder;
}

async function postil(
  folder: string,
  ...args: string[]
): Promise<{ code: number; out: string; err: string }> {
  try {
    const { stdout, stderr } = await run(process.execPath, [CLI, ...args], { cwd: folder });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

test('tells ids and addresses from titles', () => {
  expect(identify('2005.12872')).toEqual({ kind: 'arxiv', id: '2005.12872' });
  expect(identify('arXiv:2005.12872v3')).toEqual({ kind: 'arxiv', id: '2005.12872' });
  expect(identify('https://arxiv.org/pdf/2005.12872v3.pdf')).toEqual({ kind: 'arxiv', id: '2005.12872' });
  expect(identify('hep-th/9901001')).toEqual({ kind: 'arxiv', id: 'hep-th/9901001' });
  expect(identify('10.1109/CVPR46437.2021.01101')).toEqual({
    kind: 'doi',
    id: '10.1109/CVPR46437.2021.01101',
  });
  expect(identify('https://doi.org/10.48550/arXiv.2005.12872')).toEqual({ kind: 'arxiv', id: '2005.12872' });
  expect(identify('https://openreview.net/forum?id=YicbFdNTTy')).toEqual({
    kind: 'openreview',
    id: 'YicbFdNTTy',
  });
  expect(identify('https://aclanthology.org/2020.acl-main.463/')).toEqual({
    kind: 'acl',
    id: '2020.acl-main.463',
  });
  expect(identify('DETR 读书笔记')).toBeUndefined();
  expect(identify('https://example.org/x')).toBeUndefined();
});

test('makes keys and short names', () => {
  expect(shortName('VirTex: Learning Visual Representations')).toBe('VirTex');
  expect(shortName('The Attention Is All')).toBe('Attention');
  expect(shortName('A 2.4% Determination of the Hubble Constant')).toBe('Determination');
  expect(shortName('1984')).toBe('1984');
  expect(citationKey({ title: 'VirTex: Learning', authors: ['Karan Desai'], year: 2021 })).toBe(
    'desai2021virtex',
  );
});

/** What YAML, addresses or file names could take amiss. */
const trouble = fc.oneof(
  fc.constantFrom(...'"\':#@%\\`|>&*!?-[]{}, ~.=<$/0123eExn_\t\n「」《》【】（）：，中'),
  fc.constantFrom(
    ': ',
    ' #',
    '---\n',
    'true',
    'null',
    '2021-01-01',
    '😀',
    '👩‍🔬',
    'é',
    'con',
    '..',
    '\r',
    '\u0085',
    '\ufeff',
  ),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
);

test('a title is read back as it was given', () => {
  fc.assert(
    fc.property(fc.string({ unit: trouble, minLength: 1, maxLength: 10 }), (given) => {
      const title = given.trim();
      if (title === '') return;
      const file = decode(Buffer.from(draftNote(title, 'x', '2021-01-01 00:00:00', '')), 'x.md');
      const { fields, diagnostics } = splitFrontMatter('text' in file ? file.text : '', 'x.md');
      expect(diagnostics).toEqual([]);
      expect(readMeta(fields, {}).meta.title).toBe(title);
    }),
    { numRuns: 2000 },
  );
});

test('a slug is a file name that is not hidden, as long as it may be', () => {
  fc.assert(
    fc.property(fc.string({ unit: trouble, maxLength: 120 }), (title) => {
      const slug = slugOf(title);
      if (slug === undefined) return;
      expect(isSegment(slug)).toBe(true);
      expect(slug).not.toMatch(/^\.|\.$/);
    }),
    { numRuns: 2000 },
  );
  expect(slugOf('.NET 笔记')).toBe('net-笔记');
  expect(slugOf('../../x')).toBe('x');
  expect(slugOf('The end.')).toBe('the-end');
  expect(slugOf('_x')).toBe('_x');
  expect(slugOf('量'.repeat(67))).toBe('量'.repeat(66));
  // A letter stays with its mark.
  expect(slugOf(`${'a'.repeat(199)}q\u0307b`)).toBe('a'.repeat(199));
  for (const title of ['😀', '...', 'con', '#']) expect(slugOf(title)).toBeUndefined();
  expect(numberedSlug('量'.repeat(66), 2)).toBe(`${'量'.repeat(66)}-2`);
  expect(numberedSlug('a'.repeat(200), 2)).toBe(`${'a'.repeat(198)}-2`);
});

test('what gives no slug is a note with a number', async () => {
  const folder = site();
  for (const [title, name] of [
    ['😀', 'note'],
    ['...', 'note-2'],
    ['con', 'note-3'],
    ['.NET 笔记', 'net-笔记'],
  ] as const) {
    const { code, out } = await postil(folder, 'new', title);
    expect(out).toBe(`made  posts/${name}.md\n`);
    expect(code).toBe(0);
    expect(readFileSync(join(folder, 'posts', `${name}.md`), 'utf8')).toContain(`slug: ${name}\n`);
  }
});

test('services that are no address are told', async () => {
  for (const services of ['nonsense', 'ftp://example.org', 'http://']) {
    const { code, err } = await postil(site(), 'new', '1708.02002', '--services', services);
    expect(err).toMatch(/^error\[usage\] --services must be an address/);
    expect(code).toBe(2);
  }
});

test('fills a note from arXiv and Semantic Scholar, adds it to the bibliography, names notes that mention it', async () => {
  answers.set('/arxiv', () => ({ body: ARXIV }));
  answers.set('/scholar/arXiv:2005.12872', () => ({
    body: JSON.stringify({
      venue: 'European Conference on Computer Vision',
      year: 2020,
      externalIds: { DOI: '10.1007/978-3-030-58452-8_13' },
    }),
  }));
  const folder = site({
    'old.md': '# Old\n\nSee arXiv 2005.12872 for sets.\n',
    'older.MD': 'See arXiv 2005.12872.\n',
  });
  const { code, out } = await postil(folder, 'new', '2005.12872', '--services', base);
  expect(code).toBe(0);
  expect(out).toContain('made  posts/end-to-end.md');
  expect(out).toContain('names it: posts/old.md:3');
  expect(out).toContain('names it: posts/older.MD:1');
  const note = readFileSync(join(folder, 'posts/end-to-end.md'), 'utf8');
  expect(note).toContain('title: End-to-End Object Detection with Transformers\n');
  expect(note).toContain('    - Nicolas Carion\n    - Francisco Massa\n');
  expect(note).toContain(
    '  venue: ECCV\n  year: 2020\n  arxiv: "2005.12872"\n  doi: 10.1007/978-3-030-58452-8_13\n',
  );
  expect(note).toContain('  code: https://github.com/example/detr\n');
  expect(note).toContain('draft: true');
  expect(note).toContain('We look at detection as set prediction & matching.');
  expect(readFileSync(join(folder, 'posts/papers.bib'), 'utf8')).toContain(
    '@inproceedings{carion2020object,',
  );
  // The same once more: nothing is overwritten.
  const again = await postil(folder, 'new', '2005.12872', '--services', base);
  expect(again.code).toBe(2);
  expect(again.err).toContain('posts/end-to-end.md is there already');
  expect(tries.get('/arxiv')).toBe(1);
});

test('reads Crossref, OpenReview and the ACL Anthology', async () => {
  answers.set('/crossref/10.1109/5.771073', () => ({
    body: JSON.stringify({
      message: {
        DOI: '10.1109/5.771073',
        title: ['Toward unique identifiers'],
        author: [{ given: 'N.', family: 'Paskin' }],
        issued: { 'date-parts': [[1999, 7]] },
        'container-title': ['Proceedings of the IEEE'],
      },
    }),
  }));
  answers.set('/openreview', () => ({
    body: JSON.stringify({
      notes: [
        {
          cdate: 1601308000000,
          content: {
            title: { value: 'An Image is Worth' },
            authors: { value: ['Alexey Dosovitskiy'] },
            venue: { value: 'ICLR 2021 Oral' },
          },
        },
      ],
    }),
  }));
  answers.set('/acl/2020.acl-main.463.bib', () => ({
    body: '@inproceedings{bender-koller-2020-climbing,\n    title = "Climbing towards {NLU}",\n    author = "Bender, Emily M.  and\n      Koller, Alexander and Garcia Lopez, Maria and Li Si",\n    year = "2020",\n    doi = "10.18653/v1/2020.acl-main.463",\n}\n',
  }));
  const folder = site();
  for (const given of [
    '10.1109/5.771073',
    'https://openreview.net/forum?id=YicbFdNTTy',
    'https://aclanthology.org/2020.acl-main.463/',
  ]) {
    const { code, err } = await postil(folder, 'new', given, '--services', base);
    expect(err).toBe('');
    expect(code).toBe(0);
  }
  const bib = readFileSync(join(folder, 'posts/papers.bib'), 'utf8');
  expect(bib).toContain('paskin1999toward');
  expect(bib).toMatch(/booktitle = \{ICLR\},\n {2}year = \{2021\}/);
  expect(bib).toContain('author = {Emily M. Bender and Alexander Koller and Garcia Lopez, Maria and Li Si}');
});

/** An answer of arXiv's. */
const arxivOf = (title: string, author: string) =>
  ARXIV.replace(/<title>[^<]*</, `<title>${title}<`)
    .replace(/<author>.*<\/author>/s, `<author><name>${author}</name></author>`)
    .replace('2005.12872v3', '');

test('another paper has another key and another file, and the same paper stays told', async () => {
  const folder = site();
  const made = async (id: string, title: string, author: string) => {
    answers.set('/arxiv', () => ({ body: arxivOf(title, author) }));
    return postil(folder, 'new', id, '--services', base);
  };
  expect((await made('2303.00001', 'Large Language Models', 'Wei Wang')).out).toBe(
    'made  posts/large.md\nadded wang2020large to posts/papers.bib\n',
  );
  const second = await made('2303.00002', 'Large Vision Models', 'Xin Wang');
  expect(second.out).toContain('made  posts/large-2.md\nadded wang2020largea to posts/papers.bib\n');
  const text = readFileSync(join(folder, 'posts/large-2.md'), 'utf8');
  expect(text).toContain('slug: large-2\n');
  expect(text).toContain('  key: wang2020largea\n');
  for (const [id, title, author, file] of [
    ['2303.00001', 'Large Language Models', 'Wei Wang', 'large'],
    ['2303.00002', 'Large Vision Models', 'Xin Wang', 'large-2'],
  ] as const) {
    const again = await made(id, title, author);
    expect(again.err).toContain(`posts/${file}.md is there already`);
    expect(again.code).toBe(2);
  }
});

test('a title that is there already stays told', async () => {
  const folder = site();
  expect((await postil(folder, 'new', 'C 笔记')).out).toBe('made  posts/c-笔记.md\n');
  expect((await postil(folder, 'new', 'C? 笔记')).out).toBe('made  posts/c-笔记-2.md\n');
  const { code, err } = await postil(folder, 'new', 'C 笔记');
  expect(err).toContain('posts/c-笔记.md is there already');
  expect(code).toBe(2);
});

test('the key is the one under which the bibliography or a note has the paper', async () => {
  answers.set('/arxiv', () => ({ body: ARXIV }));
  const folder = site({
    'library.bib':
      '@misc{zoteroKey2020,\n  title = {End-to-End},\n  eprint = {2005.12872v2},\n  archiveprefix = {arXiv}\n}\n',
    'read.md': '---\npaper: {key: own, title: X, doi: 10.1/x}\n---\n',
  });
  writeFileSync(join(folder, 'postil.yml'), 'title: N\nbibliography: [posts/library.bib]\n');
  const first = await postil(folder, 'new', '2005.12872', '--services', base);
  expect(first.out).toContain('kept  posts/library.bib (zoteroKey2020 is in it)\n');
  expect(readFileSync(join(folder, 'posts/end-to-end.md'), 'utf8')).toContain('  key: zoteroKey2020\n');
  expect(existsSync(join(folder, 'posts/papers.bib'))).toBe(false);
  answers.set('/crossref/10.1000/x', () => ({
    body: JSON.stringify({ message: { DOI: '10.1/X', title: ['Y'], author: [] } }),
  }));
  const second = await postil(folder, 'new', '10.1000/x', '--services', base);
  expect(second.out).toContain('added own to posts/papers.bib\n');
});

test('keys that are taken get a letter', () => {
  const taken = new Set<string>();
  const keys = Array.from({ length: 29 }, () => {
    const key = freeKey('Wang2020', taken);
    taken.add(key.toLowerCase());
    return key;
  });
  expect([0, 1, 26, 27, 28].map((n) => keys[n])).toEqual([
    'Wang2020',
    'Wang2020a',
    'Wang2020z',
    'Wang2020aa',
    'Wang2020ab',
  ]);
});

test('the key is that of a paper whose note says none, and any text is looked for in the bibliography', async () => {
  const title = 'C++ for all';
  answers.set('/crossref/10.1109/5.1', () => ({
    body: JSON.stringify({
      message: { title: [title], author: [{ name: '{C++ Group}' }], issued: { 'date-parts': [[2020]] } },
    }),
  }));
  const folder = site({
    'papers.bib': '@misc{c++group2020paper,\n  title = {C++ for all},\n  author = {{C++ Group}}\n}\n',
  });
  const { code, out, err } = await postil(folder, 'new', '10.1109/5.1', '--services', base);
  expect(err).toBe('');
  expect(code).toBe(0);
  expect(citationKey({ title, authors: ['{C++ Group}'], year: 2020 })).toBe('c++group2020paper');
  expect(out).toContain('kept  posts/papers.bib (c++group2020paper is in it)');
  expect(readFileSync(join(folder, 'posts/c.md'), 'utf8')).toContain('key: c++group2020paper\n');
});

test('takes of Crossref what a reference needs, as plain text', async () => {
  const crossref = (doi: string, message: object) =>
    answers.set(`/crossref/${doi}`, () => ({ body: JSON.stringify({ message: { DOI: doi, ...message } }) }));
  crossref('10.1000/journal', {
    type: 'journal-article',
    title: [
      'A 2.4% Study of H<sub>2</sub>O &amp; <i>in\n vivo</i> &lt; 10<sup>12.5</sup> in the 19<sup>th</sup>',
    ],
    subtitle: ['Caf&#xe9;'],
    author: [
      { given: 'Adam G.', family: 'Riess' },
      { name: 'The Big Collaboration' },
      { given: 'Laurens', family: 'van der Maaten' },
      { given: '小明', family: '王' },
      { given: 'Robert', family: 'Downey', suffix: 'Jr.' },
      { given: 'Maria', family: 'Garcia Lopez' },
      { family: 'Plato' },
      {},
    ],
    issued: { 'date-parts': [[2016, 7, 1]] },
    'container-title': ['Astronomy &amp; Space'],
    volume: '826',
    issue: '1 & 2}',
    page: '56-66',
    publisher: 'AAS',
    abstract: '<jats:p>One &amp; two.</jats:p>',
  });
  crossref('10.1000/book', {
    type: 'edited-book',
    title: ['Deep Book'],
    editor: [{ given: 'Ian', family: 'Good' }],
    issued: { 'date-parts': [[2017]] },
    'container-title': ['Adaptive Computation'],
    publisher: 'MIT Press',
    'publisher-location': 'Cambridge',
  });
  crossref('10.1000/conf', {
    type: 'proceedings-article',
    title: ['Conf Paper'],
    author: [{ given: 'Ann', family: 'Bee' }],
    issued: { 'date-parts': [[2019]] },
    event: { acronym: 'KDD ’19' },
    'container-title': ['Proceedings of KDD'],
    'article-number': 'e12',
  });
  const folder = site();
  for (const given of ['10.1000/journal', '10.1000/book', '10.1000/conf']) {
    const { code, err } = await postil(folder, 'new', given, '--services', base);
    expect(err).toBe('');
    expect(code).toBe(0);
  }
  expect(readFileSync(join(folder, 'posts/papers.bib'), 'utf8')).toBe(`@article{riess2016study,
  title = {{A 2.4\\% Study of H₂O \\& in vivo < 10\\textasciicircum{}12.5 in the 19th: Café}},
  author = {Adam G. Riess and {The Big Collaboration} and van der Maaten, Laurens and 王小明 and Downey, Jr., Robert and Garcia Lopez, Maria and Plato},
  journal = {Astronomy \\& Space},
  year = {2016},
  volume = {826},
  number = {1/2},
  pages = {56--66},
  publisher = {AAS},
  doi = {10.1000/journal}
}

@book{good2017deep,
  title = {{Deep Book}},
  editor = {Ian Good},
  series = {Adaptive Computation},
  year = {2017},
  publisher = {MIT Press},
  address = {Cambridge},
  doi = {10.1000/book}
}

@inproceedings{bee2019conf,
  title = {{Conf Paper}},
  author = {Ann Bee},
  booktitle = {KDD ’19},
  year = {2019},
  pages = {e12},
  doi = {10.1000/conf}
}
`);
  const note = readFileSync(join(folder, 'posts/study.md'), 'utf8');
  expect(note).toContain('One & two.');
  const { fields, diagnostics } = splitFrontMatter(note, 'study.md');
  const { meta, diagnostics: more } = readMeta(fields, {});
  expect([...diagnostics, ...more]).toEqual([]);
  expect(meta.papers).toEqual([
    {
      key: 'riess2016study',
      title: 'A 2.4% Study of H₂O & in vivo < 10^12.5 in the 19th: Café',
      authors: [
        'Adam G. Riess',
        '{The Big Collaboration}',
        'van der Maaten, Laurens',
        '王小明',
        'Downey, Jr., Robert',
        'Garcia Lopez, Maria',
        'Plato',
      ],
      venue: 'Astronomy & Space',
      year: 2016,
      doi: '10.1000/journal',
    },
  ]);
});

test('without an answer it says why and makes the skeleton', async () => {
  answers.set('/arxiv', () => ({ body: 'this is not XML <' }));
  const folder = site();
  const { code, err } = await postil(folder, 'new', 'https://arxiv.org/abs/2301.00010', '--services', base);
  expect(code).toBe(0);
  expect(err).toContain('[new/no-answer] ');
  const note = readFileSync(join(folder, 'posts/2301.00010.md'), 'utf8');
  expect(note).toContain('arxiv: "2301.00010"');
});

test('asks again when told to wait, gives up on what is slow, broken or too large', async () => {
  answers.set('/busy', (count) =>
    count < 3 ? { status: 429, headers: { 'retry-after': '1' } } : { body: 'ok' },
  );
  answers.set('/broken', () => ({ status: 500 }));
  answers.set('/slow', () => ({ hang: true }));
  answers.set('/huge', () => ({ body: 'x'.repeat(5_000_001) }));
  expect(await ask(`${base}/busy`, { patience: 0 })).toBe('ok');
  await expect(ask(`${base}/broken`, { patience: 0 })).rejects.toThrow(/answers 500/);
  expect(tries.get('/broken')).toBe(3);
  await expect(ask(`${base}/slow`, { patience: 0, timeoutMs: 50 })).rejects.toThrow(/does not answer/);
  await expect(ask(`${base}/huge`)).rejects.toThrow(NoAnswer);
  await expect(ask(`${base}/absent`)).rejects.toThrow(/does not know it/);
});
