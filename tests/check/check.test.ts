import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { checkExternal } from '../../src/check/external.ts';
import { folderOf } from '../support/folder.ts';

const CLI = new URL('../../bundle/cli.js', import.meta.url).pathname;
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let server: Server;
let base: string;
const tries = new Map<string, number>();
beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? '';
    tries.set(path, (tries.get(path) ?? 0) + 1);
    if (path.startsWith('/p.png')) response.writeHead(200, { 'content-type': 'image/png' }).end(PNG);
    else if (path === '/busy') response.writeHead(tries.get(path)! < 3 ? 503 : 200).end();
    else response.writeHead(path === '/good' ? 200 : path === '/login' ? 403 : 404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  base = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => tries.clear());

const site = (files: Record<string, string>) =>
  folderOf({ 'postil.yml': 'url: https://x.test/\n', ...files });

/** The command runs beside this process, which has to answer it. */
function postil(cwd: string, ...args: string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [CLI, 'check', ...args], { cwd });
    let out = '';
    let err = '';
    child.stdout.on('data', (c: Buffer) => {
      out += c;
    });
    child.stderr.on('data', (c: Buffer) => {
      err += c;
    });
    child.on('close', (code) => resolve({ code: code ?? -1, out, err }));
  });
}

test('forgotten drafts and unused files are named', async () => {
  const { err } = await postil(
    site({
      'posts/a.md': '# A\n\nSee [[b]].\n',
      'posts/b.md': '# B\n\nSee [[a]].\n',
      'posts/old.md': '---\ntitle: Old\ndraft: true\ndate: 2015-01-01\n---\n',
      'posts/x.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
    }),
  );
  expect(err).toContain('warning[note/stale-draft] posts/old.md a draft since 2015-01-01');
  expect(err).toContain('warning[file/unused] posts/x.svg no note uses this file');
});

test('links to other hosts are asked for once, with patience, and remembered', async () => {
  const cache = join(folderOf(), 'links.json');
  const links = ['/good', '/login', '/gone', '/busy', '/gone#x'].map((path, i) => ({
    url: base + path,
    file: 'posts/a.md',
    line: i + 1,
    column: 3,
  }));
  const options = { cache, now: 1e12, patience: 0 };
  const found = await checkExternal(links, options);
  expect(found.map((d) => [d.id, d.line, d.message])).toEqual([
    ['link/dead', 3, `${base}/gone: it answers 404`],
    ['link/dead', 5, `${base}/gone#x: it answers 404`],
  ]);
  const asked = [...tries.values()].reduce((a, b) => a + b, 0);
  expect(await checkExternal(links, options)).toEqual(found);
  expect([...tries.values()].reduce((a, b) => a + b, 0)).toBe(asked);
});

test('--external names the place of a dead link', async () => {
  const root = site({
    'posts/a.md': `---\ntitle: A\n---\nA [dead](${base}/gone) link, a [good](${base}/good) one.\n`,
  });
  const { err } = await postil(root, '--external');
  expect(err).toContain(`warning[link/dead] posts/a.md:4:3 ${base}/gone: it answers 404`);
  expect(err).not.toContain('/good:');
});

