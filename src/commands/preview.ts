/** `postil preview [site]`: serves the built site on this machine, as GitHub Pages would. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { checkAddress } from '../build-options.ts';
import { readConfigOf } from '../config/on-disk.ts';
import { serve } from '../serve/preview.ts';
import { defineCommand, portNumber } from './command.ts';
import { Usage } from './usage.ts';

export const command = defineCommand({
  name: 'preview',
  usage: '[site]',
  summary: 'serve the built site on this machine, as GitHub Pages would',
  options: {
    port: { type: 'string', short: 'p', value: 'N', doc: 'port (default: 4173)' },
    out: { type: 'string', value: 'DIR', doc: 'folder to serve (default: dist in the site)' },
    base: { type: 'string', value: '/x/', doc: 'path below which the site was built' },
  },
  run: async (values, [site = '.']) => {
    const over = await checkAddress({ base: values.base });
    const out = values.out ?? join(site, 'dist');
    if (!existsSync(join(out, 'index.html')))
      throw new Usage(`there is no built site in “${out}”; run “postil build” first`);
    const { config } = readConfigOf(site, over);
    const server = await serve(out, config.base, portNumber(values.port, 4173));
    process.stdout.write(`${server.url}\n`);
    await new Promise<void>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, resolve);
    });
    await server.close();
    return 0;
  },
});
