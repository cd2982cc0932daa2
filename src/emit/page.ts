/** What emit hands on: files that are still to be made, here or in a thread, and what they are made from. */

import type { Templates } from '../../templates/templates.ts';
import type { ClientFiles } from '../client.ts';
import type { Config } from '../config/config.ts';
import type { OutputFile } from '../model.ts';
import type { SearchedSheet } from '../search/searched-note.ts';
import type { BodyLinks, NoteFrame } from './note-page.ts';

/** A file of the site that is made, not copied. */
export interface Page {
  /** Path in the output folder. */
  path: string;
  /** Hash of everything that goes into it, the code included; made when asked for. */
  key(): string;
  render(): Promise<OutputFile['contents']>;
  /** What another thread makes it from, where nothing but the note's own part of the store is needed beside it. */
  sheet?(): Sheet;
}

/** What all pages of a build share, for a thread that has nothing else of the site. Cloned on its way there. */
export interface SiteSheet {
  config: Config;
  client: ClientFiles;
  icon: string | undefined;
  keeps: boolean;
}

/** What a thread makes a file from; one whose contents are there already, it only writes. */
export type Sheet =
  | NoteSheet
  | ViewSheet
  | SearchedSheet
  | { kind: 'text'; contents: OutputFile['contents'] };

/** A template and all that it shows. */
export interface ViewSheet<K extends keyof Templates = keyof Templates> {
  kind: 'view';
  template: K;
  view: Parameters<Templates[K]>[0];
}

/** What a note's page is made from, beside what all pages share and the compiled note. */
export interface NoteSheet {
  kind: 'note';
  /** Of the compiled note in the store. */
  key: string;
  frame: NoteFrame;
  linked: BodyLinks;
}
