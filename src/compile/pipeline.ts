/**
 * The pipeline, in order. Everything up to remark-rehype reads what authors wrote; the sanitiser stands in the
 * middle; everything after it prints what Postil makes, and no author text reaches it but as text.
 */

import rehypeStringify from 'rehype-stringify';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkCjkStrikethrough from 'remark-cjk-friendly-gfm-strikethrough';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { remarkAutolinkEnds } from './autolinks.ts';
import { remarkBlocks } from './blocks.ts';
import { remarkCallout } from './callout.ts';
import { remarkCitation } from './citation.ts';
import { remarkCjkLines } from './cjk-lines.ts';
import { rehypeCode, remarkCode } from './code.ts';
import { rehypeDrawings } from './drawing.ts';
import { remarkEmbeds } from './embeds.ts';
import { remarkFigures } from './figures.ts';
import { remarkFootnotes } from './footnotes.ts';
import { rehypeGlue } from './glue.ts';
import { rehypeHeadings } from './headings.ts';
import { rehypeMath } from './katex.ts';
import { rehypeLinks } from './links.ts';
import { remarkMathSyntax } from './math-syntax.ts';
import { remarkMathematics } from './mathematics.ts';
import { remarkMore } from './more.ts';
import { remarkReference } from './reference.ts';
import { rehypeTasks } from './tasks.ts';
import { remarkTitle } from './title.ts';
import { rehypeAuthorHtml, rehypeSanitizeAuthor, rehypeUnmark } from './unmark.ts';
import { remarkWikilink } from './wikilink.ts';

export const pipeline = unified()
  // Syntax. Later extensions are tried first: our `[[` and `[@` before links.
  .use(remarkParse)
  .use(remarkGfm, { singleTilde: false })
  .use(remarkAutolinkEnds)
  .use(remarkCjkFriendly)
  .use(remarkCjkStrikethrough, { singleTilde: false })
  .use(remarkMathSyntax)
  // Its captions are Markdown too: what they hold must be there before the extensions below look for theirs.
  .use(remarkFigures)
  .use(remarkReference)
  .use(remarkCitation)
  .use(remarkWikilink)
  // The author's tree. Footnotes leave the flow before anything is counted in it.
  .use(remarkTitle)
  .use(remarkMore)
  .use(remarkEmbeds)
  .use(remarkFootnotes)
  .use(remarkMathematics)
  .use(remarkCallout)
  .use(remarkBlocks)
  .use(remarkCode)
  .use(remarkCjkLines)
  .use(remarkRehype, { allowDangerousHtml: true })
  .use(rehypeAuthorHtml)
  .use(rehypeSanitizeAuthor)
  // Our tree.
  .use(rehypeUnmark)
  .use(rehypeTasks)
  .use(rehypeLinks)
  .use(rehypeHeadings)
  .use(rehypeMath)
  .use(rehypeGlue)
  // What cannot be drawn becomes a code block.
  .use(rehypeDrawings)
  .use(rehypeCode)
  .use(rehypeStringify)
  .freeze();
