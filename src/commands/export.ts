/** `postil export NOTE`: one note as one HTML file that needs nothing else, to send to somebody. */

import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { Breath } from '../breath.ts';
import { Store } from '../cache/store.ts';
import { suggest } from '../diagnostics/suggest.ts';
import type { LinkedNote } from '../model.ts';
import { Changed } from '../notes.ts';
import { outputPath } from '../paths.ts';
import { singleFile } from '../publish/single.ts';
import { SiteState } from '../serve/live.ts';
import { linkSite, type ReadSite, readSite } from '../site.ts';
import { TemplateError } from '../theme/fault.ts';
import { writeWhole } from '../whole-file.ts';
import { openWork } from '../work.ts';
import { checkSite, isFolder } from './build.ts';
import { defineCommand } from './command.ts';
import { interruptible } from './interrupt.ts';
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
    const folder = resolve(site);
    const signal = interruptible();
    const work = await openWork(folder, { signal });
    const store = new Store(join(work.folder, 'store'));
    try {
      const { read, linked } = await linkedSite(folder, work.folder, store, signal);
      const found = findNote([...linked.site.notes.values()], note, folder, read.config.base);
      const out = values.out ?? `${found.slug}.html`;
      if (isFolder(out)) throw new Usage(`“${out}” is a folder; name a file`, 'export');
      if (existsSync(out) && !isPage(out))
        throw new Usage(`“${out}” is there already and is no page; name another file`, 'export');
      const html = await printNote(found, read, linked);
      mkdirSync(dirname(out), { recursive: true });
      writeWhole(out, html);
      process.stdout.write(`${out} (${Math.round(Buffer.byteLength(html) / 1000)} kB)\n`);
      return 0;
    } catch (error) {
      if (error instanceof TemplateError) throw new Usage(BROKEN, 'export');
      if (error instanceof Changed)
        throw new Usage('the site changed while it was exported; try again', 'export');
      throw error;
    } finally {
      store.close();
      work.unlock();
    }
  },
});

type Complete = ConstructorParameters<typeof SiteState>[1];

const BROKEN = 'the site cannot be built; run “postil build” and look at what it says';

/**
 * A note by its slug, its address or its file.
 *
 * @throws Usage when it is none, or has no page
 */
function findNote(all: LinkedNote[], note: string, site: string, base: string): LinkedNote {
  // What introduces a tag has no page but the tag's.
  const notes = all.filter(({ index }) => index.meta.type !== 'tag');
  const name = withoutSite(note, base)
    .normalize('NFC')
    .replace(/^\.?\/|\/$/g, '');
  const file = name.replace(/^posts\//, '');
  const fromHere = relative(join(site, 'posts'), resolve(note)).replace(/\\/g, '/');
  const found =
    notes.find(({ index }) => index.path === file || index.path === fromHere.normalize('NFC')) ??
    notes.find(({ url }) => url.replace(/^\/|\/$/g, '') === name) ??
    notes.find(({ slug }) => slug === name) ??
    notes.find(({ index }) => index.path === `${file}.md`);
  if (!found) {
    if (all.some(({ index }) => index.path === file || index.path === `${file}.md`))
      throw new Usage(`“${note}” introduces a tag; only notes can be exported`, 'export');
    if ([file, `${file}.md`].some((path) => /\.md$/i.test(path) && existsSync(join(site, 'posts', path))))
      throw new Usage(`“${note}” is not published: a draft has no page to write`, 'export');
    const [near] = suggest(
      file.replace(/\.md$/i, ''),
      notes.map((n) => n.slug),
    );
    throw new Usage(`there is no note “${note}”${near ? `; did you mean “${near}”?` : ''}`, 'export');
  }
  return found;
}

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
 * A site as a build has it before anything is written: nothing is, `dist/` stays as it is.
 *
 * @throws Usage when it has errors; Changed when it changes meanwhile; the signal's reason
 */
async function linkedSite(
  site: string,
  work: string,
  store: Store,
  signal: AbortSignal,
): Promise<{ read: ReadSite; linked: Complete }> {
  const read = await readSite(site, work, {});
  if ('failed' in read) throw new Usage(BROKEN, 'export');
  const linked = await linkSite(read, store, { breath: new Breath(signal), signal });
  const { theme } = linked;
  if (!theme || linked.diagnostics.some((d) => d.severity === 'error')) throw new Usage(BROKEN, 'export');
  return { read, linked: { ...linked, theme } };
}

async function printNote(note: LinkedNote, read: ReadSite, linked: Complete): Promise<string> {
  const made = new SiteState(read, linked, await import('../emit/emit.ts'));
  const page = await made.page(outputPath(note.url));
  if (!page) throw new Error(`${note.url} is no page`);
  const { base, origin } = read.config;
  const contents = async (path: string) => (await made.file(path)) ?? (await made.page(path))?.contents;
  return singleFile(
    String(page.contents),
    async (path) => {
      const found = await contents(path);
      return typeof found === 'string' ? Buffer.from(found) : found;
    },
    base,
    origin,
  );
}
