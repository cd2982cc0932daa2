/** What a build is asked for. */

import type { InspectOptions } from './link/inspect.ts';

export interface BuildOptions {
  /** The site's folder: the one with `posts/` in it. */
  site: string;
  /** Output folder. Default: `dist` in the site. */
  out?: string;
  /** Address of the site, over the configuration: `https://example.org/notes/`. */
  url?: string;
  /** Base path, over the configuration: `/notes/`. */
  base?: string;
  /** Publish drafts too. */
  drafts?: boolean;
  /** Warnings are errors. */
  strict?: boolean;
  /** Worker threads. Default: one a core. */
  jobs?: number;
  /** No other build follows in this process: threads end while files are moved, not after it. */
  last?: boolean;
  /** Ends the build: it throws the signal's reason, with everything as if it had not begun. */
  signal?: AbortSignal;
  /** Write nothing; say also what is worth knowing though it is not wrong. */
  check?: InspectOptions;
  /** Told what is going on, for a progress line. */
  progress?: (
    stage: 'read' | 'compile' | 'emit' | 'write' | 'wait',
    done: number,
    total: number,
    detail?: string,
  ) => void;
}
