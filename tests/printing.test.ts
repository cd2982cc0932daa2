/** Pages of notes that threads make are those that are made here, byte for byte; and none is lost on the way. */

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { Breath } from '../src/breath.ts';
import { Store } from '../src/cache/store.ts';
import { emit, siteSheet } from '../src/emit/emit.ts';
import { closePool } from '../src/pool.ts';
import { Printing } from '../src/printing/printing.ts';
import { type PrintedPage, printPages } from '../src/printing/thread.ts';
import { linkSite, readSite } from '../src/site.ts';
import { folderOf } from './support/folder.ts';

afterAll(closePool);

/** What emit makes of a site, with the sheets of pages. */
async function pagesOf(folder: string) {
  const work = folderOf();
  const read = await readSite(folder, work, {}, {});
  if ('failed' in read) throw new Error(JSON.stringify(read.failed));
  const store = new Store(join(work, 'store'));
  const { site, notes, theme, cards } = await linkSite(read, store, {}, new Breath(undefined));
  const options = {
    config: read.config,
    client: theme!.client,
    theme: theme!.theme,
    engine: '',
    publicFiles: new Set(read.inputs.publicFiles.map((f) => f.path)),
    cards,
  };
  return { sheet: siteSheet(options), pages: [...emit(site, notes, options)], close: () => store.close() };
}

describe('printing in threads', () => {
  test.each(['tests/site/vault', 'tests/site/overviews'])('the notes of %s', async (name) => {
    const folder = fileURLToPath(new URL(`../${name}/`, import.meta.url));
    const { sheet, pages, close } = await pagesOf(folder);
    const sheets = pages.flatMap((page) => page.sheet?.() ?? []);
    expect(sheets.length).toBeGreaterThan(4);
    // As they reach another thread.
    const printed = await printPages(structuredClone({ site: sheet, notes: sheets }));
    const made = await Promise.all(pages.filter((p) => p.sheet?.()).map((p) => p.render()));
    expect(printed.map((p) => p && Buffer.from(p.contents).toString())).toEqual(made);
    close();
  });

  const notes = Object.fromEntries(
    Array.from({ length: 130 }, (_, i) => [
      `posts/n${i}.md`,
      `# N${i}\n\n$x_{${i}}$ [[n${(i + 1) % 130}]]\n`,
    ]),
  );

  test('every page of many comes back once, and what a thread cannot make is asked for here', async () => {
    const { sheet, pages, close } = await pagesOf(folderOf({ 'postil.yml': 'title: T\n', ...notes }));
    const printing = new Printing(sheet);
    const got = new Map<string, PrintedPage | undefined>();
    for (const page of pages) {
      const given = page.sheet?.();
      if (!given) continue;
      const broken = page.path.includes('/n7/');
      await printing.add(broken ? { ...given, body: new Uint8Array(3) } : given, async (printed) => {
        expect(got.has(page.path)).toBe(false);
        got.set(page.path, printed);
      });
    }
    await printing.finish();
    expect(got.size).toBe(130);
    expect([...got].filter(([, printed]) => !printed).map(([path]) => path)).toEqual(['posts/n7/index.html']);
    const [path, page] = [...got][100]!;
    expect(Buffer.from(page!.contents).toString()).toBe(await pages.find((p) => p.path === path)!.render());
    close();
  });

  test('who has given up is told of no page any more', async () => {
    const { sheet, pages, close } = await pagesOf(folderOf({ 'postil.yml': 'title: T\n', ...notes }));
    const printing = new Printing(sheet);
    let told = 0;
    for (const page of pages.slice(0, 60))
      await printing.add(page.sheet!()!, async () => {
        told++;
      });
    const before = told;
    printing.close();
    await printing.finish();
    // Those that are too few for a thread are nobody's either.
    expect(told).toBe(before);
    close();
  });

  test('few are left to whoever asks, and an error ends it', async () => {
    const { sheet, pages, close } = await pagesOf(
      folderOf({ 'postil.yml': 'title: T\n', 'posts/a.md': 'A\n' }),
    );
    const given = pages[0]!.sheet!()!;
    const few = new Printing(sheet);
    let left = 0;
    await few.add(given, async (printed) => {
      if (!printed) left++;
    });
    expect(left).toBe(0);
    await few.finish();
    expect(left).toBe(1);

    const many = new Printing(sheet);
    const full = new Error('the disk is full');
    const add = async () => {
      for (let i = 0; i < 2000; i++)
        await many.add(given, async () => {
          throw full;
        });
      await many.finish();
    };
    await expect(add()).rejects.toBe(full);
    close();
  });
});
