/**
 * Hexo's tags: pictures and links beside the note, links to notes, boxes, quotes and code. `{% raw %}` only
 * kept Hexo's template language away from the text; there is none here, so it goes. Anything else is shown as
 * typed, with a message that names it.
 */

import type { Blockquote, Root, RootContent } from 'mdast';
import type { Plugin, Processor } from 'unified';
import { visit } from 'unist-util-visit';
import type { At } from '../diagnostics/define.ts';
import { dialectMalformed, dialectUnclosed, dialectUnknown } from '../diagnostics/messages.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { hexoPicture } from '../hexo-picture.ts';
import type { Diagnostic } from '../model.ts';
import { table } from '../table.ts';
import { words } from '../words.ts';
import { kindSaid } from './callout.ts';
import { addRef, atOf, element, mark, type NoteContext, noteOf, placeOf } from './context.ts';
import { asTyped, inPlace, joinPairs, reportUnclosed, type Shortcode, shortcodeSyntax } from './shortcode.ts';
import { addSyntax } from './syntax.ts';

const [syntax, fromMarkdown] = shortcodeSyntax({
  brackets: [['{%', '%}']],
  raw: { codeblock: /\{%-?\s*endcodeblock\s*-?%\}/, code: /\{%-?\s*endcode\s*-?%\}/ },
});

/** Kinds of Hexo's boxes, as callouts. */
const NOTES: Record<string, string> = table({
  default: 'note',
  primary: 'important',
  success: 'success',
  info: 'info',
  warning: 'warning',
  danger: 'danger',
});
const PAIRS: Record<string, string> = table({
  note: 'endnote',
  blockquote: 'endblockquote',
  quote: 'endquote',
  cq: 'endcq',
  centerquote: 'endcenterquote',
});
/** How tags with arguments are written. */
const FORMS: Record<string, string> = table({
  asset_img: '{% asset_img picture.png %}',
  img: '{% img picture.png %}',
  asset_link: '{% asset_link file.zip text %}',
  link: '{% link text https://example.org %}',
  post_link: '{% post_link note text %}',
});
const RAW_ENDS: Record<string, string> = table({ codeblock: 'endcodeblock', code: 'endcode' });
const KNOWN = [...Object.keys(PAIRS), ...Object.keys(FORMS), 'raw', ...Object.keys(RAW_ENDS)];

export const remarkHexo: Plugin<[], Root> = function (this: Processor) {
  addSyntax(this.data(), syntax, fromMarkdown);
  return (tree, file) => {
    const note = noteOf(file);
    reportUnclosed(note, tree, /\{%-?\s*(code(?:block)?)\b[^%\n]*%\}/g, (name) => `{% end${name} %}`);
    visit(tree, (node) => {
      if (!('children' in node) || !node.children.some((c) => c.type === 'shortcode')) return;
      const endOf = (name: string) => PAIRS[name];
      const build = (open: Shortcode, content: RootContent[]) => pair(note, open, content);
      if (node.type === 'paragraph') {
        // A box on one line; in the middle of one it would be a block inside a paragraph.
        const first = node.children[0];
        const last = node.children.at(-1);
        if (first?.type === 'shortcode' && last?.type === 'shortcode' && endOf(first.name) === last.name) {
          const inner = { ...node, children: node.children.slice(1, -1) };
          Object.assign(node, { data: undefined, ...build(first, [inner]) });
          return;
        }
      }
      const children =
        node.type === 'paragraph' ? node.children : joinPairs(node.children as RootContent[], endOf, build);
      node.children = children.flatMap((child) =>
        child.type === 'shortcode' ? (single(note, child) as RootContent[]) : [child],
      ) as never;
    });
  };
};

