/** Files of the site, made and put on their way to the output folder in a thread. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Theme } from '../../templates/theme.ts';
import { bodyIn, searchPartIn } from '../cache/notes.ts';
import { Store } from '../cache/store.ts';
import { Chrome } from '../emit/chrome.ts';
import { notePage } from '../emit/note-page.ts';
import type { Sheet, SiteSheet } from '../emit/page.ts';
import { hash } from '../hash.ts';
import { printSearched } from '../search/searched-note.ts';
import { bytesForNow, textOf } from '../utf8.ts';

/** What all files of a build share. */
export interface PrintingSite {
  /** Tells one build from another. */
  build: string;
  sheet: SiteSheet;
  /** The store's folder. */
  store: string;
}

/** Where a thread is to write files. */
export interface Places {
  /** A folder that is there. */
  folder: string;
  /** Paths below it, of which only the last part is a file’s; folders in them may be missing. */
  names: string[];
}

/** Files to make. */
export interface PrintJob {
  site: PrintingSite;
  sheets: Sheet[];
  /** Where to write them. */
  places: Places;
}

interface Shared {
  build: string;
  chrome: Chrome;
  theme: Theme;
  store: Store;
  /** Folders that are there. */
  folders: Set<string>;
}

let shared: Shared | undefined;

/**
 * @returns for each file the hash of its bytes, which have been written; nothing where it cannot be made here, for
 * whatever reason: whoever asked makes it, or is told what is wrong
 */
export async function printFiles({ site, sheets, places }: PrintJob): Promise<(string | undefined)[]> {
  const all = await sharedBy(site);
  return sheets.map((sheet, i) => {
    const name = places.names[i]!;
    try {
      const made = contentsOf(sheet, all);
      if (made === undefined) return undefined;
      const contents = typeof made === 'string' ? bytesForNow(made) : made;
      makeFolders(places.folder, dirname(name), all.folders);
      writeFileSync(join(places.folder, name), contents);
      return hash(contents);
    } catch {
      return undefined;
    }
  });
}

/**
 * Makes folders below one that must be there: that of a build which is over is not made again.
 *
 * @param made folders that need no look; gets those that were made
 */
function makeFolders(base: string, name: string, made: Set<string>): void {
  const folder = join(base, name);
  if (name === '.' || made.has(folder)) return;
  makeFolders(base, dirname(name), made);
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  made.add(folder);
}

function contentsOf(sheet: Sheet, { chrome, theme, store }: Shared): string | Uint8Array | undefined {
  if (sheet.kind === 'text') return sheet.contents;
  if (sheet.kind === 'view') return theme.render(sheet.template, sheet.view);
  if (sheet.kind === 'note') {
    const body = bodyIn(store, sheet.key);
    return body && theme.render('note', notePage(sheet, body, chrome));
  }
  const sections = searchPartIn(store, sheet.key, 'sections');
  return sections && printSearched(sheet, textOf(sections));
}

const loadTheme = () => import('../../templates/theme.ts');

/** Loads what all pages are made with. */
export async function warm(): Promise<void> {
  await loadTheme();
}

/** Made once for a build. */
async function sharedBy({ build, sheet, store }: PrintingSite): Promise<Shared> {
  const { theme } = await loadTheme();
  if (shared?.build !== build) {
    shared?.store.close();
    const chrome = new Chrome(sheet.config, theme, sheet);
    shared = { build, chrome, theme, store: new Store(store), folders: new Set() };
  }
  return shared;
}
