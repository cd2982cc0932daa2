/** Files that threads make are those that are made here, byte for byte; and none is lost on the way. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { Breath } from '../src/breath.ts';
import { build } from '../src/build.ts';
import { Store } from '../src/cache/store.ts';
import { emit, siteSheet } from '../src/emit/emit.ts';
import { refTexts } from '../src/emit/print.ts';
import { hash } from '../src/hash.ts';
import { Printing } from '../src/printing/printing.ts';
import { type Places, printFiles } from '../src/printing/thread.ts';
import { searchPages } from '../src/search/pages.ts';
import { wordFilesFromStore } from '../src/search/thread.ts';
import type { WordFile, WordsJob } from '../src/search/word-files.ts';
import { linkSite, readSite } from '../src/site.ts';
import { printAside, wordsAside } from '../src/threads/aside.ts';
import { closePool, warmPool } from '../src/threads/pool.ts';
import { folderOf, put } from './support/folder.ts';
import { snapshot } from './support/snapshot.ts';

afterAll(closePool);

/** What emit makes of a site, with the sheets of pages. */
async function pagesOf(folder: string) {
  const work = folderOf();
  const read = await readSite(folder, work, {});
  if ('failed' in read) throw new Error(JSON.stringify(read.failed));
  const store = new Store(join(work, 'store'));
  const { site, notes, theme, cards } = await linkSite(read, store, { breath: new Breath(undefined) });
  const options = {
    config: read.config,
    client: theme!.client,
    theme: theme!.theme,
    engine: '',
    publicFiles: new Set(read.inputs.publicFiles.map((f) => f.path)),
    cards,
  };
  const search = await searchPages(site, notes, {
    base: '/',
    engine: '',
    refTexts: (note) => refTexts(note, 'zh-CN'),
  });
  let places = 0;
  return {
    site,
    notes,
    search,
    sheet: siteSheet(options),
    store: join(work, 'store'),
    pages: [...emit(site, notes, options), ...search].filter((page) => page.sheet),
    /** Where a thread is to write files. */
    place: (paths: string[]): Places => ({ folder: work, names: paths.map((path) => `${places++}/${path}`) }),
    close: () => store.close(),
  };
}