function pair(note: NoteContext, open: Shortcode, content: RootContent[]): RootContent {
  const quote: Blockquote = { type: 'blockquote', children: content as Blockquote['children'] };
  if (open.position) quote.position = open.position;
  if (open.name !== 'note') {
    const source = open.args.join(' ');
    if (source)
      quote.children.push({ type: 'paragraph', children: [{ type: 'text', value: `—— ${source}` }] });
    return quote;
  }
  const [first = 'default', ...rest] = open.args.filter(
    (a) => !/^(?:no-icon|flat|simple|modern|disabled)$/.test(a),
  );
  const kind = NOTES[first];
  const title = (kind ? rest : first === 'default' ? [] : [first, ...rest]).join(' ');
  const value = title || words(note.lang).callouts[kind ?? 'note']!;
  const said = kindSaid(kind ?? 'note', value, note.lang);
  quote.data = mark(note, (children) => [
    element('aside', { className: ['callout', `callout-${kind ?? 'note'}`], role: 'note' }, [
      element('p', { className: ['callout-title'], ...said }, [{ type: 'text', value }]),
      ...children.filter((c) => !(c.type === 'text' && c.value.trim() === '')),
    ]),
  ]);
  return quote;
}

/** A tag by itself. */
function single(note: NoteContext, node: Shortcode): unknown[] {
  // With both dialects on, the other one's tags are left to it.
  if (!node.value.startsWith('{%')) return [node];
  const at = atOf(note, node.position);
  const { name, args } = node;
  switch (name) {
    case 'raw':
    case 'endraw':
      return [];
    case 'asset_img':
    case 'img': {
      const picture = hexoPicture(/^\{%-?\s*\w+([\s\S]*?)-?%\}$/.exec(node.value)?.[1] ?? '');
      if (!picture) break;
      const { file, width, height, title, alt } = picture;
      // No title of Markdown, which would make it a numbered figure.
      const hProperties = {
        ...(width && { width }),
        ...(height && { height }),
        ...(title !== alt && { title }),
      };
      const image = { type: 'image' as const, url: encodeURI(file), alt, data: { hProperties } };
      return [inPlace(node, { ...image, ...(node.position && { position: node.position }) })];
    }
    case 'asset_link':
    case 'link': {
      const [url, text] =
        name === 'link' ? [args[1], args[0]] : [args[0], args.slice(1).join(' ') || args[0]];
      if (!url || !text) break;
      const children = [{ type: 'text' as const, value: text }];
      return [
        inPlace(node, {
          type: 'link',
          url: encodeURI(url),
          children,
          ...(node.position && { position: node.position }),
        }),
      ];
    }
    case 'post_link': {
      const [target, ...label] = args.filter((a) => !/^(?:true|false)$/.test(a));
      if (!target) break;
      const place = placeOf(note, node.position);
      const build = mark(note, () => {
        const ref = addRef(note, { kind: 'wikilink', target, fragment: '', label: label.join(' '), place });
        return [element('a', {}, [], { ref, whole: true })];
      });
      return [inPlace(node, { type: 'text', value: '', data: build } as never)];
    }
    case 'codeblock':
    case 'code': {
      const options = args.filter((a) => /^[a-z_]+:\S/.test(a) && !/^https?:/.test(a));
      const title = args
        .filter((a) => !options.includes(a))
        .join(' ')
        .replaceAll('"', '');
      const option = (key: string) => options.find((o) => o.startsWith(`${key}:`))?.slice(key.length + 1);
      const marked = option('mark');
      const meta = [
        title && `title="${title}"`,
        marked && `{${marked}}`,
        option('line_number') === 'true' && 'linenos',
      ];
      return [
        {
          type: 'code',
          lang: option('lang') ?? null,
          meta: meta.filter(Boolean).join(' ') || null,
          value: node.body.replace(/^\n|\n$/g, ''),
          position: node.position,
        },
      ];
    }
  }
  note.diagnostics.push(complaint(at, node));
  return [asTyped(node)];
}

/** Why a tag is shown as typed. */
function complaint(at: At, { name, block }: Shortcode): Diagnostic {
  const end = PAIRS[name];
  const open = [PAIRS, RAW_ENDS].flatMap((p) => Object.keys(p).find((n) => p[n] === name) ?? [])[0];
  if ((end || open) && !block) {
    const [first, last] = end ? [name, end] : [open, name];
    return dialectMalformed(at, name, `write {% ${first} %} and {% ${last} %} on lines of their own`);
  }
  if (end) return dialectUnclosed(at, name, `{% ${end} %}`);
  if (open) return dialectMalformed(at, name, `it ends {% ${open} %}, which is not there`);
  const form = FORMS[name];
  return form
    ? dialectMalformed(at, name, `write it as ${form}`)
    : dialectUnknown(at, 'Hexo', name, suggest(name, KNOWN));
}