test('--fix links mentions, respells tags and brings pictures home', async () => {
  const root = site({
    'posts/focal-loss.md': '---\ntitle: Focal Loss\ntags: [Deep-Learning]\n---\nText on [[other]].\n',
    'posts/other.md': `---\ntitle: Other\ntags: [Deep-Learning]\n---\nThe Focal Loss is used here. ![p](${base}/p.png)\n`,
    'posts/row.md':
      '---\ntitle: Row\ntags: [Deep-Learning]\n---\n[[other]]\n\n| a | b |\n|---|---|\n| Focal Loss | 1 |\n',
    'posts/2024-01-07-standup.md': 'See [[other]].\n',
    'posts/2024-01-14-standup.md': '---\nslug: second\n---\nAs said in 2024-01-07-standup.\n',
    'posts/third.md':
      '---\ntitle: Third\ntags: [Deep Learning]\n---\nSee [[other]].\n\n![](https://youtu.be/abc)\n',
  });
  const { out } = await postil(root, '--fix');
  const other = readFileSync(join(root, 'posts/other.md'), 'utf8');
  expect(other).toContain('The [[focal-loss|Focal Loss]] is used here.');
  expect(readFileSync(join(root, 'posts/row.md'), 'utf8')).toContain('| [[focal-loss\\|Focal Loss]] | 1 |');
  expect(readFileSync(join(root, 'posts/2024-01-14-standup.md'), 'utf8')).toContain(
    'As said in [[2024-01-07-standup]].\n',
  );
  expect(other).toContain('![p](other/p.png)');
  expect(readdirSync(join(root, 'posts/other'))).toHaveLength(1);
  expect(out).toContain('fixed posts/other.md');
  // The page of a film is no picture.
  expect(out).not.toContain('youtu.be');
  const tags = readFileSync(join(root, 'posts/third.md'), 'utf8');
  if (out.includes('Deep Learning →')) expect(tags).toContain('tags: [Deep-Learning]');
  // What was fixed is not said again, and nothing else was touched.
  const again = await postil(root, '--fix');
  expect(again.out).not.toContain('fixed');
  expect(existsSync(join(root, 'dist'))).toBe(false);
});

test('--fix respells tags that have one address, where they stand', async () => {
  const root = site({
    'posts/a.md':
      '---\ntitle: A\ntags: [Detection, Object Detection, CV/Few-Shot, few-shot]\n---\nSee [[b]].\n',
    'posts/b.md':
      '---\ntitle: detection and object-detection\ntags: ["detection", object-detection]\n---\nSee [[a]], [[c]], [[d]].\n',
    'posts/c.md':
      '---\ntitle: C\nkeywords: "#object detection, detection"\n---\nA detection #cv/zero-shot, #Few_Shot `#cv/zero-shot` #cv/zero-shot.\n',
    'posts/d.md':
      '---\ntags:\n  - Detection # detection\n  - Object Detection\n  - CV\n  - few-shot\n---\n# D\n',
    'posts/e.md': '---\nTags:\n  -\n  - "[[Object detection|x]]"\n---\n# E\n\n[[a]]\n',
  });
  const first = await postil(root, '--fix');
  expect(first.code).toBe(1);
  expect(first.err).toContain('error[url/group-duplicate]');
  const lines = (path: string) => readFileSync(join(root, path), 'utf8').split('\n');
  expect(lines('posts/b.md').slice(1, 3)).toEqual([
    'title: detection and object-detection',
    'tags: ["Detection", Object Detection]',
  ]);
  expect(lines('posts/c.md').slice(2)).toEqual([
    'keywords: "#Object Detection, Detection"',
    '---',
    'A detection #CV/zero-shot, #few-shot `#cv/zero-shot` #CV/zero-shot.',
    '',
  ]);
  expect(lines('posts/d.md')[2]).toBe('  - Detection # detection');
  expect(lines('posts/e.md')[3]).toBe('  - "[[Object Detection|x]]"');
  const again = await postil(root, '--fix');
  expect([again.code, again.out]).toEqual([0, expect.not.stringContaining('fixed')]);
});

