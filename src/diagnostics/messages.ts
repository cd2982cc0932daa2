/**
 * Every message, one definition each. The id's first part is the place of the fault: `fs`, `front-matter`,
 * `config`, `link`, `math`, `html`, `url`, `note`. What cannot be published rightly is an error; what costs
 * one spot of one page is a warning (`--strict` makes warnings errors).
 */

import { MAX_SEGMENT_BYTES } from '../paths.ts';
import { define } from './define.ts';

const list = (names: string[]) => names.map((n) => `“${n}”`).join(', ');
const didYouMean = (names: string[]) => (names.length > 0 ? `did you mean ${list(names)}?` : undefined);
/** Where else the same stands: the first twelve places, and how many more there are. */
const alsoAt = (others: (string | number)[], where = 'at') => {
  if (others.length === 0) return '';
  const more = others.length > 12 ? ` and ${others.length - 12} more` : '';
  return `; the same ${where} ${others.slice(0, 12).join(', ')}${more}`;
};

// ---- files

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

// ---- front matter

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
  'The front matter is not valid YAML. Most often a value holds `: ` or starts with a special character and needs quotes.',
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

export const frontMatterConflict = define(
  'front-matter/conflict',
  'warning',
  'Two fields with one meaning (for example `tags` and `tag`, `updated` and `lastmod`) have different values. The first of them in the table of front matter counts.',
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

// ---- addresses

export const slugInvalid = define(
  'url/invalid',
  'error',
  'An address would leave the site or cannot be a file name on every system: it holds `..`, an empty part, a reserved name, one of `\\ : * ? " < > | % #`, or a part of more than 200 bytes (66 Chinese characters).',
  (field: string, value: string) => {
    const long = value.split('/').find((part) => Buffer.byteLength(part) > MAX_SEGMENT_BYTES);
    const told = long === undefined ? value : `${[...long].slice(0, 24).join('')}…`;
    return {
      message: `${field} “${told}” cannot be an address on the site${long === undefined ? '' : `: it has ${Buffer.byteLength(long)} bytes`}`,
      hint:
        long === undefined
          ? 'use letters, digits, Chinese, “-”, “_” and “.”'
          : `give it at most ${MAX_SEGMENT_BYTES} bytes; a Chinese character has three`,
    };
  },
);

export const urlDuplicate = define(
  'url/duplicate',
  'error',
  'Two pages or files would be written to one address (also when they differ only in case or Unicode form, which many file systems fold). Nothing is published until one of them moves.',
  (address: string, sources: string[]) => ({
    message: `${sources.join(' and ')} both want the address ${address}`,
    hint: 'give one of them another “slug” or “permalink”',
  }),
);

export const fileAndFolder = define(
  'url/file-and-folder',
  'error',
  'One address is a file and another one lies below it, as if it were a folder: no disk can hold both.',
  (path: string) => ({
    message: `“${path}” would have to be a file and a folder`,
    hint: 'change the “permalink” of one of the two',
  }),
);

export const groupDuplicate = define(
  'url/group-duplicate',
  'error',
  'Two different tags (or categories) have one address, because everything but letters, digits, Chinese and `-_.` becomes `-`, or because they differ only in case. `C`, `C++` and `C#` are all at `/tags/C/`: in letters (`Cpp`, `CSharp`) they are three. `postil check --fix` respells tags that are one but for case, width, hyphens or blanks.',
  (kind: string, address: string, names: string[]) => ({
    message: `the ${kind} ${list(names)} have one address: ${address}`,
    hint: names.some((name) => /[+#]/.test(name))
      ? 'an address keeps no “+” and no “#”: write them in letters, as in “Cpp” and “CSharp”'
      : 'spell them alike, or rename one',
  }),
);

export const tagUnused = define(
  'tag/unused',
  'warning',
  'A note with `type: tag` introduces the tag that its title names, and no note has that tag. Its page has the introduction alone.',
  (tag: string) => ({
    message: `no note has the tag “${tag}”, which this one introduces`,
    hint: 'the title must be the tag as notes write it; “深度学习/蒸馏” is the tag 蒸馏 below 深度学习',
  }),
);

// ---- links

export const linkMissing = define(
  'link/missing',
  'warning',
  'A link names a note that does not exist (or is not published). The page shows its text, marked as missing, without a dead link.',
  (target: string, near: string[], unpublished: boolean) => ({
    message: `no note is called “${target}”`,
    hint: unpublished
      ? 'a note of that name is there, but not published; --drafts shows drafts'
      : didYouMean(near),
  }),
);

export const translationMissing = define(
  'link/translation',
  'warning',
  '`translationOf` names the note of which this one is a translation: by slug, file name or title. No published note is called so, or several are; the page stands for itself.',
  (target: string, near: string[]) => ({
    message: `no one note is called “${target}”, of which this is to be a translation`,
    hint: didYouMean(near),
  }),
);

export const translationSame = define(
  'link/translation-same',
  'warning',
  '`translationOf` ties notes in different languages. This one names itself, or a text that is there in its language already, so that nobody could say which of the two stands for it. Set `lang` in one of them.',
  (target: string, lang: string, itself: boolean) => ({
    message: itself ? `the note names itself as its translation` : `“${target}” is there in ${lang} already`,
    hint: itself
      ? 'name the other note, or take the line out'
      : 'set `lang` in the front matter of one of them',
  }),
);

export const linkAmbiguous = define(
  'link/ambiguous',
  'warning',
  'A link names more than one note. The page shows its text without a link until the link says which.',
  (target: string, candidates: string[]) => ({
    message: `“${target}” could be ${candidates.join(' or ')}`,
    hint: 'write a longer path, such as [[folder/name]]',
  }),
);

export const fragmentMissing = define(
  'link/fragment',
  'warning',
  'A link goes to a heading, block or label that its note does not have. The page links to the note instead.',
  (fragment: string, note: string, near: string[]) => ({
    message: `“${note}” has no heading, block or label “${fragment}”`,
    hint: didYouMean(near),
  }),
);

export const fileMissing = define(
  'link/file',
  'warning',
  'A link or an image names a file that is not in `posts/` or `public/`.',
  (target: string, near: string[]) => ({ message: `no such file: “${target}”`, hint: didYouMean(near) }),
);

export const outsideSite = define(
  'link/outside',
  'error',
  'A link or an image leads out of the site’s folder. Postil reads and publishes nothing from outside.',
  (target: string) => ({ message: `“${target}” leads out of the site`, hint: 'copy the file into posts/' }),
);

export const imageRemote = define(
  'image/remote',
  'warning',
  'An image comes from another host: it can vanish, and it tells that host who reads the page.',
  (target: string) => ({
    message: `the image “${target}” comes from another host`,
    hint: 'save it beside the note',
  }),
);

export const mediaRemote = define(
  'media/remote',
  'warning',
  'A sound or a video comes from another host: it can vanish, and it tells that host who reads the page.',
  (target: string) => ({
    message: `“${target}” is played from another host`,
    hint: 'save the file beside the note, or link to the page that shows it',
  }),
);

export const mediaFormat = define(
  'media/format',
  'warning',
  'A note shows a file that browsers can neither show nor play, by its name. Written as an image it becomes a link to the file.',
  (target: string) => ({
    message: `browsers cannot show or play “${target}”`,
    hint: 'convert it (PNG, JPEG, WebP, SVG; MP3, WAV; MP4, WebM), or write a link: [text](file)',
  }),
);

export const unsafeUrl = define(
  'html/unsafe-url',
  'warning',
  'A link or an image has an address of a kind that is not allowed (such as `javascript:` or `data:`). The address was removed. Allowed are http, https, mailto and addresses on the site.',
  (target: string) => ({
    message: `the address “${target}” is not allowed and was removed`,
    hint: /^data:image\//i.test(target)
      ? 'save the picture as a file beside the note, and name that'
      : 'write one of http, https or mailto, or a path on the site',
  }),
);

export const embedCycle = define(
  'embed/cycle',
  'warning',
  'Notes embed each other in a circle, so that the page would never end. The embed that closes the circle is printed as a link.',
  (chain: string[]) => ({
    message: `this embed closes a circle: ${chain.join(' → ')}`,
    hint: 'embed a section or block instead (![[note#section]]), or link to the note',
  }),
);

export const embedTooMany = define(
  'embed/too-many',
  'warning',
  'A page embeds very many pieces, counting those inside what it embeds. The rest are printed as links.',
  (most: number) => ({
    message: `this page embeds more than ${most} pieces of notes; the rest are links`,
    hint: undefined,
  }),
);

// ---- citations

export const citationUnknown = define(
  'cite/unknown',
  'warning',
  'A citation key is neither in the bibliography nor the `key` of a note’s paper.',
  (key: string, near: string[]) => ({ message: `unknown citation key “${key}”`, hint: didYouMean(near) }),
);

export const bibliographyOutside = define(
  'bibliography/outside',
  'warning',
  'A file of `bibliography:` in `postil.yml` lies outside the site’s folder. Only files inside it are read.',
  (path: string) => ({
    message: `the bibliography “${path}” is outside the site`,
    hint: 'copy it into the site, or export it there from your reference manager',
  }),
);

export const bibliographyMissing = define(
  'bibliography/missing',
  'warning',
  '`bibliography:` in `postil.yml` names a file that does not exist. Paths count from the site’s folder: `posts/papers.bib`.',
  (path: string) => ({
    message: `there is no bibliography “${path}”`,
    hint: 'paths count from the folder with postil.yml',
  }),
);

export const bibliographyEntry = define(
  'bibliography/entry',
  'warning',
  'An entry of a bibliography file cannot be read. The other entries are used.',
  (reason: string) => ({ message: `this entry cannot be read: ${reason}`, hint: undefined }),
);

export const bibliographyCommand = define(
  'bibliography/command',
  'warning',
  'A bibliography has a TeX command that is not known, in a field that pages print. They print its argument, or nothing where it has none. One message a command, which names the lines of its other places.',
  (name: string, others: number[]) => ({
    message: `“\\${name}” is no command that is known here: only its argument is printed`,
    hint: `write what it prints, or define it: @preamble{"\\newcommand{\\${name}}{…}"}${alsoAt(others, others.length > 1 ? 'on lines' : 'on line')}`,
  }),
);

export const bibliographyTitle = define(
  'bibliography/title',
  'warning',
  'An entry of a bibliography has no title, so that there is nothing to print. It is left out.',
  (key: string) => ({ message: `the entry “${key}” has no title`, hint: 'add title = {…}' }),
);

export const bibliographyDuplicate = define(
  'bibliography/duplicate',
  'warning',
  'Two entries of the bibliography have one key (keys that differ only in case are one key, as in BibTeX). The first one counts.',
  (key: string, first: string) => ({
    message: `the key “${key}” is used twice`,
    hint: `the first is at ${first}`,
  }),
);

export const paperKey = define(
  'paper/key',
  'warning',
  'A note’s paper has the `key` of another work, of a note or of the bibliography: their arXiv ids or DOIs differ. They are taken for one paper, with one page, and citations of both lead there.',
  (key: string, first: string) => ({
    message: `“${key}” is the key of another paper: its arXiv id or DOI differs`,
    hint: `the other is in ${first}: give one of the two another key, or mend its id`,
  }),
);

// ---- overviews

export const relationUnknown = define(
  'relation/unknown',
  'warning',
  'A relation in front matter (`builds-on`, `compares`, `uses`, `refutes`, `improves`) names neither a note nor a paper of the bibliography.',
  (kind: string, target: string, near: string[], page?: string) => ({
    message: `${kind}: “${target}” is neither a note nor a citation key`,
    hint: page ? `${page} is a page: relations join notes and papers` : didYouMean(near),
  }),
);

export const termDuplicate = define(
  'glossary/duplicate',
  'warning',
  'Two notes define one term. The glossary has both; what readers are shown where the term is used is the first, by path.',
  (name: string, first: string) => ({
    message: `the term “${name}” is defined twice`,
    hint: `it is defined in ${first} already: define it once, or call one of the two differently`,
  }),
);

export const resultsIncomplete = define(
  'results/incomplete',
  'warning',
  'A `results` block needs the data set and the metric whose numbers it shall compare.',
  (field: string) => ({
    message: `the results block says no “${field}”`,
    hint: 'write “dataset: COCO val2017” and “metric: box AP”, a line each',
  }),
);

export const resultsNone = define(
  'results/none',
  'warning',
  'No note reports a number for the data set and metric of a `results` block.',
  (dataset: string, metric: string, near: string[]) => ({
    message: `no note has results for “${dataset}”, “${metric}”`,
    hint: didYouMean(near),
  }),
);

// ---- what only `postil check` says

export const noteOrphan = define(
  'note/orphan',
  'warning',
  'No other note links to this one, embeds it or cites its paper, so that readers meet it only in lists.',
  () => ({
    message: 'no other note leads here',
    hint: 'link to it from a note on something near, or see what “postil check --mentions” offers',
  }),
);

export const labelUnused = define(
  'label/unused',
  'warning',
  'A label was given and nothing refers to it. It costs nothing, but may be a reference with a slip in it.',
  (name: string) => ({ message: `nothing refers to the label “${name}”`, hint: undefined }),
);

export const bibliographyUnused = define(
  'bibliography/unused',
  'warning',
  'An entry of the bibliography is cited by no note, and no note reads it.',
  (key: string) => ({ message: `no note cites “${key}”`, hint: undefined }),
);

export const tagSpelling = define(
  'tag/spelling',
  'warning',
  'Two tags differ only in case, width, hyphens or blanks: they are probably one tag, and have two pages, or one address, which is an error (`url/group-duplicate`). `postil check --fix` spells them as most notes do.',
  (tag: string, usual: string) => ({
    message: `the tag “${tag}” is elsewhere spelt “${usual}”`,
    hint: `write “${usual}”`,
    fix: usual,
  }),
);

export const mentionUnlinked = define(
  'link/mention',
  'warning',
  'The text names another note without a link to it. Readers of that note see it under 提及; a link would be found by readers of this one too.',
  (name: string, title: string, link: string) => ({
    message: `“${name}” is what “${title}” is about, and is not linked`,
    hint: `write ${link}`,
    fix: link,
  }),
);

export const linkDead = define(
  'link/dead',
  'warning',
  'A link to another host leads nowhere. Only `postil check --external` asks; a build never touches the network.',
  (url: string, problem: string) => ({
    message: `${url}: ${problem}`,
    hint: 'correct the address, or link to a copy in an archive',
  }),
);

export const draftStale = define(
  'note/stale-draft',
  'warning',
  'A draft that nobody has touched for half a year: finish it, or take it out.',
  (day: string) => ({ message: `a draft since ${day}`, hint: 'publish it, or delete it' }),
);

export const fileUnused = define(
  'file/unused',
  'warning',
  'A file below `posts/` that no published note shows or links to. It is not copied to the site.',
  () => ({ message: 'no note uses this file', hint: 'delete it, or link to it' }),
);

// ---- mathematics

export const mathInvalid = define(
  'math/invalid',
  'warning',
  'KaTeX cannot take the formula. The page shows its source in red in its place; everything else is as it should be.',
  (message: string) => ({
    message,
    hint: message.startsWith('Undefined control sequence')
      ? 'a command of your own is defined with \\newcommand in a formula before, or under “macros:” in the front matter'
      : undefined,
  }),
);

export const mathComment = define(
  'math/comment',
  'warning',
  'In TeX, `%` begins a comment that goes to the end of the line, so `$76.5%$` shows 76.5. Reported where the formula ends on the same line; a comment with a line end behind it is left alone.',
  () => ({
    message: '“%” begins a comment: what follows it in the formula is not shown',
    hint: 'write \\% for a percent sign',
  }),
);

export const mathTooDeep = define(
  'math/too-deep',
  'warning',
  'The formula is nested too deeply to be drawn. The page shows its source.',
  () => ({ message: 'the formula is nested too deeply', hint: 'split it' }),
);

export const mathTooLong = define(
  'math/too-long',
  'warning',
  'The formula is longer than 10,000 characters; drawing time grows with its square. The page shows its source.',
  (length: number) => ({
    message: `the formula has ${length} characters, more than 10000`,
    hint: 'split it',
  }),
);

export const mathUntrusted = define(
  'math/untrusted',
  'warning',
  'The formula uses a command that makes links, loads pictures or sets attributes (`\\href`, `\\includegraphics`, `\\htmlId` …). Formulas are content, and content may not.',
  (command: string) => ({
    message: `${command} is not allowed in a formula`,
    hint: 'write the link in Markdown',
  }),
);

export const dialectUnknown = define(
  'dialect/unknown',
  'warning',
  'A tag of Hexo (`{% … %}`) or a shortcode of Hugo (`{{< … >}}`) whose meaning Postil does not know. It is shown as it was typed.',
  (tool: string, name: string, near: string[]) => ({
    message: `Postil does not know the ${tool} tag “${name}”`,
    hint: didYouMean(near) ?? 'write it in Markdown, or in backticks to show it',
  }),
);

export const dialectMalformed = define(
  'dialect/malformed',
  'warning',
  'A tag of another tool that Postil knows is not used as that tool documents it: a file or an address is missing, or it stands where it cannot. It is shown as typed.',
  (name: string, advice: string) => ({
    message: `the tag “${name}” is known, but not as it is used here`,
    hint: advice,
  }),
);

export const dialectUnclosed = define(
  'dialect/unclosed',
  'warning',
  'A tag of Hexo or a shortcode of Hugo that needs an end has none. It is shown as it was typed.',
  (name: string, end: string) => ({ message: `“${name}” is never closed`, hint: `end it with ${end}` }),
);

export const dialectOff = define(
  'dialect/off',
  'warning',
  'The note holds a tag of Hexo or a shortcode of Hugo, and `postil.yml` does not say that notes use that tool’s syntax. It is shown as it was typed.',
  (dialect: string, name: string) => ({
    message: `“${name}” looks like a tag of ${dialect}, which is not among the site’s dialects`,
    hint: `add “dialects: [obsidian, ${dialect}]” to postil.yml`,
  }),
);

export const mathUnclosed = define(
  'math/unclosed',
  'warning',
  'Something opens a formula and nothing closes it. After a line that is just `$$`, everything to the end of the note (or of the quote or list item around it) is taken for the formula. `\\(`, `\\[`, `\\begin{align}` and `$$` with text beside it must be closed before a blank line: else they are shown as text, `\\(` and `\\[` without their backslash. `$$` behind other text must be closed before a line that begins a list, a heading or a quote, too (`+ b`, `1. b`).',
  (opener: string, closer: string, swallows: boolean, mark?: string) =>
    swallows
      ? {
          message: `“${opener}” is never closed and swallows the text after it`,
          hint: `end the formula with a line that is just ${closer}`,
        }
      : {
          message: `“${opener}” is never closed, so the formula is shown as text`,
          hint:
            mark === undefined
              ? `end it with ${closer}, without a blank line before that`
              : `“${mark}” at the start of a line begins another block: put the formula between two lines that are just ${closer}`,
        },
);

export const mathStray = define(
  'math/stray',
  'warning',
  'An environment of TeX stands in running text, where it is no formula and is shown as typed. Environments that are formulas by themselves (`align`, `equation`, `gather` …) begin and end on lines of their own; others (`cases`, `aligned`, `pmatrix` …) stand between dollars; those that are no mathematics to KaTeX (`subequations`, `proof`, `itemize` …) are Markdown here, or left out.',
  (environment: string, isFormula: boolean) => ({
    message: `“\\begin{${environment}}” stands in the text and is shown as typed`,
    hint: isFormula
      ? 'put it between two lines that are just $$'
      : 'leave out this line and the one that ends it, or write it as Markdown: theorems and proofs are callouts (“> [!proof]”)',
  }),
);

export const labelMissing = define(
  'label/missing',
  'warning',
  '`\\ref` or `\\eqref` in a formula names a label that the note does not have. The page shows `??`. Labels of other notes are reached by `[[note#label]]` in the text.',
  (name: string, near: string[]) => ({
    message: `this note has no label “${name}”`,
    hint: didYouMean(near) ?? `write \\label{${name}} in the equation`,
  }),
);

export const labelDuplicate = define(
  'label/duplicate',
  'warning',
  'Two things in one note have the same label. References go to the first.',
  (name: string) => ({
    message: `the label “${name}” is used twice in this note`,
    hint: 'rename one of them',
  }),
);

// ---- code, footnotes, HTML

export const codeLanguage = define(
  'code/language',
  'warning',
  'The language of a code block is not known to the highlighter; the block is shown without colours.',
  (language: string, near: string[]) => ({
    message: `no highlighting for the language “${language}”`,
    hint: didYouMean(near) ?? 'use “text” to say that none is wanted',
  }),
);

export const codeTooLong = define(
  'code/too-long',
  'warning',
  'A code block of more than 5,000 lines, or a line of more than 2,000 characters, is shown without colours: colouring it would take longer than all the rest of the note.',
  (found: string, most: number) => ({
    message: `${found} in a code block, more than ${most}: shown without colours`,
    hint: 'cut it, or put it in a file and link to that',
  }),
);

export const codeLines = define(
  'code/lines',
  'warning',
  'The braces behind a code block’s language name the lines to mark: `{1,3-5}`. One of them names a line that the block does not have, or is no range.',
  (range: string, lines: number) => ({
    message: `“${range}” names no lines of the block, which has ${lines}`,
    hint: 'count from 1 and write ranges upwards: {1,3-5}',
  }),
);

export const excerptTwice = define(
  'excerpt/twice',
  'warning',
  'The note marks the end of its excerpt more than once. The first mark counts.',
  () => ({
    message: 'the excerpt ended before: this mark is passed over',
    hint: 'keep one <!-- more -->',
  }),
);

export const footnoteMissing = define(
  'footnote/missing',
  'warning',
  'A footnote is referred to but never written.',
  (name: string) => ({ message: `the footnote “${name}” is not defined`, hint: `add a line [^${name}]: …` }),
);

export const footnoteUnused = define(
  'footnote/unused',
  'warning',
  'A footnote is written but nothing refers to it: it is not shown.',
  (name: string) => ({
    message: `nothing refers to the footnote “${name}”, so it is not shown`,
    hint: `put [^${name}] where it belongs, or delete it`,
  }),
);

export const footnoteTwice = define(
  'footnote/twice',
  'warning',
  'Two footnotes of a note have the same name: the first one is shown.',
  (name: string) => ({
    message: `the footnote “${name}” is written twice; the first one is shown`,
    hint: 'rename one of them',
  }),
);

export const footnoteUnclosed = define(
  'footnote/unclosed',
  'warning',
  '`^[` opens a footnote inside the line, and no `]` follows in its paragraph: it is shown as typed. One message a paragraph, which names the places of the others.',
  (_found: string, others: string[]) => ({
    message: '“^[” is never closed in its paragraph',
    hint: `close it with ], or write ^\\[ for the signs themselves${alsoAt(others)}`,
  }),
);

export const figureAttribute = define(
  'figure/attribute',
  'warning',
  'In the braces behind a figure stands something other than its name and its width. It is passed over.',
  (pair: string) => ({
    message: `“${pair}” is passed over`,
    hint: 'write a name and a width: {#fig:name width=60%}, or pixels: width=480',
  }),
);

export const figureName = define(
  'figure/name',
  'warning',
  'Behind a picture stands a name in braces that names nothing and is shown as typed: the paragraph holds more than pictures and what is behind them, or the braces hold something else.',
  (found: string) => ({
    message: `“${found}” names no figure`,
    hint: 'let pictures have a paragraph of their own, with {#fig:name width=60%} right behind',
  }),
);

export const calloutUnknown = define(
  'callout/unknown',
  'warning',
  'The kind of a callout (`> [!kind]`) is very close to one that Postil knows. The box is shown as a note with that name; other unknown kinds are left alone, as in Obsidian.',
  (name: string, near: string[]) => ({ message: `no callout is called “${name}”`, hint: didYouMean(near) }),
);

export const calloutMalformed = define(
  'callout/malformed',
  'warning',
  'The first line of a quote looks like the head of a callout, but its signs are full-width or its kind is missing: it is shown as a quote.',
  (found: string) => ({
    message: `“${found}” makes no callout`,
    hint: 'write [!note], with half-width signs and no blanks',
  }),
);

export const definitionTerm = define(
  'definition/term',
  'warning',
  'A paragraph begins with `: `, as a definition does, but above it stands no term, which is a paragraph of one line. It is shown as typed.',
  () => ({
    message: 'this definition has no term above it',
    hint: 'write the term on a line of its own above it, or \\: for the sign itself',
  }),
);

export const headingSpace = define(
  'heading/space',
  'warning',
  'A line begins with `##` and text, without a blank between them, or with full-width signs or blanks. Markdown sees no heading there, and the line is shown as typed. One message a note: an author who writes headings so writes all of them so.',
  (found: string, others: number[]) => ({
    message: `“${found}” without a plain blank behind it makes no heading`,
    hint: `write “${found.replaceAll('＃', '#')} ” before the heading’s text${alsoAt(others, others.length > 1 ? 'on lines' : 'on line')}`,
  }),
);

export const highlightBlocks = define(
  'highlight/blocks',
  'warning',
  '`==` opens in one paragraph and closes in the next. Marked text ends with its paragraph at the latest, so both signs are shown as typed.',
  () => ({
    message: '“==” opens here and closes only in the next paragraph',
    hint: 'mark each paragraph by itself',
  }),
);

export const linkUnclosed = define(
  'link/unclosed',
  'warning',
  '`[[` opens a link to a note and `]]` does not follow in the same line, or in the same cell of a table, where a bar that is not escaped ends the cell. It is shown as typed. One message a line, which names the places of the others.',
  (found: string, others: string[]) => ({
    message: `“${found}” is never closed in its line`,
    hint: `close it with ]]; in a table write \\| for the bar; or \\[[ for the signs themselves${alsoAt(others)}`,
  }),
);

export const linkBlank = define(
  'link/blank',
  'warning',
  'The address of a link or picture has a blank in it, so Markdown sees neither and shows it as typed. `<…>` around the address, or `%20` for each blank, makes it one. A size behind the address (`=300x200`) is of other tools: here it is `![text](a.png){width=300}` or `![text|300x200](a.png)`.',
  (found: string, mended: string) => ({
    message: `“${found}” is no link: its address has a blank`,
    hint: `write “${mended}”`,
  }),
);

export const citeMalformed = define(
  'cite/malformed',
  'warning',
  'Brackets with `@` look like a citation and are none: a part does not begin with `@`, two works have no semicolon between them, no comma stands before a place in a work, a minus stands before the `@`, or the signs are full-width. They are shown as typed.',
  (found: string) => ({
    message: `“${found}” is no citation`,
    hint: /^(?:[［【]|\[-)/.test(found)
      ? `write “[${found
          .slice(1, -1)
          .replace(/[；;，、]\s*-?(?=@)/g, '; ')
          .replace(/[，、]\s*/g, ', ')
          .replace(/^-/, '')}]”`
      : 'each part begins with @, and the signs between are half-width: [@one, p. 3; @two]',
  }),
);

export const tagMalformed = define(
  'tag/malformed',
  'warning',
  'A tag in the text ends with `/` or has two of them in a row, so it is shown as typed.',
  (found: string) => ({
    message: `“${found}” is no tag`,
    hint: `write “${found.replace(/\/{2,}/g, '/').replace(/\/$/, '')}”`,
  }),
);

export const taskMalformed = define(
  'task/malformed',
  'warning',
  'A list item begins with what looks like a checkbox but is none: its brackets are full-width, or a blank is missing or too many. It is shown as typed.',
  (found: string) => ({
    message: `“${found}” makes no checkbox`,
    hint: 'write “- [ ] ” or “- [x] ”, with half-width brackets',
  }),
);

export const tableColumns = define(
  'table/columns',
  'warning',
  'A row of dashes follows a row with bars, but has another number of columns. Both must agree, else there is no table and all of it is shown as typed.',
  (head: number, dashes: number) => ({
    message: `the row of dashes has ${dashes} ${dashes === 1 ? 'column' : 'columns'}, the row above it ${head}: this is no table`,
    hint: `write |${'---|'.repeat(Math.min(head, 12))}`,
  }),
);

export const tableCells = define(
  'table/cells',
  'warning',
  'A row of a table has more cells than its head has columns. Markdown leaves the cells beyond them out, and their text is not shown. Often a bar is meant as itself: a `|` ends the cell in code too, and `\\|` is one that does not. One message a table, which names the lines of its other rows.',
  (cells: number, columns: number, lost: string, inCode: boolean, others: number[]) => ({
    message: `the row has ${cells} cells and the table ${columns} ${columns === 1 ? 'column' : 'columns'}: “${lost.length > 40 ? `${lost.slice(0, 40)}…` : lost}” is not shown`,
    hint: `${inCode ? 'write \\| for a bar that ends no cell, also in code' : 'give the head as many columns, or write \\| for a bar that ends no cell'}${alsoAt(others, others.length > 1 ? 'on lines' : 'on line')}`,
  }),
);

export const commentUnclosed = define(
  'comment/unclosed',
  'warning',
  'A line opens a comment with `%%`, and no `%%` closes it: everything to the end of the note (or of the quote or list item around it) is hidden.',
  () => ({
    message: '“%%” is never closed and hides the text after it',
    hint: 'close it with %%, or write \\%% for the signs themselves',
  }),
);

export const htmlUnclosed = define(
  'html/unclosed',
  'warning',
  'An HTML element that swallows everything after it is never closed, so the rest of the note would disappear.',
  (tag: string) => ({
    message: `“${tag}” is never closed and swallows the text after it`,
    hint: 'close it, or write it in backticks',
  }),
);

export const noteTooDeep = define(
  'note/too-deep',
  'error',
  'Lists, quotes or emphasis in the note are nested deeper than can be compiled.',
  () => ({ message: 'the note is nested too deeply to be compiled', hint: 'flatten its lists and quotes' }),
);

export const noteTooLarge = define(
  'note/too-large',
  'error',
  'A note may be 2 MB at most; longer ones take minutes to compile and to load.',
  (bytes: number) => ({
    message: `the note has ${bytes} bytes, more than 2000000`,
    hint: 'split it into several',
  }),
);

export const noteFailed = define(
  'note/failed',
  'error',
  'Compiling this note failed inside Postil. That is a fault of ours: please report it with the note.',
  (message: string) => ({
    message: `compiling failed: ${message}`,
    hint: 'please report this with the note',
  }),
);

export const noteExhausted = define(
  'note/exhausted',
  'error',
  'Compiling the note took more time or memory than any note should. Usually it holds something that was generated or pasted by mistake, such as thousands of unclosed emphasis marks.',
  (limit: string) => ({
    message: `compiling the note takes more than ${limit}`,
    hint: 'look for very long runs of *, [, > or nested lists, and split the note',
  }),
);

// ---- plugins

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

// ---- pictures and other files

export const imageBroken = define(
  'image/broken',
  'error',
  'A picture that a page uses cannot be decoded: the file is damaged, or is not what its name says. Readers would see an empty frame.',
  (reason: string) => ({
    message: `the picture cannot be read: ${reason}`,
    hint: 'open it in an image editor and save it again',
  }),
);

export const svgCleaned = define(
  'image/svg-active',
  'warning',
  'An SVG file holds scripts, event handlers or addresses of other files. A reader can open the file by itself, where a script in it would run with the rights of your site, so the published copy goes without.',
  (removed: string[]) => ({
    message: `the published copy of this SVG goes without ${removed.join(', ')}`,
    hint: 'save it as “plain” or “optimised” SVG',
  }),
);

export const fileActive = define(
  'file/active',
  'error',
  'A note links to an HTML page, a script or another file that browsers run. Beside the notes lies what authors write; what runs with the rights of your site belongs into `public/`, where it is copied as it is.',
  () => ({
    message: 'files that browsers run are not published from posts/',
    hint: 'move it to public/ if you trust it, and link to its address there',
  }),
);

// ---- drawings

const KIND_NAMES: Record<string, string> = {
  dot: 'Graphviz graph',
  mermaid: 'Mermaid diagram',
  'vega-lite': 'Vega-Lite chart',
  plot: 'plot',
};

export const drawingFault = define(
  'drawing/source',
  'error',
  'The source of a diagram or plot cannot be drawn: it breaks the rules of its language, asks for something that lies elsewhere (data from an address), depends on the clock or on chance, or is too large. `docs/figures.md` shows every kind beside its source.',
  (kind: string, reason: string) => ({
    message: `this ${KIND_NAMES[kind]} cannot be drawn: ${reason}`,
    hint: undefined,
  }),
);

export const drawingUnsupported = define(
  'drawing/unsupported',
  'warning',
  'Mermaid diagrams are drawn at build time by a library that knows flow charts, sequence, class, state, entity and x-y diagrams, and of these the usual statements. A diagram with anything else is shown as its source. Write it as ```` ```dot ````, or leave it.',
  (kind: string, reason: string) => ({
    message: `this ${KIND_NAMES[kind]} stays source text: ${reason}`,
    hint: 'write it in other words, or as a dot block',
  }),
);

export const drawingWarning = define(
  'drawing/doubtful',
  'warning',
  'The chart was drawn, but Vega-Lite said that something in the specification was ignored or is probably not meant.',
  (kind: string, reason: string) => ({ message: `this ${KIND_NAMES[kind]} may not be as meant: ${reason}` }),
);

// ---- the output folder

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

// ---- configuration

export const configYaml = define(
  'config/yaml',
  'error',
  '`postil.yml`, or the configuration of a site that is imported, is not valid YAML or TOML.',
  (message: string) => ({
    message,
    hint: undefined,
  }),
);

export const configUnknown = define(
  'config/unknown',
  'error',
  '`postil.yml` has a key that does not exist.',
  (key: string, near: string[]) => ({ message: `unknown key “${key}”`, hint: didYouMean(near) }),
);

export const configType = define(
  'config/type',
  'error',
  'A key of `postil.yml`, or of the configuration of a site that is imported, has a value of the wrong kind.',
  (key: string, expected: string, found: string, near: string[] = []) => ({
    message: `“${key}” must be ${expected}, not ${found}`,
    hint: didYouMean(near),
  }),
);

export const configNoUrl = define(
  'config/no-url',
  'warning',
  'Without `url` the site does not know its own address: there is no sitemap and no canonical link, and addresses in feeds are relative.',
  () => ({
    message: 'no “url”: the site gets no sitemap and no canonical links',
    hint: 'set “url: https://…” in postil.yml',
  }),
);

export const configCname = define(
  'config/cname',
  'error',
  '`public/CNAME`, which says the domain of the site to GitHub Pages, holds something other than one bare name such as `notes.example.org`: an address with `https://`, a path, two names, nothing.',
  (said: string, meant: string | undefined) => ({
    message: said
      ? `public/CNAME must hold one domain and nothing else, not “${said}”`
      : 'public/CNAME must hold one domain, and is empty',
    hint: meant ? `write “${meant}” in it` : 'write the domain in it, alone on its line, or delete the file',
  }),
);

export const navMissing = define(
  'config/nav',
  'warning',
  'A link of `nav:` in `postil.yml`, which stands on every page, leads to no page of the site and to no file of it. Its address is written without the base path.',
  (to: string, near: string[]) => ({ message: `nav: nothing is at “${to}”`, hint: didYouMean(near) }),
);

// ---- publishing

export const deployEmpty = define(
  'deploy/missing-page',
  'error',
  'A site without `index.html` or `404.html` was not built by Postil, or its build failed.',
  (file: string) => ({
    message: `the site has no ${file}`,
    hint: 'run “postil build” and look at what it says',
  }),
);

export const deployLost = define(
  'deploy/lost-pages',
  'error',
  'The site has far fewer pages than the one that is published. That is what a wrong folder, a wrong branch or a configuration mistake looks like.',
  (before: number, now: number) => ({
    message: `${now} HTML ${now === 1 ? 'file' : 'files'} would replace the ${before} that are published`,
    hint: 'if that is meant, say so with --force-fewer',
  }),
);

export const deployLarge = define(
  'deploy/too-large',
  'error',
  'GitHub Pages takes sites up to 1 GB, and git on GitHub files up to 100 MB.',
  (what: string, limit: string) => ({
    message: `${what}; GitHub takes ${limit}`,
    hint: 'make pictures smaller, or link to large files elsewhere',
  }),
);

export const deployLink = define(
  'deploy/symlink',
  'error',
  'GitHub Pages refuses sites with symbolic links.',
  () => ({ message: 'a symbolic link cannot be published', hint: 'put the file itself there' }),
);

export const deployCase = define(
  'deploy/case',
  'error',
  'Two files differ only in case or Unicode form: on many machines one of them would replace the other.',
  (a: string, b: string) => ({
    message: `“${a}” and “${b}” are one name on many file systems`,
    hint: 'rename one',
  }),
);

export const deployBase = define(
  'deploy/base',
  'error',
  'The base path does not fit the place where the site will be served, so every link would be wrong.',
  (message: string) => ({ message, hint: 'set “url:” in postil.yml to the address of the published site' }),
);

export const deployForeign = define(
  'deploy/foreign-branch',
  'error',
  'The branch to publish to holds commits that Postil did not make. Deploying would replace their files.',
  (branch: string) => ({
    message: `the branch ${branch} was not made by Postil`,
    hint: 'choose another with --branch, or delete it yourself',
  }),
);

export * from './theme-messages.ts';
