/** The development server, without a browser: what it serves after changes, and to whom. */

import { appendFileSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { build } from '../../src/build.ts';
import type { Diagnostic } from '../../src/model.ts';
import { type DevServer, startDev } from '../../src/serve/dev.ts';
import type { Update } from '../../src/serve/live.ts';
import { marked, original, versionOf } from '../../src/theme/files.ts';
import { folderOf, put, readFolder } from '../support/folder.ts';

/** Files changed at once. */
const MANY = process.env.POSTIL_LONG ? 3000 : 150;

let site: string;
let server: DevServer;
const updates: Update[] = [];
const failures: [error: unknown, diagnostic?: Diagnostic | undefined][] = [];

beforeAll(async () => {
  site = folderOf({
    'postil.yml': 'title: 站\nurl: https://example.org/\n',
    'posts/a.md': '# A\n\n开头，见 [[b]]。\n\n![图](a.png)\n\n[数据](data.csv)\n',
    'posts/b.md': '# B\n\n见 [[a]]。\n',
    'posts/data.csv': 'x,y\n1,2\n',
    'posts/a.png': readFileSync(new URL('../../docs/images/note-light.png', import.meta.url)),
    'public/film.bin': '0123456789',
    'public/.well-known/did': 'd',
    'secret.txt': 'SECRET',
  });
  server = await startDev({
    site,
    port: 0,
    host: '127.0.0.1',
    updated: (update) => updates.push(update),
    failed: (...failure) => failures.push(failure),
  });
});
afterAll(() => server?.close());

/** As a build has it: without what development adds. */
const asBuilt = (html: string) =>
  html.replace(/<script type="module" src="\/@postil\/dev.js"><\/script>(?:<meta name="postil-[^>]*>)+/, '');
/** Neither policy nor service worker: development has none. */
const withoutPolicy = (html: string) =>
  html
    .replace(/<meta[^>]*http-equiv="Content-Security-Policy"[^>]*>/i, '')
    .replace(/ data-worker="[^"]*"/, '');

/** Paths of a clean build whose bytes the server does not serve. */
async function differing(): Promise<string[]> {
  const clean = join(folderOf(), 'out');
  await build({ site, out: clean, drafts: true, base: '/', jobs: 1 });
  const wrong: string[] = [];
  for (const [path, contents] of readFolder(clean)) {
    // The list of files is the build's own; while one writes, no page is kept for later.
    if (path === '.postil.json' || path === 'sw.js') continue;
    const response = await fetch(server.url + path.replace(/(^|\/)index\.html$/, '$1'));
    const bytes = Buffer.from(await response.arrayBuffer());
    const same = path.endsWith('.html')
      ? asBuilt(bytes.toString()) === withoutPolicy(contents.toString())
      : bytes.equals(contents);
    if (!same) wrong.push(path);
  }
  return wrong;
}

test('what is served is what a build writes', async () => {
  expect(updates[0]!.failed).toBe(false);
  expect(await differing()).toEqual([]);
});

test('many changes at once end in what a clean build gives, in folders that come and go', async () => {
  for (let i = 0; i < MANY; i++)
    put(site, `posts/deep/er/n${i}.md`, `# N${i}\n\n见 [[n${(i + 1) % MANY}]]。\n`);
  for (let i = 0; i < MANY / 4; i++)
    renameSync(join(site, `posts/deep/er/n${i}.md`), join(site, `posts/m${i}.md`));
  for (let i = Math.ceil(MANY / 4); i < MANY / 2; i++) rmSync(join(site, `posts/deep/er/n${i}.md`));
  rmSync(join(site, 'public'), { recursive: true });
  const settled = async (served: string) =>
    expect
      .poll(async () => (await fetch(server.url + served)).status, { timeout: 50_000, interval: 100 })
      .toBe(200);
  await settled(`posts/n${MANY - 1}/`);
  await settled('posts/m0/');
  await expect.poll(differing, { timeout: 50_000, interval: 300 }).toEqual([]);
  expect((await fetch(`${server.url}posts/n0/`)).status).toBe(404);

  // The folder goes and comes again, as when branches are switched.
  rmSync(join(site, 'posts'), { recursive: true });
  put(site, 'posts/b.md', '# 另一支\n');
  put(site, 'public/film.bin', '0123456789');
  put(site, 'public/.well-known/did', 'd');
  await expect.poll(differing, { timeout: 50_000, interval: 300 }).toEqual([]);
  put(site, 'public/.well-known/did', 'e');
  put(site, 'public/404.html', '<p>own</p>');
  await expect.poll(differing, { timeout: 50_000, interval: 300 }).toEqual([]);
  expect(await (await fetch(`${server.url}posts/n0/`)).text()).toContain('<p>own</p>');
  put(site, 'posts/b.md', '# 又一支\n');
  await expect
    .poll(async () => (await fetch(`${server.url}posts/b/`)).text(), { timeout: 20_000 })
    .toContain('又一支');
  expect(failures).toEqual([]);
});

test('an open page is told when it is another one, and only then', async () => {
  const dated = (day: string, title: string) => `---\ndate: ${day}\n---\n# ${title}\n`;
  put(site, 'posts/b.md', dated('2020-01-01', '第二支'));
  put(site, 'posts/between.md', dated('2021-01-01', '之间'));
  await expect.poll(differing, { timeout: 50_000, interval: 300 }).toEqual([]);
  const page = await (await fetch(`${server.url}posts/b/`)).text();
  const key = /postil-key" content="([^"]+)"/.exec(page)![1]!;
  const controller = new AbortController();
  const { body } = await fetch(`${server.url}@postil/events?page=/posts/b/&key=${key}`, controller);
  const told: string[] = [];
  const listening = (async () => {
    for await (const chunk of body!.pipeThrough(new TextDecoderStream())) told.push(chunk);
  })().catch(() => {});
  const count = updates.length;
  put(site, 'posts/other.md', dated('2022-01-01', '别的'));
  await expect.poll(() => updates.length, { timeout: 20_000 }).toBeGreaterThan(count);
  expect(updates.at(-1)!.files).toEqual(['posts/other.md']);
  expect(told.join('')).not.toContain('changed');
  put(site, 'posts/b.md', dated('2020-01-01', '第三支'));
  await expect.poll(() => told.join(''), { timeout: 20_000 }).toContain('"changed"');
  put(site, 'posts/b.md', '---\ntitle: A: B\n---\n');
  await expect.poll(() => told.join(''), { timeout: 20_000 }).toContain('front-matter/yaml');
  // The last good site is still the one that is served.
  expect(await (await fetch(`${server.url}posts/b/`)).text()).toContain('第三支');
  put(site, 'posts/b.md', dated('2020-01-01', '第三支'));
  await expect.poll(() => told.join(''), { timeout: 20_000 }).toContain('"mended"');
  controller.abort();
  await listening;
  // A page that is older than the site is told at once.
  const late = await fetch(`${server.url}@postil/events?page=/posts/b/&key=old`);
  const reader = late.body!.pipeThrough(new TextDecoderStream()).getReader();
  let said = '';
  while (!said.includes('changed')) said += (await reader.read()).value;
  await reader.cancel();
});

test('a page that comes back is told that nothing is wrong', async () => {
  const page = await (await fetch(`${server.url}posts/b/`)).text();
  const key = /postil-key" content="([^"]+)"/.exec(page)![1]!;
  const { body } = await fetch(`${server.url}@postil/events?page=/posts/b/&key=${key}`);
  const reader = body!.pipeThrough(new TextDecoderStream()).getReader();
  let said = '';
  while (!said.includes('data:')) said += (await reader.read()).value;
  await reader.cancel();
  expect(said).toContain('"mended"');
});

test('files that no page is made from start nothing, and what says the same is not told', async () => {
  await expect.poll(differing, { timeout: 50_000, interval: 300 }).toEqual([]);
  const count = updates.length;
  put(site, 'dev.log', '1');
  put(site, 'results/run/1.log', '1');
  put(site, 'posts/b.md', readFileSync(join(site, 'posts/b.md')));
  await sleep(500);
  expect(updates.slice(count).map((u) => u.files)).toEqual([]);
});

test('a file that is written all the time holds nothing up', async () => {
  const writing = setInterval(() => appendFileSync(join(site, 'posts/run.log'), 'loss 0.1\n'), 4);
  try {
    put(site, 'posts/b.md', '# 同时\n');
    await expect
      .poll(async () => (await fetch(`${server.url}posts/b/`)).text(), { timeout: 20_000 })
      .toContain('同时');
  } finally {
    clearInterval(writing);
    rmSync(join(site, 'posts/run.log'));
  }
});

test('folders called dist or bundle below those of the site are like any other', async () => {
  put(site, 'posts/bundle/ba.md', '# BA 一\n');
  put(site, 'public/dist/a.js', '1');
  await expect.poll(differing, { timeout: 50_000, interval: 300 }).toEqual([]);
  put(site, 'posts/bundle/ba.md', '# BA 二\n');
  put(site, 'public/dist/a.js.tmp', '2');
  await expect.poll(differing, { timeout: 50_000, interval: 300 }).toEqual([]);
});

test('an open page that has begun to search goes on with the index that it began with', async () => {
  const index = async () =>
    (await (await fetch(`${server.url}search/index.json`)).json()) as { words: string[] };
  const first = await index();
  put(site, 'posts/b.md', '# 第四支\n\n全新的词语\n');
  await expect
    .poll(async () => (await fetch(`${server.url}posts/b/`)).text(), { timeout: 20_000 })
    .toContain('第四支');
  for (const [i, name] of first.words.entries())
    expect((await fetch(`${server.url}search/words-${i}-${name}.txt`)).status, name).toBe(200);
  expect(await index()).not.toEqual(first);
});

test('a changed template is on the pages at once, and a broken one leaves the last good ones', async () => {
  const own = (name: string) => {
    const text = original('note.tsx')!;
    return marked(
      'note.tsx',
      text.replace("<article class={['note', ...view.classes].join(' ')}>", name),
      versionOf(text),
    );
  };
  const page = async () => (await fetch(`${server.url}posts/b/`)).text();
  for (const name of ['own', 'mine']) {
    put(site, 'templates/note.tsx', own(`<article class="note ${name}">`));
    await expect.poll(page, { timeout: 40_000 }).toContain(`<article class="note ${name}">`);
  }
  const count = updates.length;
  put(site, 'templates/note.tsx', own('<article class='));
  await expect.poll(() => updates.length, { timeout: 40_000 }).toBeGreaterThan(count);
  expect(updates.at(-1)!.diagnostics.map((d) => [d.id, d.file])).toEqual([
    ['theme/error', 'templates/note.tsx'],
  ]);
  expect(await page()).toContain('<article class="note mine">');
  rmSync(join(site, 'templates'), { recursive: true });
  await expect.poll(page, { timeout: 40_000 }).toContain('<article class="note">');
});

test('a template that throws while a page is made is an error with its place, and nothing is shown', async () => {
  const text = original('not-found.tsx')!;
  const throwing = text.replace(/(function NotFound[^{]*\{[^\n]*\n)/, "$1  throw new Error('tpl');\n");
  expect(throwing).not.toBe(text);
  // An author's own page of that name would stand for the one that throws.
  rmSync(join(site, 'public/404.html'), { force: true });
  await expect.poll(differing, { timeout: 50_000, interval: 300 }).toEqual([]);
  const from = failures.length;
  onTestFinished(() => {
    rmSync(join(site, 'templates'), { recursive: true, force: true });
    failures.length = 0;
  });
  put(site, 'templates/not-found.tsx', marked('not-found.tsx', throwing, versionOf(text)));
  await expect
    .poll(async () => (await fetch(`${server.url}nope/`)).status, { timeout: 40_000, interval: 300 })
    .toBe(500);
  await fetch(`${server.url}nope/`);
  expect(failures.slice(from).map(([, d]) => [d?.id, d?.file, typeof d?.line])).toEqual([
    ['theme/error', 'templates/not-found.tsx', 'number'],
  ]);
  // An open page that throws is not told of as shown. Read from, since `fetch` closes what nobody holds any more.
  const events = (await fetch(`${server.url}@postil/events?page=/404.html&key=`)).body!.getReader();
  const count = updates.length;
  put(
    site,
    'templates/not-found.tsx',
    marked('not-found.tsx', throwing.replace('tpl', 'other'), versionOf(text)),
  );
  await expect.poll(() => failures.length, { timeout: 40_000 }).toBe(from + 2);
  expect(failures.at(-1)![1]?.message).toContain('other');
  expect(updates.length).toBe(count);
  await events.cancel();
  rmSync(join(site, 'templates'), { recursive: true });
  await expect.poll(differing, { timeout: 50_000, interval: 300 }).toEqual([]);
});

test('players get the part of a film that they ask for', async () => {
  const part = await fetch(`${server.url}film.bin`, { headers: { range: 'bytes=2-4' } });
  expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([
    206,
    'bytes 2-4/10',
    '234',
  ]);
  const rest = await fetch(`${server.url}film.bin`, { headers: { range: 'bytes=7-' } });
  expect(await rest.text()).toBe('789');
  expect((await fetch(`${server.url}film.bin`, { headers: { range: 'bytes=99-' } })).status).toBe(416);
});

const six = Object.values(networkInterfaces()).some((all) => all?.some((i) => i.address === '::1'));

test.runIf(six)('an address with colons is printed in brackets, and served', async () => {
  const other = await startDev({ site, port: 0, host: '::1', updated: () => {}, failed: () => {} });
  try {
    expect(other.url).toMatch(/^http:\/\/\[::1\]:\d+\/$/);
    expect((await fetch(other.url)).status).toBe(200);
  } finally {
    await other.close();
  }
});

test('case 39: only this machine is served, and only the site', async () => {
  const { port } = new URL(server.url);
  const ask = (path: string, headers: Record<string, string> = {}) =>
    new Promise<{ status: number; body: string; headers: Record<string, unknown> }>((resolve, reject) => {
      const r = request({ host: '127.0.0.1', port, path, headers }, (response) => {
        let body = '';
        response.on('data', (c: Buffer) => {
          body += c;
        });
        response.on('end', () => resolve({ status: response.statusCode!, body, headers: response.headers }));
      });
      r.on('error', reject);
      r.end();
    });
  const foreign = [
    ...['evil.test', 'evil.test:80', `evil.test:${port}`, '0.0.0.0', '127.0.0.1.evil.test'],
    ...['localhost.evil.test', `localhost:${port}@evil.test`, `evil.test/localhost:${port}`],
  ].map((host) => ['/', { host }] as const);
  const origins = [
    ...['http://evil.test', 'https://localhost.evil.test', 'http://localhost:1', 'http://127.0.0.1'],
    ...[`http://localhost:${port}.evil.test`, 'file:///etc/passwd', 'null'],
  ].map((origin) => ['/@postil/events', { origin }] as const);
  const upgrade = { connection: 'Upgrade', upgrade: 'websocket', origin: 'http://evil.test' };
  for (const [path, headers] of [...foreign, ...origins, ['/', upgrade] as const]) {
    const { status, headers: answered } = await ask(path, headers);
    expect([status, JSON.stringify(headers)]).toEqual([403, JSON.stringify(headers)]);
    expect(answered['access-control-allow-origin']).toBeUndefined();
  }
  for (const path of [
    // Ways up and out.
    ...['/secret.txt', '/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/%2e%2e/secret.txt', '/./../secret.txt'],
    ...['/posts/../../secret.txt', '/posts/%2e%2e%2f%2e%2e%2fsecret.txt', '/%252e%252e/secret.txt'],
    ...['/..\\secret.txt', '/..%5csecret.txt', '/..;/secret.txt', '/%c0%ae%c0%ae/secret.txt', 'secret.txt'],
    ...['/secret.txt%00.html', 'http://evil.test/secret.txt', '/%2fetc%2fpasswd', '///etc/passwd', '//'],
    ...['/file:%2f%2f%2fetc%2fpasswd', '/C:%5csecret.txt', '/proc/self/environ'],
    // Sources, and what is nobody's to read.
    ...['/posts/a.md', '/posts/a.md?raw', '/posts/a.md?import&raw', '/postil.yml', '/postil.yml?raw'],
    ...['/.postil/lock', '/.postil/store', '/.env', '/.env?raw', '/.git/config', '/.npmrc', '/package.json'],
    // What Vite answers elsewhere.
    ...['/@fs/etc/passwd', '/@fs/etc/passwd?raw', '/@fs//etc/passwd', '/@id/x', '/@vite/client'],
    ...['/__open-in-editor?file=secret.txt', '/node_modules/vite/package.json', '/@postil/../secret.txt'],
    // What is no address.
    ...['/a%00', '/%zz', `/${'x'.repeat(64_000)}`],
  ]) {
    const { status, body, headers } = await ask(path).catch(() => ({
      status: 431,
      body: '',
      headers: {} as Record<string, unknown>,
    }));
    expect([400, 403, 404, 431], path.slice(0, 40)).toContain(status);
    expect(body).not.toContain('SECRET');
    expect(body).not.toContain('root:');
    expect(headers['access-control-allow-origin']).toBeUndefined();
  }
  // What is asked for is not echoed.
  expect((await ask('/<script>alert(1)</script>')).body).not.toContain('alert(1)');
});
