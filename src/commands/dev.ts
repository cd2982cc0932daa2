/** `postil dev [site]`: write, save, see. */

import { resolve } from 'node:path';
import { printDiagnostic } from '../diagnostics/print.ts';
import { checkSite } from './build.ts';
import { defineCommand, wholeNumber } from './command.ts';
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
    const color = process.stderr.isTTY === true && process.env.NO_COLOR === undefined;
    if (values.host !== undefined)
      process.stderr.write('Other machines can read this site, drafts included.\n');
    const server = await startDev({
      site,
      port: wholeNumber('port', values.port, 0) ?? 4000,
      host: values.host ?? '127.0.0.1',
      updated: ({ diagnostics, failed, notes, files }, ms) => {
        for (const d of diagnostics) process.stderr.write(`${printDiagnostic(d, { color })}\n`);
        process.stdout.write(`${progress(files, notes, failed)} (${Math.round(ms)} ms)\n`);
      },
      failed: (error) => process.stderr.write(`${exitCodeOf(error).message}\n`),
    });
    process.stdout.write(`${server.url}\n`);
    await new Promise<void>((stop) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
    });
    await server.close();
    return 0;
  },
});

/** One line for an update: what was saved, and what is shown now. */
function progress(files: string[], notes: number, failed: boolean): string {
  const [first, ...more] = files;
  const saved = first === undefined ? '' : more.length === 0 ? first : `${first} and ${more.length} more`;
  if (failed) return `${saved || 'the site'}: errors; what was good last is still shown`;
  return saved ? `${saved}: shown` : `${notes} notes`;
}
