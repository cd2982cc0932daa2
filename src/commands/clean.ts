/** `postil clean [site]`: removes what Postil made and nothing else. */

import { existsSync, lstatSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { counted } from '../counted.ts';
import { openWork } from '../work.ts';
import { MANIFEST } from '../write/output-folder.ts';
import { Writer } from '../write/writer.ts';
import { checkSite } from './build.ts';
import { defineCommand } from './command.ts';
import { interruptible } from './interrupt.ts';
import { progressLine } from './progress.ts';
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
    const stats = lstatSync(store, { throwIfNoEntry: false });
    const had = stats !== undefined;
    // In one that leads nowhere nothing can be locked, or built.
    if (stats?.isSymbolicLink() && !existsSync(store)) rmSync(store);
    const line = progressLine(process.stderr, true);
    const work = await openWork(resolve(site), { progress: line.show, signal: interruptible() }).finally(
      line.clear,
    );
    let deleted: number;
    try {
      // A site of no files: the writer then deletes all that are ours, and follows no symbolic link.
      const writer = new Writer(out, work.folder, {});
      const [obstacle] = writer.check();
      if (obstacle) throw new Usage(obstacle.message);
      ({ deleted } = writer.finish());
      rmSync(join(out, MANIFEST), { force: true });
      removeEmpty(out);
      if (isRealFolder(store)) emptyBut('lock', store);
    } finally {
      work.unlock();
    }
    // A build that waited has it now, if it is not empty.
    if (isRealFolder(store)) removeEmpty(store);
    else rmSync(store, { force: true });
    process.stdout.write(`${counted(deleted, 'file')} removed${had ? ', and the store' : ''}\n`);
    return 0;
  },
});

const isRealFolder = (path: string) => lstatSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/** The lock is the last to go: a build that waits for it begins when it is given back. */
function emptyBut(kept: string, folder: string): void {
  for (const name of readdirSync(folder))
    if (name !== kept) rmSync(join(folder, name), { recursive: true, force: true });
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {}
}