describe('printing in threads', () => {
  test.each(['tests/site/vault', 'tests/site/overviews'])('the files of %s', async (name) => {
    const folder = fileURLToPath(new URL(`../${name}/`, import.meta.url));
    const { sheet, store, pages, place, close } = await pagesOf(folder);
    const sheets = pages.map((page) => page.sheet!());
    expect(new Set(sheets.map((s) => s.kind))).toEqual(new Set(['note', 'view', 'search']));
    expect(sheets.length).toBeGreaterThan(8);
    const places = place(pages.map((page) => page.path));
    // As they reach another thread.
    const hashes = await printFiles(structuredClone({ site: { build: name, sheet, store }, sheets, places }));
    for (const [i, page] of pages.entries()) {
      const made = await page.render();
      expect([page.path, hashes[i]]).toEqual([page.path, hash(made)]);
      expect(readFileSync(join(places.folder, places.names[i]!), 'utf8')).toBe(made);
    }
    close();
  });

  test('the word files of search, read ahead or not, with notes that are not published', async () => {
    const { site, notes, search, store, close } = await pagesOf(
      folderOf({
        'postil.yml': 'title: T\n',
        'posts/b.md': '# 蒸馏\n\n软目标 [[a]]\n',
        'posts/a.md': '# 检测\n\n集合 $x_1$\n',
        'posts/c.md': '---\npublish: false\n---\n集合的草稿\n',
        'posts/d.md': '---\ndate: 2020-01-01\n---\n更早的集合\n',
      }),
    );
    const files = search.filter((page) => page.path.startsWith('search/words-'));
    const here = await Promise.all(files.map(async (f) => ({ key: f.key(), contents: await f.render() })));
    const all = here.map((f) => f.contents.toString()).join('');
    expect(all).toContain('集合');
    expect(all).not.toContain('草稿');
    const asked = async (keys: string[], names: string[], folder = store) => {
      let made: WordFile[] | undefined;
      const aside = async (job: WordsJob) => {
        made = await wordFilesFromStore({ keys, names, folder }, Promise.resolve(structuredClone(job)));
        return made;
      };
      await searchPages(site, notes, {
        base: '/',
        engine: '',
        refTexts: (note) => refTexts(note, 'zh-CN'),
        aside,
      });
      return made;
    };
    expect(await asked(notes.keys(), notes.names())).toEqual(here);
    // Of which one is missing, or none was read.
    expect(await asked(notes.keys().slice(1), [])).toEqual(here);
    expect(await asked([], [])).toEqual(here);
    // Of which the store has none.
    expect(await asked(notes.keys(), [], folderOf())).toBeUndefined();
    const none = { keys: [], names: [], folder: folderOf() };
    const job = { notes: [], engine: '', known: new Set<string>() };
    expect((await wordFilesFromStore(none, Promise.resolve(job)))?.length).toBe(16);
    expect(await wordFilesFromStore(none, Promise.resolve(undefined))).toBeUndefined();
    close();
  });

  test.each([0, 300])('a thread that nobody asks for word files goes on, after %i ms', async (wait) => {
    const { sheet, store, place, close } = await pagesOf(
      folderOf({ 'postil.yml': 'title: T\n', 'posts/a.md': 'A\n' }),
    );
    await closePool();
    await warmPool([1], 1);
    const busy = printAside({ site: { build: `busy-${wait}`, sheet, store }, sheets: [], places: place([]) });
    const words = wordsAside({ keys: [], names: [], folder: store })!;
    await setTimeout(wait);
    words.close();
    const text = { kind: 'text', contents: '文' } as const;
    const job = { site: { build: `after-${wait}`, sheet, store }, sheets: [text], places: place(['a']) };
    expect(await printAside(job)).toEqual([hash('文')]);
    expect(await busy).toEqual([]);
    close();
  });

  test('what is made already is only written', async () => {
    const { sheet, store, close } = await pagesOf(
      folderOf({ 'postil.yml': 'title: T\n', 'posts/a.md': 'A\n' }),
    );
    const site = { build: 'texts', sheet, store };
    const folder = folderOf({ 'old/x': '' });
    const text = { kind: 'text', contents: '文' } as const;
    const names = ['file', 'a/b/file', 'a/b/other', 'old/file'];
    const sheets = names.map(() => text);
    expect(await printFiles({ site, sheets, places: { folder, names } })).toEqual(
      names.map(() => hash('文')),
    );
    for (const name of names) expect(readFileSync(join(folder, name), 'utf8')).toBe('文');
    // Where a file stands in the way of a folder; a folder that must be there is not made.
    const odd = { folder, names: ['file/x', 'a/c'] };
    expect(await printFiles({ site, sheets: [text, text], places: odd })).toEqual([undefined, hash('文')]);
    const gone = { folder: join(folder, 'gone'), names: ['x', 'a/x'] };
    expect(await printFiles({ site, sheets: [text, text], places: gone })).toEqual([undefined, undefined]);
    expect(existsSync(gone.folder)).toBe(false);
    close();
  });

  const notes = Object.fromEntries(
    Array.from({ length: 130 }, (_, i) => [
      `posts/n${i}.md`,
      `# N${i}\n\n$x_{${i}}$ [[n${(i + 1) % 130}]]\n`,
    ]),
  );

  test('every file of many comes back once, and what a thread cannot make is asked for here', async () => {
    const { sheet, store, pages, place, close } = await pagesOf(
      folderOf({ 'postil.yml': 'title: T\n', ...notes }),
    );
    const printing = new Printing(sheet, store, place);
    const got = new Map<string, string | undefined>();
    for (const page of pages) {
      const given = page.sheet!();
      const isLost = page.path === 'posts/n7/index.html' && given.kind === 'note';
      await printing.add(page.path, isLost ? { ...given, key: 'none' } : given, async (printed) => {
        expect(got.has(page.path)).toBe(false);
        if (printed) expect(hash(readFileSync(printed.staged))).toBe(printed.content);
        got.set(page.path, printed?.content);
      });
    }
    expect(printing.begun).toBe(true);
    await printing.finish();
    // Notes, what search shows of them, and lists.
    expect(pages.length).toBeGreaterThan(260);
    expect(got.size).toBe(pages.length);
    expect([...got].filter(([, content]) => !content).map(([path]) => path)).toEqual(['posts/n7/index.html']);
    for (const page of pages.slice(100, 160)) expect(got.get(page.path)).toBe(hash(await page.render()));
    close();
  });

  test('where many are expected, threads make the first ones too', async () => {
    const { sheet, store, pages, place, close } = await pagesOf(
      folderOf({ 'postil.yml': 'title: T\n', 'posts/a.md': 'A\n', 'posts/b.md': 'B\n' }),
    );
    const printing = new Printing(sheet, store, place, 128);
    const got = new Map<string, string | undefined>();
    for (const page of pages)
      await printing.add(page.path, page.sheet!(), async (printed) => {
        got.set(page.path, printed?.content);
      });
    await printing.finish();
    expect(pages.length).toBeGreaterThan(8);
    for (const page of pages) expect(got.get(page.path)).toBe(hash(await page.render()));
    close();
  });

  test('who has given up is told of no file any more', async () => {
    const { sheet, store, pages, place, close } = await pagesOf(
      folderOf({ 'postil.yml': 'title: T\n', ...notes }),
    );
    const printing = new Printing(sheet, store, place);
    let told = 0;
    for (const page of pages.slice(0, 258))
      await printing.add(page.path, page.sheet!(), async () => {
        told++;
      });
    const before = told;
    printing.close();
    await printing.finish();
    // Those that are too few for a thread are nobody's either.
    expect(told).toBe(before);
    close();
  });

  test('what threads still make for a build that was ended reaches no other', async () => {
    const site = folderOf({ 'postil.yml': 'title: Old\n', ...notes });
    const ended = new AbortController();
    const ending = build({
      site,
      signal: ended.signal,
      progress: (stage, done) => {
        if (stage === 'emit' && done === 129) ended.abort(new Error('enough'));
      },
    });
    await expect(ending).rejects.toThrow('enough');
    expect(existsSync(join(site, 'dist'))).toBe(false);
    put(site, 'postil.yml', 'title: New\n');
    expect(await build({ site })).toMatchObject({ published: true });
    const clean = folderOf({ 'postil.yml': 'title: New\n', ...notes });
    await build({ site: clean });
    expect(snapshot(join(site, 'dist'))).toEqual(snapshot(join(clean, 'dist')));
  });

  test('few are left to whoever asks, and an error ends it', async () => {
    const { sheet, store, pages, place, close } = await pagesOf(
      folderOf({ 'postil.yml': 'title: T\n', 'posts/a.md': 'A\n' }),
    );
    const given = pages[0]!.sheet!();
    const few = new Printing(sheet, store, place);
    let left = 0;
    await few.add('a', given, async (printed) => {
      if (!printed) left++;
    });
    expect([left, few.begun]).toEqual([0, false]);
    await few.finish();
    expect(left).toBe(1);

    const many = new Printing(sheet, store, place);
    const full = new Error('the disk is full');
    const add = async () => {
      for (let i = 0; i < 2000; i++)
        await many.add(`${i}`, given, async () => {
          throw full;
        });
      await many.finish();
    };
    await expect(add()).rejects.toBe(full);
    close();
  });
});
