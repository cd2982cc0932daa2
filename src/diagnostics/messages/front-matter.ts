/** Messages about front matter. */

import { define } from './define.ts';

export const frontMatterLanguage = define(
  'front-matter/language',
  'error',
  'Front matter is YAML between two lines of `---`. Other languages are refused: those named after the opening `---` (such as `---js`, which other tools execute), TOML between lines of `+++` and JSON, which would be shown as text. `postil import hugo` and `postil import hexo` write them as YAML.',
  (language: string, tool?: 'hugo' | 'hexo') => ({
    message: `front matter in “${language}” is not allowed`,
    hint: `write YAML between two lines of ---${tool ? `, or bring the notes in with postil import ${tool}, which does` : ''}`,
  }),
);

export const frontMatterPlace = define(
  'front-matter/place',
  'error',
  'Front matter begins with `---` on the first line of the file. Below blank lines, behind a blank or without that line its fields would be shown as text, and `draft: true` would keep nothing out.',
  () => ({
    message: 'the front matter does not begin on the first line with ---',
    hint: 'make --- the first line, with nothing before it',
  }),
);

export const frontMatterUnclosed = define(
  'front-matter/unclosed',
  'error',
  'The file opens with `---` and has no line that is just `---` to close the front matter, so it cannot be told from the text.',
  () => ({ message: 'the front matter is never closed', hint: 'end it with a line that is just ---' }),
);

export const frontMatterYaml = define(
  'front-matter/yaml',
  'error',
  'The front matter is not valid YAML. Most often a value holds `: ` or starts with a special character and needs quotes, or a field does not begin in the column of those before it.',
  (message: string, hint?: string) => ({ message, hint }),
);

export const frontMatterShape = define(
  'front-matter/shape',
  'error',
  'Front matter is a list of `key: value` lines.',
  (found: string) => ({ message: `front matter must be “key: value” lines, not ${found}`, hint: undefined }),
);

export const frontMatterType = define(
  'front-matter/type',
  'error',
  'A field of the front matter has a value of the wrong kind.',
  (field: string, expected: string, found: string) => ({
    message: `“${field}” must be ${expected}, not ${found}`,
    hint: undefined,
  }),
);

export const frontMatterUnknown = define(
  'front-matter/unknown',
  'warning',
  'A field is very close to one that Postil knows. Other unknown fields are left alone: notes travel between tools.',
  (field: string, near: string) => ({ message: `unknown field “${field}”`, hint: `did you mean “${near}”?` }),
);

export const frontMatterPrivate = define(
  'front-matter/private',
  'error',
  'A field that is very close to `draft` or `publish` would keep the note out of the site, and is not read: the note would be published.',
  (field: string, near: string) => ({
    message: `“${field}” is no field, so it would not keep the note out of the site`,
    hint: `did you mean “${near}”?`,
  }),
);

export const frontMatterConflict = define(
  'front-matter/conflict',
  'warning',
  'Two fields with one meaning (for example `tags` and `tag`, `updated` and `lastmod`) have different values. The first of them in the table of front matter counts; of two spellings of one name (`tags` and `Tags`), the first in the note.',
  (used: string, ignored: string) => ({
    message: `“${ignored}” says something else than “${used}” and is ignored`,
    hint: 'keep one of the two',
  }),
);

export const frontMatterControl = define(
  'front-matter/control',
  'error',
  'A value holds a control character. In double quotes YAML reads `\\a`, `\\b`, `\\t`, `\\f` as such: `"$\\alpha$"` loses its backslash.',
  (field: string, code: string) => ({
    message: `“${field}” holds the control character ${code}`,
    hint: "LaTeX in double quotes loses its backslashes; use single quotes: '$\\alpha$'",
  }),
);

export const frontMatterDirection = define(
  'front-matter/direction',
  'warning',
  'A value holds a mark that turns the direction of the text after it (U+202A to U+202E, U+2066 to U+2069). Hidden in a title, it makes `txt.exe` look like `exe.txt`; it also turns what stands after the title on a page.',
  (field: string, code: string) => ({
    message: `“${field}” holds ${code}, which turns the direction of the text after it`,
    hint: 'take it out unless the text is meant to run from right to left',
  }),
);

export const frontMatterPassword = define(
  'front-matter/password',
  'error',
  'Other tools hide a note behind a password in the browser. A published static page cannot keep a secret; Postil would publish the text in clear, so it refuses.',
  () => ({
    message: 'Postil cannot keep a published page secret',
    hint: 'remove “password”, or keep the note out with “draft: true”',
  }),
);