test('--fix changes the addresses of images and nothing else', async () => {
  const lines = (first: string, other: string, escaped: string) =>
    [
      '---',
      'title: My Note',
      '---',
      `![p](${first}) source: <${base}/p.png.html> \`${base}/p.png\``,
      '',
      `> - [![a ![b] c](<${first}> "![t](${base}/p.png)")](${base}/p.png) ![x](${other})`,
      '',
      '```sh',
      `curl -O ${base}/p.png`,
      '```',
      '',
      `| a | b |\n| - | - |\n| ${base}/p.png | ![q](${first}) ![gone](${base}/gone.png) |`,
      '',
      `![e](${escaped})`,
      '',
    ].join('\n');
  const root = site({
    'posts/My Note.md': lines(`${base}/p.png`, `${base}/p.png?x=1`, `${base}/p.png?x=1&amp;y=\\_`),
  });
  const { out } = await postil(root, '--fix');
  const note = readFileSync(join(root, 'posts/My Note.md'), 'utf8');
  expect(note).toBe(lines('My%20Note/p.png', 'My%20Note/p-2.png', 'My%20Note/p-3.png'));
  expect(readdirSync(join(root, 'posts/My Note')).sort()).toEqual(['p-2.png', 'p-3.png', 'p.png']);
  expect(tries.get('/p.png')).toBe(1);
  expect(out).toContain(`fixed posts/My Note.md:4:6 ${base}/p.png → My%20Note/p.png\n`);
  expect(out).toMatch(/^not fixed posts\/My Note\.md:14:\d+ \S+\/gone\.png stays: the host answers 404$/m);
  const again = await postil(root);
  expect(again.err).not.toMatch(/link\/file|file\/unused/);
});

test('--fix brings home pictures of HTML and of references', async () => {
  const note = (at: (name: string) => string) =>
    [
      '---',
      'title: N',
      '---',
      `![a][One] 与 ![two] 与 [link][three] ![three]`,
      '',
      `<div align="center">`,
      `  <img width="50%"`,
      `    src="${at('html.png')}" alt="${base}/p.png">`,
      `</div>`,
      '',
      `> 行内 <img src='${at('inline.png')}'> 与 <!-- <img src="${base}/p.png?c"> --> \`<img src="${base}/p.png">\``,
      '',
      `[one]: ${at('one.png')} "${base}/p.png"`,
      `[Two]: <${at('two.png')}>`,
      `[three]: ${base}/p.png?three`,
      `[one]: ${base}/p.png?again`,
      `[four]: ${base}/p.png?four`,
      '',
    ].join('\n');
  const names = ['one.png', 'two.png', 'html.png', 'inline.png'];
  const remote = (name: string) => `${base}/p.png?${names.indexOf(name)}`;
  const root = site({ 'posts/n.md': note(remote) });
  const { out } = await postil(root, '--fix');
  const homes = names.map((name) => new RegExp(`\\?${names.indexOf(name)} → (\\S+)`).exec(out)?.[1]);
  expect(readFileSync(join(root, 'posts/n.md'), 'utf8')).toBe(note((name) => homes[names.indexOf(name)]!));
  expect(readdirSync(join(root, 'posts/n'))).toHaveLength(4);
  expect(out).toContain(`fixed posts/n.md:8:10 ${remote('html.png')} → `);
  expect((await postil(root)).err).not.toMatch(/link\/file|file\/unused/);
});

test('--fix counts lines as messages do, and leaves their ends and the mark before them', async () => {
  const root = site({
    'posts/bom.md': `\uFEFF![a](${base}/p.png) x\n`,
    'posts/cr.md': `---\ntitle: A\n---\r\nLine\rstray\r\n![b](${base}/p.png)\r\n`,
  });
  const { out } = await postil(root, '--fix');
  expect(out).not.toContain('not fixed');
  expect(readFileSync(join(root, 'posts/bom.md'), 'utf8')).toBe('\uFEFF![a](bom/p.png) x\n');
  expect(readFileSync(join(root, 'posts/cr.md'), 'utf8')).toBe(
    '---\ntitle: A\n---\r\nLine\rstray\r\n![b](cr/p.png)\r\n',
  );
});

