/**
 * A static server on the loopback address, which answers as GitHub Pages does: files of one folder, 404.html for
 * everything else.
 */

import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { lookup } from 'mrmime';
import sirv from 'sirv';
import { listen } from './listen.ts';

/**
 * @param folder the built site
 * @param base base path below which it is served
 * @param port 0 for any free one
 * @throws the system's error when the port cannot be had
 */
export async function serve(
  folder: string,
  base: string,
  port: number,
): Promise<{ url: string; close(): Promise<void> }> {
  const files = sirv(folder, {
    dev: true,
    etag: true,
    dotfiles: false,
    // Without a type a browser guesses one, and sirv takes `page.html.gz` for a page.
    setHeaders: (response, path) => {
      const packed = /\.(?:gz|br)$/i.test(path);
      if (lookup(path) !== undefined && !packed) return;
      // Not of a page, which is asked for without the end of its name.
      if (!statSync(join(folder, path), { throwIfNoEntry: false })?.isFile()) return;
      response.setHeader('content-type', lookup(path) ?? 'application/octet-stream');
      if (packed) response.setHeader('Content-Encoding', 'identity');
    },
  });
  const prefix = encodeURI(base);
  const server = createServer((request, response) => {
    const missing = () => {
      response.statusCode = 404;
      response.setHeader('content-type', 'text/html; charset=utf-8');
      try {
        response.end(readFileSync(join(folder, '404.html')));
      } catch {
        response.end('not found');
      }
    };
    const address = request.url ?? '/';
    const [path] = address.split('?', 1) as [string];
    const inside = path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
    const bare = path === prefix.slice(0, -1) ? '' : undefined;
    const to = inside === undefined ? bare : folderPage(folder, inside);
    if (to !== undefined) {
      const location = prefix + to + address.slice(path.length);
      response.writeHead(301, { location, 'cache-control': 'no-store' }).end();
      return;
    }
    if (inside === undefined) return missing();
    request.url = address.slice(prefix.length - 1);
    files(request, response, missing);
  });
  const actual = await listen(server, port, '127.0.0.1');
  return {
    url: `http://127.0.0.1:${actual}${prefix}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * @param path without base path and query, as it was asked for
 * @returns the address, below the base path, of the page that a folder without its `/` means; `undefined` when it
 *   means none
 */
function folderPage(folder: string, path: string): string | undefined {
  let names: string[];
  try {
    names = decodeURIComponent(path).split(/[/\\]/);
  } catch {
    return undefined;
  }
  // An empty name or a step back may lead to another host, or out of the folder.
  if (names.some((n) => n === '' || n === '.' || n === '..')) return undefined;
  const file = join(folder, ...names);
  if (existsSync(`${file}.html`) || !existsSync(join(file, 'index.html'))) return undefined;
  return `${names.map(encodeURIComponent).join('/')}/`;
}
