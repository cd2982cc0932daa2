/** Messages about the output folder. */

import { define } from './define.ts';

export const outDangerous = define(
  'out/dangerous',
  'error',
  'The output folder would hold or be the site itself, the home folder or the root: a build must never write over what people keep there.',
  (out: string, why: string) => ({
    message: `“${out}” cannot be the output folder: ${why}`,
    hint: 'choose a folder of its own, such as dist',
  }),
);

export const outForeign = define(
  'out/foreign',
  'error',
  'The output folder has files in it and none of them says that Postil wrote it (`.postil.json`). Postil deletes and replaces only what it wrote.',
  (out: string) => ({
    message: `“${out}” is not empty and was not written by Postil`,
    hint: 'empty it yourself, or choose another folder with --out',
  }),
);

export const outForeignFile = define(
  'out/foreign-file',
  'error',
  'Something that Postil did not write stands in the output folder where a file of the site is to go (a file, a folder with files in it, or a symbolic link). It is not touched, so nothing was published.',
  (path: string) => ({
    message: `“${path}” in the output folder was not written by Postil and stands in the way`,
    hint: 'move it away; files of your own belong in public/',
  }),
);
