/** A note as Markdown for everybody: what its page does not show, a comment, is not in it either. */

import type { Root } from 'mdast';
import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import type { Source } from '../model.ts';
import { signsInHtml } from './comment.ts';
import { splitFrontMatter } from './front-matter.ts';
import type { CompileOptions } from './options.ts';
import { pipelineFor } from './pipeline.ts';
import { hidePipes } from './table-pipes.ts';

/**
 * Takes the front matter, `%%comments%%` (where they are read) and HTML comments out of a note. An HTML comment that
 * is not closed where it stands is taken out up to where one is, or to the end: rather too much than what was hidden.
 *
 * @returns Markdown, otherwise as its author wrote it
 */
export async function publicText(source: Source, options: CompileOptions): Promise<string> {
  const { body } = splitFrontMatter(source.text, `posts/${source.path}`);
  const pipeline = await pipelineFor(body, options.dialects, options.plugins);
  const file = new VFile({ value: hidePipes(body)?.text ?? body });
  const cuts: [from: number, to: number][] = [];
  visit(pipeline.parse(file) as Root, (node) => {
    const from = node.position?.start.offset;
    const to = node.position?.end.offset;
    if (from === undefined || to === undefined) return;
    if (node.type === 'comment') cuts.push([from, to]);
    else if (node.type === 'image') {
      // What a picture is called is text of its own, and its title is read later.
      for (const { 0: found, index } of body.slice(from, to).matchAll(/%%[\s\S]*?%%/g))
        cuts.push([from + index, from + index + found.length]);
    } else if (node.type === 'html') {
      for (const { index } of body.slice(from, to).matchAll(/<!--/g)) {
        const end = body.indexOf('-->', from + index + 4);
        cuts.push([from + index, end === -1 ? body.length : end + 3]);
      }
      for (const [start, end] of signsInHtml(body.slice(from, to)).pairs)
        cuts.push([from + start, from + end]);
    }
  });
  let out = '';
  let done = 0;
  for (const [from, to] of cuts.sort(([a], [b]) => a - b)) {
    if (from > done) out += body.slice(done, from);
    done = Math.max(done, to);
  }
  return `${(out + body.slice(done))
    .replace(/[ \t]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
}
