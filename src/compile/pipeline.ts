/**
 * The pipeline, in order. Everything up to remark-rehype reads what authors wrote; the sanitiser stands in the
 * middle; everything after it prints what Postil makes, and no author text reaches it but as text.
 */

import type { Root } from 'mdast';
import rehypeStringify from 'rehype-stringify';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkCjkStrikethrough from 'remark-cjk-friendly-gfm-strikethrough';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { type Plugin, unified } from 'unified';
import type { Dialect } from '../model.ts';
import { mayHaveEmail, remarkAutolinks } from './autolinks.ts';
import { remarkBlocks } from './blocks.ts';
import { remarkCallout } from './callout.ts';
import { remarkCitation } from './citation.ts';
import { remarkCjkLines } from './cjk-lines.ts';
import { rehypeCode, remarkCode } from './code.ts';
import { remarkComment } from './comment.ts';
import { remarkDefinitionList } from './definition-list.ts';
import { directReader } from './direct.ts';
import { rehypeDrawings } from './drawing.ts';
import { remarkEmbeds } from './embeds.ts';
import { remarkFigures } from './figures.ts';
import { remarkFootnotes } from './footnotes.ts';
import { remarkForeign } from './foreign.ts';
import { remarkGlossary } from './glossary.ts';
import { rehypeHeadings } from './headings.ts';
import { remarkHexo } from './hexo.ts';
import { remarkHighlight } from './highlight.ts';
import { remarkHugo } from './hugo.ts';
import { remarkInlineNote } from './inline-note.ts';
import { rehypeMath } from './katex.ts';
import { rehypeLinks } from './links.ts';
import { remarkMathSyntax } from './math-syntax.ts';
import { remarkMathematics } from './mathematics.ts';
import { remarkMore } from './more.ts';
import { remarkNearMisses } from './near-misses.ts';
import type { LoadedPlugins } from './options.ts';
import { loadPlugins, NO_PLUGINS, type SitePlugins } from './plugins.ts';
import { remarkReference } from './reference.ts';
import { remarkResults } from './results.ts';
import { remarkStrayTags } from './stray-tags.ts';
import { remarkTag } from './tag.ts';
import { rehypeTasks, remarkTasks } from './tasks.ts';
import { remarkTheorem } from './theorem.ts';
import { remarkTitle } from './title.ts';
import { rehypeAuthorHtml, rehypeSanitizeAuthor, rehypeUnmark } from './unmark.ts';
import { remarkWikilink } from './wikilink.ts';

/** Tags of other tools can stand for figures: they are read first. */
const SHORTCODES: Partial<Record<Dialect, Plugin<[], Root>>> = { hexo: remarkHexo, hugo: remarkHugo };

const made = new Map<string, ReturnType<typeof makePipeline>>();

/** The pipeline for a text that may use the syntax of these tools, with the plugins that the site brings. */
export async function pipelineFor(
  text: string,
  dialects: Dialect[],
  plugins: LoadedPlugins | undefined,
): Promise<ReturnType<typeof makePipeline>> {
  const emails = mayHaveEmail(text);
  const key = `${emails} ${dialects.join()} ${plugins ? JSON.stringify([plugins.hash, plugins.list]) : ''}`;
  let pipeline = made.get(key);
  if (!pipeline) {
    pipeline = makePipeline(dialects, emails, plugins ? await loadPlugins(plugins) : NO_PLUGINS);
    made.set(key, pipeline);
  }
  return pipeline;
}

/**
 * @param emails whether bare e-mail addresses are looked for
 * @param site plugins of the site; `NO_PLUGINS` itself for none
 * @returns the pipeline, made anew
 */
export function makePipeline(dialects: Dialect[], emails: boolean, site: SitePlugins) {
  return (
    unified()
      // Syntax. Later extensions are tried first: our `[[` and `[@` before links.
      .use(remarkParse)
      // Plugins of the site may bring syntax of their own.
      .use({ plugins: site === NO_PLUGINS ? [directReader] : [] })
      .use(remarkGfm, { singleTilde: false })
      .use(remarkAutolinks, { emails })
      .use(remarkCjkFriendly)
      .use(remarkCjkStrikethrough, { singleTilde: false })
      .use(remarkMath)
      .use(remarkMathSyntax)
      .use({ plugins: dialects.flatMap((d) => SHORTCODES[d] ?? []) })
      .use({ plugins: site.remark })
      // What HTML a plugin has not read is now either HTML or text.
      .use(remarkStrayTags)
      // Its captions are Markdown too: what they hold must be there before the extensions below look for theirs.
      .use(remarkFigures)
      .use(remarkReference)
      .use(remarkHighlight)
      .use(remarkInlineNote)
      .use(remarkComment)
      .use(remarkCitation)
      .use(remarkWikilink)
      .use({ plugins: dialects.includes('obsidian') ? [remarkTag, remarkTasks] : [] })
      .use(remarkForeign)
      // What became none of them and looks as if it should have.
      .use(remarkNearMisses)
      // The author's tree. Footnotes leave the flow before anything is counted in it.
      .use(remarkTitle)
      .use(remarkMore)
      .use(remarkEmbeds)
      .use(remarkFootnotes)
      .use(remarkMathematics)
      .use(remarkTheorem)
      .use(remarkCallout)
      .use(remarkGlossary)
      .use(remarkDefinitionList)
      .use(remarkBlocks)
      .use(remarkResults)
      .use(remarkCode)
      .use(remarkCjkLines)
      .use(remarkRehype, { allowDangerousHtml: true })
      .use(rehypeAuthorHtml)
      .use({ plugins: site.rehype })
      .use(rehypeSanitizeAuthor)
      // Our tree.
      .use(rehypeUnmark)
      .use({ plugins: site.trustedRehype })
      .use(rehypeTasks)
      .use(rehypeLinks)
      .use(rehypeHeadings)
      .use(rehypeMath)
      // What cannot be drawn becomes a code block.
      .use(rehypeDrawings)
      .use(rehypeCode)
      .use(rehypeStringify)
      .freeze()
  );
}
