/** `postil dev [site]`: write, save, see. */

import { resolve } from 'node:path';
import { counted } from '../counted.ts';
import { checkSite, printAll } from './build.ts';
import { defineCommand, portNumber } from './command.ts';
import { Interrupted } from './interrupt.ts';
import { progressLine } from './progress.ts';
import { exitCodeOf } from './usage.ts';

export const command = defineCommand({
  name: 'dev',
  aliases: ['s', 'server', 'serve'],
  usage: '[site]',
  summary: 'show the site while you write: a saved note is on the screen without a reload, drafts included',
  options: {
    port: { type: 'string', short: 'p', value: 'N', doc: 'port (default: 4000)' },
    host: {
      type: 'string',
      value: 'ADDRESS',
      doc: 'let other machines in: 0.0.0.0 or an address of this machine',
    },
  },
  run: async (values, [given = '.']) => {
    const site = resolve(given);
    checkSite(site);
    const { startDev } = await import('../serve/dev.ts');
    if (values.host !== undefined)
      process.stderr.write('Other machines can read this site, drafts included.\n');
    const ending = new AbortController();
    const ended = new Promise<void>((stop) => {
      for (const name of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const)
        process.once(name, () => {
          ending.abort(new Interrupted(name));
          stop();
        });
    });
    const line = progressLine(process.stderr, true);
    const server = await startDev({
      site,
      port: portNumber(values.port, 4000),
      host: values.host ?? '127.0.0.1',
      signal: ending.signal,
      progress: line.show,
      updated: ({ diagnostics, failed, notes, files }, ms) => {
        line.clear();
        printAll(diagnostics);
        process.stdout.write(`${progress(files, notes, failed)} (${Math.round(ms)} ms)\n`);
      },
      failed: (error, diagnostic) => {
        if (diagnostic) printAll([diagnostic]);
        else process.stderr.write(`${exitCodeOf(error).message}\n`);
      },
    }).finally(line.clear);
    process.stdout.write(`${server.url}\n`);
    await ended;
    await server.close();
    return 0;
  },
});

/** One line for an update: what was saved, and what is shown now. */
function progress(files: string[], notes: number, failed: boolean): string {
  const [first, ...more] = files;
  const saved = first === undefined ? '' : more.length === 0 ? first : `${first} and ${more.length} more`;
  if (failed) return saved ? `${saved}: errors; what was good last is still shown` : 'the site has errors';
  return saved ? `${saved}: shown` : counted(notes, 'note');
}
