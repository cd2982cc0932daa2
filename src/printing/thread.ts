/** Files of the site, made and put on their way to the output folder in a thread. */

import { writeFileSync } from 'node:fs';
import type { Theme } from '../../templates/theme.ts';
import { bodyIn, searchPartIn } from '../cache/notes.ts';
import { bytesAsText, Store } from '../cache/store.ts';
import { Chrome } from '../emit/chrome.ts';
import { notePage } from '../emit/note-page.ts';
import type { Sheet, SiteSheet } from '../emit/page.ts';
import { hash } from '../hash.ts';
import type { SectionText } from '../search/note-text.ts';
import { printSearched } from '../search/searched-note.ts';

/** What all files of a build share. */
export interface PrintingSite {
  /** Tells one build from another. */
  build: string;
  sheet: SiteSheet;
  /** The store's folder. */
  store: string;
}

/** Files to make. */
export interface PrintJob {
  site: PrintingSite;
  /** @property staged where to write it, in a folder that is there */
  files: { sheet: Sheet; staged: string }[];
}

interface Shared {
  build: string;
  chrome: Chrome;
  theme: Theme;
  store: Store;
}

let shared: Shared | undefined;

/**
 * @returns for each file the hash of its bytes, which have been written; nothing where it cannot be made here, for
 * whatever reason: whoever asked makes it, or is told what is wrong
 */
export async function printFiles({ site, files }: PrintJob): Promise<(string | undefined)[]> {
  const all = await sharedBy(site);
  return files.map(({ sheet, staged }) => {
    try {
      const made = contentsOf(sheet, all);
      if (made === undefined) return undefined;
      const contents = typeof made === 'string' ? Buffer.from(made) : made;
      writeFileSync(staged, contents);
      return hash(contents);
    } catch {
      return undefined;
    }
  });
}

function contentsOf(sheet: Sheet, { chrome, theme, store }: Shared): string | Uint8Array | undefined {
  if (sheet.kind === 'text') return sheet.contents;
  if (sheet.kind === 'view') return theme.render(sheet.template, sheet.view);
  if (sheet.kind === 'note') {
    const body = bodyIn(store, sheet.key);
    return body && theme.render('note', notePage(sheet, body, chrome));
  }
  const sections = searchPartIn(store, sheet.key, 'sections');
  return sections && printSearched(sheet, JSON.parse(bytesAsText(sections)) as SectionText[]);
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
    shared = { build, chrome, theme, store: new Store(store) };
  }
  return shared;
}
