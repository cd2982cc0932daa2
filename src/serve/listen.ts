/** Opening a port, with words for what goes wrong there. */

import type { Server } from 'node:http';

/**
 * @param port 0 for any free one
 * @returns the port that was opened
 * @throws an Error with the system's `code` when the port cannot be had
 */
export async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const { code = '', message } = error;
      const words = REASONS[code]?.(port, host) ?? message;
      reject(Object.assign(new Error(words, { cause: error }), { code }));
    });
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}

const notOurs = (_port: number, host: string) => `“${host}” is no address of this machine`;

const REASONS: Record<string, (port: number, host: string) => string> = {
  EADDRINUSE: (port) => `port ${port} is in use: end what uses it, or name another with --port`,
  EACCES: (port) => `port ${port} is not free for all: name one from 1024 on with --port`,
  EADDRNOTAVAIL: notOurs,
  ENOTFOUND: notOurs,
  EAI_AGAIN: notOurs,
};
