import { type ChildProcess, spawn } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { build } from '../../src/build.ts';
import { launch } from './chromium.ts';

const CLI = new URL('../../bundle/cli.js', import.meta.url).pathname;
let browser: Browser;
let site: string;
let server: ChildProcess;
let url: string;

beforeAll(async () => {
  site = mkdtempSync(join(tmpdir(), 'postil-dev-'));
  mkdirSync(join(site, 'posts'));
  const long = Array.from({ length: 60 }, (_, i) => `第 ${i} 段。`).join('\n\n');
  writeFileSync(
    join(site, 'posts/a.md'),
    `# A\n\n开头。\n\n<details><summary>更多</summary>里面</details>\n\n${long}\n`,
  );
  writeFileSync(join(site, 'posts/b.md'), '# B\n\n见 [[a]]。\n');
  writeFileSync(join(site, 'posts/d.md'), '---\ntitle: 草稿一\ndraft: true\n---\n正文\n');
  writeFileSync(join(site, 'secret.txt'), 'SECRET');
  server = spawn(process.execPath, [CLI, 'dev', site, '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  url = await new Promise<string>((resolve, reject) => {
    let out = '';
    server.stdout!.on('data', (chunk: Buffer) => {
      out += chunk;
      const found = /http:\/\/\S+/.exec(out)?.[0];
      if (found) resolve(found);
    });
    server.once('exit', () => reject(new Error(out)));
  });
  browser = await launch();
});
afterAll(async () => {
  await browser?.close();
  server?.kill('SIGTERM');
});

const edit = (name: string, change: (text: string) => string) => {
  const file = join(site, 'posts', name);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
};

test('a saved note is on the screen, with scroll, open details and window kept', async () => {
  const page = await browser.newPage({ viewport: { width: 800, height: 600 } });
  await page.goto(`${url}posts/a/`);
  await page.evaluate(() => {
    (globalThis as unknown as { mine: number }).mine = 1;
    document.querySelector('details:not(nav *)')!.setAttribute('open', '');
    scrollTo(0, 700);
  });
  const before = await page.evaluate(() => scrollY);
  edit('a.md', (t) => t.replace('第 30 段。', '改过的第 30 段。'));
  await page.waitForFunction(() => document.body.textContent!.includes('改过的第 30 段。'));
  expect(await page.evaluate(() => (globalThis as unknown as { mine: number }).mine)).toBe(1);
  expect(await page.evaluate(() => scrollY)).toBe(before);
  expect(await page.evaluate(() => document.querySelector('.prose details')!.hasAttribute('open'))).toBe(
    true,
  );
  // Other pages are right at the next visit.
  edit('a.md', (t) => t.replace('# A', '# 新题目'));
  await page.waitForFunction(() => document.querySelector('h1')!.textContent!.includes('新题目'));
  await page.goto(`${url}posts/b/`);
  expect(await page.textContent('.prose')).toContain('新题目');
  await page.close();
});

test('errors lie over the last good page and go away when mended', async () => {
  const page = await browser.newPage();
  await page.goto(`${url}posts/b/`);
  const good = readFileSync(join(site, 'posts/b.md'), 'utf8');
  writeFileSync(join(site, 'posts/b.md'), '---\ntitle: A: B\n---\n坏了\n');
  const overlay = page.locator('postil-overlay');
  await overlay.waitFor({ state: 'attached' });
  expect(await overlay.evaluate((e) => e.shadowRoot!.textContent)).toContain('front-matter/yaml');
  expect(await page.textContent('h1')).toBe('B');
  writeFileSync(join(site, 'posts/b.md'), good);
  await overlay.waitFor({ state: 'detached' });
  await page.close();
});

test('drafts are shown and marked', async () => {
  const page = await browser.newPage();
  await page.goto(`${url}posts/d/`);
  expect(await page.textContent('h1')).toContain('草稿一');
  expect(await page.locator('.masthead .draft').count()).toBe(1);
  await page.close();
});

test('many changes at once end in what a clean build gives', async () => {
  for (let i = 0; i < 200; i++)
    writeFileSync(join(site, `posts/n${i}.md`), `# N${i}\n\n见 [[n${(i + 1) % 200}]]。\n`);
  for (let i = 0; i < 50; i++) renameSync(join(site, `posts/n${i}.md`), join(site, `posts/m${i}.md`));
  for (let i = 50; i < 80; i++) rmSync(join(site, `posts/n${i}.md`));
  const clean = join(mkdtempSync(join(tmpdir(), 'postil-clean-')), 'out');
  const read = (folder: string) =>
    Object.fromEntries(
      (readdirSync(folder, { recursive: true }) as string[])
        .filter((f) => f.endsWith('.html'))
        .sort()
        .map((f) => [f, readFileSync(join(folder, f), 'utf8')]),
    );
  await expect
    .poll(
      async () => {
        await build({ site, out: clean, drafts: true, base: '/' });
        return JSON.stringify(read(join(site, '.postil/dev'))) === JSON.stringify(read(clean));
      },
      { timeout: 50_000, interval: 500 },
    )
    .toBe(true);
});

test('only this machine is served, and only the site', async () => {
  const ask = (path: string, headers: Record<string, string> = {}) =>
    new Promise<{ status: number; body: string; headers: Record<string, unknown> }>((resolve, reject) => {
      const { port } = new URL(url);
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
  expect((await ask('/', { host: 'evil.test' })).status).toBe(403);
  expect((await ask('/@postil/events', { origin: 'http://evil.test' })).status).toBe(403);
  for (const path of [
    '/secret.txt',
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/%2e%2e/secret.txt',
    '/posts/a.md',
    '/postil.yml',
    '/.postil/lock',
    '/.env',
    '/.env?raw',
    '/.git/config',
    '/@fs/etc/passwd',
    `/@fs${'/etc/passwd'}?raw`,
    '/@id/x',
    '/__open-in-editor?file=secret.txt',
    '/a%00',
    '/%zz',
    '//',
    `/${'x'.repeat(64_000)}`,
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
