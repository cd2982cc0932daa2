/** Messages about the text of a note: code, footnotes, callouts, HTML. */

import { shorten } from '../../shorten.ts';
import { define } from './define.ts';
import { alsoAt, didYouMean } from './words.ts';

export const codeLanguage = define(
  'code/language',
  'warning',
  'The language of a code block is not known to the highlighter; the block is shown without colours. A blank ends the language: what follows it without one, as in `python{1}`, is taken for a part of it.',
  (language: string, near: string[], mended?: string) => ({
    message: `no highlighting for the language “${language}”`,
    hint: mended ? `write “${mended}”` : (didYouMean(near) ?? 'use “text” to say that none is wanted'),
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

export const codeWord = define(
  'code/word',
  'warning',
  'Behind the language of a code block stands a word that is nearly one of those that Postil knows: `title="…"`, `{1,3-5}`, `linenos`, `diff`, or `title="…"` and `alt="…"` for a drawing. It is passed over. Words that are near none of these are left alone, since other tools have their own.',
  (word: string, form: string) => ({
    message: `“${word}” is passed over`,
    hint: didYouMean([form]),
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
  'Behind a picture stands a name in braces that names nothing and is shown as typed: the paragraph holds more than pictures and what is behind them, or the braces hold something else than a name and a width with a blank between.',
  (found: string, isRead: boolean) => ({
    message: `“${found}” ${isRead ? 'names no figure' : 'is shown as typed'}`,
    hint: isRead
      ? 'let pictures have a paragraph of their own, with {#fig:name width=60%} right behind'
      : 'write a name, a width or both with a blank between: {#fig:name width=60%}',
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
    message: `the row has ${cells} cells and the table ${columns} ${columns === 1 ? 'column' : 'columns'}: “${shorten(lost, 40)}” is not shown`,
    hint: `${inCode ? 'write \\| for a bar that ends no cell, also in code' : 'give the head as many columns, or write \\| for a bar that ends no cell'}${alsoAt(others, others.length > 1 ? 'on lines' : 'on line')}`,
  }),
);

export const commentBlocks = define(
  'comment/blocks',
  'error',
  'A `%%` has no partner in its paragraph, list item or cell (in HTML: between two tags), and another `%%` in the note may be it. Obsidian hides what lies between; Markdown would read it as text and publish it. A comment that goes on over several blocks begins and ends at the start of a line, outside lists, quotes and tables. `\\%%` is the signs themselves. One sign alone is text, and so are those behind digits (`100%%`).',
  (line: number) => ({
    message: `“%%” has no partner in its paragraph, and the one on line ${line} may be it: what lies between would be published`,
    hint: 'close the comment in each paragraph, item or cell, or put both %% at the start of lines outside lists, quotes and tables; \\%% is the signs themselves',
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
