/** What the server of a built site answers, as GitHub Pages does. */

import { request } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { serve } from '../../src/serve/preview.ts';
import { folderOf } from '../support/folder.ts';

const FOLDER = folderOf({
  'index.html': 'home',
  '404.html': 'nothing',
  'posts/t/index.html': 't',
  'posts/both/index.html': 'folder',
  'posts/both.html': 'file',
  'posts/知识 蒸馏/index.html': 'z',
  'posts/x.png': 'p',
  'empty/x.txt': 'x',
  '.well-known/did': 'd',
  'files/a.md.bak': 'x',
  'files/a.html.gz': 'x',
});
let server: Awaited<ReturnType<typeof serve>> | undefined;
afterEach(() => server?.close());

/** Asks as it stands: `fetch` would tidy the path up. */
async function ask(base: string, path: string): Promise<string> {
  server = await serve(FOLDER, base, 0);
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path }, (response) => {
      response.setEncoding('utf8');
      let body = '';
      response.on('data', (part: string) => {
        body += part;
      });
      response.on('end', () => resolve(`${response.statusCode} ${response.headers.location ?? body}`));
    })
      .on('error', reject)
      .end();
  });
}

test.each([
  ['/', 'text/html;charset=utf-8', undefined],
  ['/posts/t/', 'text/html;charset=utf-8', undefined],
  ['/posts/x.png', 'image/png', undefined],
  ['/posts/both', 'text/html;charset=utf-8', undefined],
  ['/files/a.md.bak', 'application/octet-stream', undefined],
  ['/files/a.html.gz', 'application/gzip', 'identity'],
])('nothing is left to a guess: %s', async (path, type, encoding) => {
  server = await serve(FOLDER, '/', 0);
  const { headers } = await fetch(new URL(path, server.url));
  expect(headers.get('content-type')).toBe(type);
  expect(headers.get('content-encoding') ?? undefined).toBe(encoding);
});

test.each([
  ['/posts/t/', '200 t'],
  ['/posts/t', '301 /posts/t/'],
  ['/posts/t?q=a/b&c=%2F', '301 /posts/t/?q=a/b&c=%2F'],
  ['/posts/t/index.html', '200 t'],
  ['/posts/%E7%9F%A5%E8%AF%86%20%E8%92%B8%E9%A6%8F', '301 /posts/%E7%9F%A5%E8%AF%86%20%E8%92%B8%E9%A6%8F/'],
  ['/posts/both', '200 file'],
  ['/posts/x.png', '200 p'],
  ['/.well-known/did', '200 d'],
  ['/', '200 home'],
  ['/?q', '200 home'],
  ['/empty', '404 nothing'],
  ['/posts/none', '404 nothing'],
  ['/posts/%', '404 nothing'],
  ['/posts/t%00', '404 nothing'],
])('%s', async (path, answer) => {
  expect(await ask('/', path)).toBe(answer);
});

test.each([
  ['/notes', '301 /notes/'],
  ['/notes?q=1', '301 /notes/?q=1'],
  ['/notes/posts/t?q=1', '301 /notes/posts/t/?q=1'],
  ['/notes/posts/t/', '200 t'],
  ['/posts/t', '404 nothing'],
])('%s below a base path', async (path, answer) => {
  expect(await ask('/notes/', path)).toBe(answer);
});

test.each([
  '//evil.example',
  '//evil.example/../posts/t',
  '//evil.example/%2e%2e/posts/t',
  '/\\\\evil.example/../posts/t',
  '/%5Cevil.example/..%5Cposts/t',
  '/posts/../../t',
])('%s leads to no other host', async (path) => {
  expect(await ask('/', path)).not.toMatch(/^3/);
});
