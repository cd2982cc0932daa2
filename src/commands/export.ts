/** `postil export NOTE`: one note as one HTML file that needs nothing else, to send to somebody. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build } from '../build.ts';
import { readConfig } from '../config.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { singleFile } from '../publish/single.ts';
import { readManifest } from '../write/output-folder.ts';
import { checkSite, isFolder } from './build.ts';
import { defineCommand } from './command.ts';
import { Usage } from './usage.ts';

export const command = defineCommand({
  name: 'export',
  usage: 'NOTE',
  summary: 'write one note as one HTML file, with its formulas and pictures in it',
  options: {
    site: { type: 'string', value: 'DIR', doc: 'the site (default: this folder)' },
    out: { type: 'string', value: 'FILE', doc: 'file to write (default: the note’s slug and .html)' },
  },
  run: async (values, [note]) => {
    const site = values.site ?? '.';
    checkSite(site);
    if (!note) throw new Usage('name a note by its slug, its address or its file', 'export');
    const result = await build({ site });
    if (!result.published)
      throw new Usage('the site cannot be built; run “postil build” and look at what it says', 'export');
    const pages = [...(readManifest(result.out)?.keys() ?? [])].filter((p) => p.endsWith('/index.html'));
    const wanted = note.replace(/^\/|\/$|\.md$/g, '').replace(/^posts\//, '');
    const page =
      pages.find((p) => p === `posts/${wanted}/index.html`) ??
      pages.find((p) => p === `${wanted}/index.html`) ??
      pages.find((p) => basename(dirname(p)) === basename(wanted));
    if (!page) {
      if (existsSync(join(site, 'posts', `${wanted}.md`)))
        throw new Usage(`“${note}” is not published: a draft has no page to write`, 'export');
      const [near] = suggest(
        wanted,
        pages.map((p) => basename(dirname(p))),
      );
      throw new Usage(`there is no note “${note}”${near ? `; did you mean “${near}”?` : ''}`, 'export');
    }
    const text = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
    const { config } = readConfig(text(join(site, 'postil.yml')), text(join(site, 'public', 'CNAME')));
    const file = values.out ?? `${basename(dirname(page))}.html`;
    if (isFolder(file)) throw new Usage(`“${file}” is a folder; name a file`, 'export');
    const html = singleFile(result.out, page, config.base, config.origin);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, html);
    process.stdout.write(`${file} (${Math.round(Buffer.byteLength(html) / 1000)} kB)\n`);
    return 0;
  },
});
