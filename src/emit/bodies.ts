/** What emit asks for of compiled notes. */

import type { LoadedNote } from '../model.ts';
import type { NotePath } from '../paths.ts';

/** Compiled notes, wherever they are kept. */
export interface Bodies {
  /** Changes when the compiled note does. */
  key(path: NotePath): string;
  load(path: NotePath): Promise<LoadedNote>;
  /** The note as Markdown, without front matter and comments. */
  markdown(path: NotePath): Promise<string>;
}
