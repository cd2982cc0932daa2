/** The pages of notes, made in a thread. */

import type { Theme } from '../../templates/theme.ts';
import { unpackBody } from '../cache/notes.ts';
import { Chrome } from '../emit/chrome.ts';
import type { NoteSheet, SiteSheet } from '../emit/emit.ts';
import { notePage } from '../emit/note-page.ts';
import { hash } from '../hash.ts';

/** What all pages of a job share, and the pages. */
export interface PagesJob {
  site: SiteSheet;
  notes: NoteSheet[];
}

/** A page as UTF-8, and its hash. */
export interface PrintedPage {
  contents: Uint8Array;
  hash: string;
}

let last: { key: string; chrome: Chrome } | undefined;

/**
 * @returns for each note its page; nothing where it cannot be made here, for whatever reason: whoever asked makes it, or
 * is told what is wrong
 */
export async function printPages({ site, notes }: PagesJob): Promise<(PrintedPage | undefined)[]> {
  const { theme } = await import('../../templates/theme.ts');
  const chrome = chromeOf(site, theme);
  return notes.map((note) => {
    try {
      const contents = Buffer.from(theme.render('note', notePage(note, unpackBody(note.body), chrome)));
      return { contents, hash: hash(contents) };
    } catch {
      return undefined;
    }
  });
}

/** Made once for a build. */
function chromeOf(site: SiteSheet, theme: Theme): Chrome {
  const key = JSON.stringify(site);
  if (last?.key !== key)
    last = { key, chrome: new Chrome(site.config, site.client, site.icon, site.keeps, theme) };
  return last.chrome;
}
