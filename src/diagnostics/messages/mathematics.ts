/** Messages about mathematics. */

import { define } from './define.ts';
import { didYouMean } from './words.ts';

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
