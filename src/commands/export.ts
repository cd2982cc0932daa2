/** `postil export NOTE`: one note as one HTML file that needs nothing else, to send to somebody. */

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { Breath } from '../breath.ts';
import { build } from '../build.ts';
import { Store } from '../cache/store.ts';
import type { Config } from '../config.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { LinkedNote } from '../model.ts';
import { outputPath } from '../paths.ts';
import { singleFile } from '../publish/single.ts';
import { linkSite, readSite } from '../site.ts';
import { openWork } from '../work.ts';
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
    const { config, linked } = await linkedNotes(resolve(site));
    // What introduces a tag has no page but the tag's.
    const notes = linked.filter(({ index }) => index.meta.type !== 'tag');
    const name = withoutSite(note, config.base)
      .normalize('NFC')
      .replace(/^\.?\/|\/$/g, '');
    const file = name.replace(/^posts\//, '');
    const fromHere = relative(join(resolve(site), 'posts'), resolve(note)).replace(/\\/g, '/');
    const found =
      notes.find(({ index }) => index.path === file || index.path === fromHere.normalize('NFC')) ??
      notes.find(({ url }) => url.replace(/^\/|\/$/g, '') === name) ??
      notes.find(({ slug }) => slug === name) ??
      notes.find(({ index }) => index.path === `${file}.md`);
    if (!found) {
      if (linked.some(({ index }) => index.path === file || index.path === `${file}.md`))
        throw new Usage(`“${note}” introduces a tag; only notes can be exported`, 'export');
      if ([file, `${file}.md`].some((path) => /\.md$/i.test(path) && existsSync(join(site, 'posts', path))))
        throw new Usage(`“${note}” is not published: a draft has no page to write`, 'export');
      const [near] = suggest(
        file.replace(/\.md$/i, ''),
        notes.map((n) => n.slug),
      );
      throw new Usage(`there is no note “${note}”${near ? `; did you mean “${near}”?` : ''}`, 'export');
    }
    const out = values.out ?? `${found.slug}.html`;
    if (isFolder(out)) throw new Usage(`“${out}” is a folder; name a file`, 'export');
    if (existsSync(out) && !isPage(out))
      throw new Usage(`“${out}” is there already and is no page; name another file`, 'export');
    const html = singleFile(result.out, outputPath(found.url), config.base, config.origin);
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, html);
    process.stdout.write(`${out} (${Math.round(Buffer.byteLength(html) / 1000)} kB)\n`);
    return 0;
  },
});

/** Whether a file is HTML, as an earlier export is: anything else may be somebody's work. */
function isPage(path: string): boolean {
  return /^\s*<!doctype html>/i.test(readFileSync(path, 'utf8'));
}

/** An address as a browser shows it, without what it has of the site: host and base path. */
function withoutSite(note: string, base: string): string {
  let path = note;
  if (/^https?:\/\//i.test(note) && URL.canParse(note)) {
    path = new URL(note).pathname;
    try {
      path = decodeURI(path);
    } catch {}
  }
  return path.startsWith(base) ? path.slice(base.length - 1) : path;
}

/**
 * @returns the published notes and pages of a site that was just built; what it needs of them is in the store
 * @throws Usage when its configuration has been broken since
 */
async function linkedNotes(site: string): Promise<{ config: Config; linked: LinkedNote[] }> {
  const work = await openWork(site, {});
  const store = new Store(join(work.folder, 'store'));
  try {
    const read = await readSite(site, work.folder, {});
    if ('failed' in read) throw new Usage('the site changed while it was exported; try again', 'export');
    const { site: made } = await linkSite(read, store, { breath: new Breath(undefined) });
    return { config: read.config, linked: [...made.notes.values()] };
  } finally {
    store.close();
    work.unlock();
  }
}
