/** A static server on the loopback address: files of one folder, 404.html for everything else. */

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
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
  const files = sirv(folder, { dev: true, etag: true, dotfiles: false });
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
    const path = request.url ?? '/';
    if (path === prefix.slice(0, -1)) {
      response.writeHead(302, { location: prefix }).end();
      return;
    }
    if (!path.startsWith(prefix)) return missing();
    request.url = path.slice(prefix.length - 1);
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
