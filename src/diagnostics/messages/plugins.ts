/** Messages about plugins. */

import { define } from './define.ts';

export const pluginBroken = define(
  'plugin/load',
  'error',
  "A plugin that `plugins:` in postil.yml names could not be loaded: the package is not installed in the site's folder, the file is not there, or it cannot be bundled. The place is that in the plugin’s file, if it is one of the site.",
  (use: string, reason: string, hint: string) => ({
    message: `the plugin “${use}” cannot be loaded: ${reason}`,
    hint,
  }),
);

export const pluginFailed = define(
  'plugin/failed',
  'error',
  'A plugin that `plugins:` in postil.yml names threw while it was at work on this note, or what it left of the note is no tree that could be printed, or it never came to an end: it may wait 30 s (once it has waited in vain, 1 s at each of the next notes) and compute 8 s. The message says what the plugin said, and where in its file, if that can be told. Mend the plugin, or tell those who wrote it; without its line in `postil.yml` the note is compiled as if there was none.',
  (use: string, reason: string, hint?: string) => ({
    message: `the plugin “${use}” failed: ${reason}`,
    hint: hint ?? 'mend the plugin, or tell those who wrote it',
  }),
);

export const pluginMessage = define(
  'plugin/message',
  'warning',
  'A plugin that `plugins:` in postil.yml names says something of this note, with `file.message()`: most plugins that do are linters, as those of remark-lint. What it means is told by the plugin, whose name, or whose rule’s, stands before the message.',
  (by: string, reason: string) => ({ message: `${by}: ${reason}` }),
);
