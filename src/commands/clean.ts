/** `postil clean [site]`: removes what Postil made and nothing else. */

import { rmdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST } from '../write/output-folder.ts';
import { Writer } from '../write/writer.ts';
import { checkSite } from './build.ts';
import { counted, defineCommand } from './command.ts';
import { Usage } from './usage.ts';

export const command = defineCommand({
  name: 'clean',
  usage: '[site]',
  summary: 'remove the built site and the store; notes and foreign files stay',
  options: { out: { type: 'string', value: 'DIR', doc: 'output folder (default: dist in the site)' } },
  run: async (values, [site = '.']) => {
    checkSite(site);
    const out = values.out ?? join(site, 'dist');
    const store = join(site, '.postil');
    // A site of no files: the writer then deletes all that are ours, and follows no symbolic link.
    const writer = new Writer(out, store, {});
    const [obstacle] = writer.check();
    if (obstacle) throw new Usage(obstacle.message);
    const { deleted } = writer.finish();
    rmSync(join(out, MANIFEST), { force: true });
    removeEmpty(out);
    const had = statSync(store, { throwIfNoEntry: false }) !== undefined;
    rmSync(store, { recursive: true, force: true });
    process.stdout.write(`${counted(deleted, 'file')} removed${had ? ', and the store' : ''}\n`);
    return 0;
  },
});

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {}
}
