/** Messages about files that are read: their names, their bytes. */

import { define } from './define.ts';

export const notUtf8 = define(
  'fs/not-utf8',
  'error',
  'Notes and `postil.yml` are read as UTF-8. The file holds a byte that UTF-8 does not allow, so its text cannot be known. Convert it with your editor ("Save with encoding") or with `iconv -f gb18030 -t utf-8`.',
  (offset: number) => ({
    message: `the file is not UTF-8 (first wrong byte at offset ${offset})`,
    hint: 'save it as UTF-8; for a file in GBK: iconv -f gb18030 -t utf-8',
  }),
);

export const nulByte = define(
  'fs/nul',
  'error',
  'The file holds a NUL character, which no text has: it is probably binary, or UTF-16.',
  () => ({ message: 'the file holds a NUL character', hint: 'save it as UTF-8 text' }),
);

export const bareCarriageReturn = define(
  'fs/line-ends',
  'error',
  'The file ends its lines with a lone carriage return (the Mac OS 9 way). Editors and git count its lines differently, so every place that Postil names would be wrong.',
  () => ({
    message: 'lines end with a lone carriage return',
    hint: 'save the file with LF or CRLF line ends',
  }),
);

export const symlink = define(
  'fs/symlink',
  'warning',
  'Symbolic links below `posts/` and `public/` are not followed: a link can point anywhere on the machine, and what it points to would be published.',
  () => ({ message: 'symbolic links are not followed', hint: 'copy the file to this place' }),
);

export const symlinkFolder = define(
  'fs/symlink-folder',
  'error',
  '`posts` or `public` itself, or a folder in their place of a site that is imported, is a symbolic link. A site that was copied from elsewhere could point it at anything on the machine and have that published, so it is not followed.',
  () => ({
    message: 'the folder is a symbolic link and is not followed',
    hint: 'put the folder itself here',
  }),
);

export const folderName = define(
  'fs/folder-name',
  'error',
  'The path of the site’s folder has a `#` or `?` in it. Notes do not mind, but what compiles plugins, templates and styles of a site’s own takes such a sign for the end of a file’s name, and finds none of them.',
  (what: string, sign: string) => ({
    message: `${what} cannot be compiled in a folder whose path has a “${sign}” in it`,
    hint: 'give the folder another name, or move the site',
  }),
);

export const folderTooDeep = define(
  'fs/too-deep',
  'error',
  'Folders are nested deeper than any file system that people publish from can carry.',
  (depth: number) => ({ message: `folders are nested more than ${depth} deep`, hint: 'flatten them' }),
);

export const sameName = define(
  'fs/same-name',
  'error',
  'Two files have names that differ only in Unicode form (one “é” as a letter, one as “e” and an accent). On macOS they would be one file.',
  (other: string) => ({
    message: `the name differs from “${other}” in Unicode form only`,
    hint: 'delete or rename one of them',
  }),
);

export const keepsChanging = define(
  'fs/keeps-changing',
  'error',
  'The file changed each time that the site was read, so no build of it would have been of any one state.',
  () => ({ message: 'the file keeps changing while the site is built', hint: 'build again when it is done' }),
);

export const unreadable = define(
  'fs/unreadable',
  'error',
  'The file could not be read.',
  (reason: string) => ({ message: `cannot read the file: ${reason}`, hint: 'check its permissions' }),
);

export const noPosts = define(
  'fs/no-posts',
  'warning',
  'The site has a `posts/` folder without any note that is published.',
  () => ({
    message: 'no note to publish in posts/',
    hint: 'add a Markdown file, for example posts/first.md',
  }),
);

export const newNoAnswer = define(
  'new/no-answer',
  'warning',
  'No service could say what the paper is that `postil new` was given: there is no network, or the service is slow, down or answers otherwise than it should. The note is made all the same.',
  (reason: string) => ({ message: reason, hint: 'fill in the paper yourself' }),
);
