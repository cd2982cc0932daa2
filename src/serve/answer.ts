/** Answers of the development server. Nothing is kept by the browser, and nothing is guessed from its content. */

import type { IncomingMessage, ServerResponse } from 'node:http';
import { lookup } from 'mrmime';

const SECURITY = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

/** A whole answer. */
export function end(
  response: ServerResponse,
  status: number,
  body: string | Uint8Array,
  type = 'text/plain; charset=utf-8',
): void {
  response.writeHead(status, { 'content-type': type, ...SECURITY });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

/** A file, or the part of it that was asked for: players of films and sounds ask for parts. */
export function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  body: Uint8Array,
): void {
  const found = lookup(path) ?? 'application/octet-stream';
  const type = /^text\/|json$|javascript$|xml$/.test(found) ? `${found}; charset=utf-8` : found;
  const [, from = '', to = ''] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '') ?? [];
  if (from === '') {
    end(response, 200, body, type);
    return;
  }
  const start = Number(from);
  const last = Math.min(to === '' ? body.length - 1 : Number(to), body.length - 1);
  if (start > last) {
    response.writeHead(416, { ...SECURITY, 'content-range': `bytes */${body.length}` });
    response.end();
    return;
  }
  const range = `bytes ${start}-${last}/${body.length}`;
  response.writeHead(206, { ...SECURITY, 'content-type': type, 'content-range': range });
  response.end(body.subarray(start, last + 1));
}
