/**
 * Hugo's shortcodes: `figure`, `highlight`, `katex` (also `{{< math >}}`), and `ref` and `relref` as the address
 * of a link. Anything else is shown as typed, with a message that names it.
 */

import type { Link, PhrasingContent, Root, RootContent } from 'mdast';
import type { Plugin, Processor } from 'unified';
import { visit } from 'unist-util-visit';
import { dialectMalformed, dialectUnknown } from '../diagnostics/messages.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { table } from '../table.ts';
import { atOf, type NoteContext, noteOf } from './context.ts';
import { asTyped, inPlace, reportUnclosed, type Shortcode, shortcodeSyntax } from './shortcode.ts';
import { addSyntax } from './syntax.ts';

const REF = 'write it as the address of a link: [text]({{< ref "note.md" >}})';
/** What to do with a tag that is known but lacks what it needs. */
const ADVICE: Record<string, string> = table({
  figure: 'write it as {{< figure src="picture.png" >}}',
  ref: REF,
  relref: REF,
});
const KNOWN = [...Object.keys(ADVICE), 'highlight', 'katex', 'math'];

const end = (name: string) => new RegExp(`\\{\\{[<%]\\s*/\\s*${name}\\s*[%>]\\}\\}`);

const [syntax, fromMarkdown] = shortcodeSyntax({
  brackets: [
    ['{{<', '>}}'],
    ['{{%', '%}}'],
  ],
  raw: { highlight: end('highlight'), katex: end('katex'), math: end('math') },
});

export const remarkHugo: Plugin<[], Root> = function (this: Processor) {
  addSyntax(this.data(), syntax, fromMarkdown);
  return (tree, file) => {
    const note = noteOf(file);
    const opener = /\{\{[<%]\s*(highlight|katex|math)\b[^}\n]*\}\}/g;
    reportUnclosed(note, tree, opener, (name) => `{{< /${name} >}}`);
    visit(tree, (node) => {
      if (!('children' in node) || !node.children.some((c) => c.type === 'shortcode')) return;
      const linked = joinLinks(node.children as RootContent[]);
      node.children = linked.flatMap((child) =>
        child.type === 'shortcode' ? (single(note, child) as RootContent[]) : [child],
      ) as never;
    });
  };
};

/** `[text]({{< ref "note.md#part" >}})`: Markdown sees no link in it, because its address holds blanks. */
function joinLinks(children: RootContent[]): RootContent[] {
  const out: RootContent[] = [];
  children.forEach((child, i) => {
    const before = out.at(-1);
    const after = children[i + 1];
    const opens = before?.type === 'text' ? /\[([^[\]]*)\]\($/.exec(before.value) : null;
    const target = child.type === 'shortcode' && /^(?:rel)?ref$/.test(child.name) ? child.args[0] : undefined;
    if (
      !opens ||
      !target ||
      before?.type !== 'text' ||
      after?.type !== 'text' ||
      !after.value.startsWith(')')
    ) {
      out.push(child);
      return;
    }
    before.value = before.value.slice(0, opens.index);
    after.value = after.value.slice(1);
    const text: PhrasingContent = { type: 'text', value: opens[1]! };
    const link: Link = { type: 'link', url: encodeURI(target), children: [text] };
    out.push({ ...link, ...(child.position && { position: child.position }) });
  });
  return out;
}

function single(note: NoteContext, node: Shortcode): unknown[] {
  // With both dialects on, the other one's tags are left to it.
  if (!node.value.startsWith('{{')) return [node];
  const { name, args, named, body, position } = node;
  switch (name) {
    case 'figure': {
      const src = named.src ?? args[0];
      if (!src) break;
      const { width, height } = named;
      const data = { hProperties: { ...(width && { width }), ...(height && { height }) } };
      const caption = [named.title, named.caption].filter(Boolean).join(' ');
      const image = {
        type: 'image' as const,
        url: encodeURI(src),
        alt: named.alt ?? caption,
        title: caption || null,
        data,
      };
      return [inPlace(node, { ...image, ...(position && { position }) })];
    }
    case 'highlight': {
      const [lang = null, options = ''] = args;
      // A comma ends the list where another option follows.
      const marked = /hl_lines=\[?"?([\d\s,-]+)/
        .exec(options)?.[1]
        ?.replace(/^[\s,]+|[\s,]+$/g, '')
        .replace(/[\s,]+/g, ',');
      const meta = [marked && `{${marked}}`, /linenos=(?!false)/.test(options) && 'linenos'];
      const value = body.replace(/^\n|\n$/g, '');
      return [{ type: 'code', lang, meta: meta.filter(Boolean).join(' ') || null, value, position }];
    }
    case 'katex':
    case 'math': {
      const value = body
        .trim()
        .replace(/^\$\$?([\s\S]*?)\$?\$$/, '$1')
        .trim();
      if (node.block || args.includes('display')) {
        const math = { type: 'math', value, position };
        return node.block ? [math] : [{ type: 'inlineMath', value, display: true, position }];
      }
      return [{ type: 'inlineMath', value, position }];
    }
  }
  // The end of a shortcode that has been named already.
  if (name.startsWith('/')) return [asTyped(node)];
  const at = atOf(note, position);
  const advice = ADVICE[name];
  note.diagnostics.push(
    advice ? dialectMalformed(at, name, advice) : dialectUnknown(at, 'Hugo', name, suggest(name, KNOWN)),
  );
  return [asTyped(node)];
}