test('--fix and frames find notes whose names are decomposed on disk', async () => {
  const name = 'caf\u0065\u0301/\u0065\u0301.md';
  const root = site({
    [`posts/${name}`]: '---\ntitle: A\ntags: [C++, C]\n---\nThe Focal Loss is used here.\n',
    'posts/focal-loss.md': '---\ntitle: Focal Loss\ntags: [C]\n---\nText on [[A]].\n',
  });
  const { out, err } = await postil(root, '--fix');
  expect(out).toContain(`fixed posts/${name}:5:5 Focal Loss → [[focal-loss|Focal Loss]]`);
  expect(readFileSync(join(root, 'posts', name), 'utf8')).toContain('The [[focal-loss|Focal Loss]] is used');
  expect(err).toContain(`warning[link/mention] posts/${name}:5:5 `);
  expect(err).toMatch(/^error\[url\/group-duplicate\] .*\n.*\n> 3 \| tags: \[C\+\+, C\]\n/m);
});

test('a note that is nested very deeply keeps nobody from the others', async () => {
  const root = site({ 'posts/deep.md': `${'>'.repeat(6000)} x\n`, 'posts/p.md': `![p](${base}/p.png)\n` });
  expect((await postil(root, '--external')).code).toBe(0);
  const { code, out } = await postil(root, '--fix');
  expect([code, out]).toEqual([0, expect.stringContaining('fixed posts/p.md:1:6')]);
});

test.each(['json', 'sarif'])(
  '--fix does the same with --format %s, and says so beside it',
  async (format) => {
    const root = site({
      'posts/focal-loss.md': '---\ntitle: Focal Loss\n---\nText on [[other]].\n',
      'posts/other.md': `---\ntitle: Other\n---\nThe Focal Loss is used here. ![p](${base}/p.png)\n`,
    });
    const { out, err } = await postil(root, '--fix', '--format', format);
    expect(readFileSync(join(root, 'posts/other.md'), 'utf8')).toBe(
      '---\ntitle: Other\n---\nThe [[focal-loss|Focal Loss]] is used here. ![p](other/p.png)\n',
    );
    expect(err).toBe(
      `fixed posts/other.md:4:5 Focal Loss → [[focal-loss|Focal Loss]]\nfixed posts/other.md:4:35 ${base}/p.png → other/p.png\n`,
    );
    const parsed = format === 'sarif' ? [out] : out.trimEnd().split('\n');
    for (const text of parsed) expect(JSON.parse(text)).toBeTypeOf('object');
  },
);

test.each([
  ['postil.yml', { 'postil.yml': 'title: T\n', 'posts/甲.md': '# A\n\n[[missing]]\n' }],
  ['posts/%E7%94%B2.md', { 'posts/甲.md': '# A\n\n[[missing]]\n' }],
])(
  'GitHub refuses a SARIF log with a message that has no place: that of a whole site is at %s',
  async (uri, files) => {
    const log = JSON.parse((await postil(folderOf(files), '--format', 'sarif')).out);
    const noUrl = log.runs[0].results.find((r: { ruleId: string }) => r.ruleId === 'config/no-url');
    expect(noUrl.locations).toEqual([
      { physicalLocation: { artifactLocation: { uri }, region: { startLine: 1 } } },
    ]);
  },
);

test('--format sarif is a SARIF log', async () => {
  const { out, code } = await postil(
    site({ 'posts/a.md': '# A\n\nSee [[missing]].\n' }),
    '--format',
    'sarif',
  );
  expect(code).toBe(0);
  const log = JSON.parse(out);
  expect(log.version).toBe('2.1.0');
  const missing = log.runs[0].results.find((r: { ruleId: string }) => r.ruleId === 'link/missing');
  expect(missing.locations[0].physicalLocation).toMatchObject({
    artifactLocation: { uri: 'posts/a.md' },
    region: { startLine: 3, startColumn: 5 },
  });
  expect(log.runs[0].tool.driver.rules.map((r: { id: string }) => r.id)).toContain('link/missing');
  expect((await postil(site({ 'posts/a.md': '# A\n' }), '--format', 'xml')).code).toBe(2);
});
