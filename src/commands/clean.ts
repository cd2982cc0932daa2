/** `postil clean [site]`: removes what Postil made and nothing else. */

import { rmdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { MANIFEST, readManifest } from '../write/output-folder.ts';
import { checkSite } from './build.ts';
import { defineCommand } from './command.ts';

export const command = defineCommand({
  name: 'clean',
  usage: '[site]',
  summary: 'remove the built site and the store; notes and foreign files stay',
  options: { out: { type: 'string', value: 'DIR', doc: 'output folder (default: dist in the site)' } },
  run: async (values, [site = '.']) => {
    checkSite(site);
    const out = values.out ?? join(site, 'dist');
    const files = [...readManifest(out).keys()];
    for (const path of [...files, MANIFEST]) rmSync(join(out, path), { force: true });
    // Deepest folders first; one that still holds something of somebody else's stays.
    const folders = new Set(files.flatMap(foldersOf));
    for (const folder of [...folders].sort((a, b) => b.split('/').length - a.split('/').length))
      removeEmpty(join(out, folder));
    removeEmpty(out);
    const store = join(site, '.postil');
    const had = statSync(store, { throwIfNoEntry: false }) !== undefined;
    rmSync(store, { recursive: true, force: true });
    process.stdout.write(
      `${files.length} file${files.length === 1 ? '' : 's'} removed${had ? ', and the store' : ''}\n`,
    );
    return 0;
  },
});

function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'));
}

function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch {}
}
