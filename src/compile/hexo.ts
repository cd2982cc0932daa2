/**
 * Hexo's tags: pictures and links beside the note, links to notes, boxes, quotes and code. `{% raw %}` only
 * kept Hexo's template language away from the text; there is none here, so it goes. Anything else is shown as
 * typed, with a message that names it.
 */

import type { Blockquote, Link, Nodes, PhrasingContent, Root, RootContent } from 'mdast';
import type { Plugin, Processor } from 'unified';
import { visit } from 'unist-util-visit';
import type { At } from '../diagnostics/messages/define.ts';
import { dialectMalformed, dialectUnclosed, dialectUnknown } from '../diagnostics/messages.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { type HexoPicture, hexoPicture } from '../hexo-picture.ts';
import type { Diagnostic } from '../model.ts';
import { table } from '../table.ts';
import { words } from '../words.ts';
import { kindSaid } from './callout.ts';
import { addRef, atOf, element, mark, type NoteContext, noteOf, placeOf } from './context.ts';
import {
  asTyped,
  inPlace,
  joinPairs,
  parseShortcode,
  reportUnclosed,
  type Shortcode,
  shortcodeSyntax,
} from './shortcode.ts';
import { addSyntax } from './syntax.ts';

const [syntax, fromMarkdown] = shortcodeSyntax({
  brackets: [['{%', '%}']],
  raw: { codeblock: /\{%-?\s*endcodeblock\s*-?%\}/, code: /\{%-?\s*endcode\s*-?%\}/ },
});

/** Kinds of Hexo's boxes, as callouts; the colours are Butterfly's. */
const NOTES: Record<string, string> = table({
  default: 'note',
  primary: 'important',
  success: 'success',
  info: 'info',
  warning: 'warning',
  danger: 'danger',
  blue: 'info',
  pink: 'note',
  red: 'danger',
  purple: 'note',
  orange: 'warning',
  green: 'success',
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
  asset_path: '{% asset_path file.zip %}',
  link: '{% link text https://example.org %}',
  post_link: '{% post_link note text %}',
  post_path: '{% post_path note %}',
  youtube: '{% youtube lJIrF4YjHfQ %}',
  vimeo: '{% vimeo 82090131 %}',
});
const RAW_ENDS: Record<string, string> = table({ codeblock: 'endcodeblock', code: 'endcode' });

/** Names of the tags that Postil knows; what ends one is not among them. */
export const HEXO_TAGS = [...Object.keys(PAIRS), ...Object.keys(FORMS), 'raw', ...Object.keys(RAW_ENDS)];

/** A tag that holds raw text; the parser finds a tag in it only when its end is there. */
export const RAW_OPENER = /\{%-?\s*(code(?:block)?)\b[^%\n]*%\}/g;

/** What a tag by itself stands for. `beside` is a file of the post's asset folder. */
export type Meaning =
  | { kind: 'nothing' }
  | ({ kind: 'picture'; beside: boolean } & HexoPicture)
  | { kind: 'link'; beside: boolean; url: string; text: string }
  | { kind: 'note'; target: string; label: string }
  | {
      kind: 'code';
      lang: string | null;
      /** What a fence says of it: its title with the address in it, as text. */
      meta: string | null;
      value: string;
      /** The address, and the rest of `meta`. */
      source: { link: Cited; meta: string | null } | undefined;
    };

/** An address that a tag cites. */
export interface Cited {
  url: string;
  text: string;
}

export const remarkHexo: Plugin<[], Root> = function (this: Processor) {
  addSyntax(this.data(), syntax, fromMarkdown);
  return (tree, file) => {
    const note = noteOf(file);
    reportUnclosed(note, tree, RAW_OPENER, (name) => `{% end${name} %}`);
    visit(tree, (node) => {
      if (node.type === 'html' && node.value.includes('{%'))
        node.value = tagsInHtml(node.value, { file: (path) => path, note: (name) => name }, (tag, stays) => {
          if (stays) note.diagnostics.push(complaint(atOf(note, node.position), tag));
        });
      joinTags(node, (open, content) => pair(note, open, content));
      if (!('children' in node) || !node.children.some((c) => c.type === 'shortcode')) return;
      node.children = node.children.flatMap((child) =>
        child.type === 'shortcode' ? (single(note, child) as RootContent[]) : [child],
      ) as never;
    });
  };
};

/**
 * Joins boxes and quotes among the children of a node with what stands in them. Of a paragraph, only the whole
 * is one: in the middle of a sentence it would be a block inside a paragraph.
 *
 * @param build makes one node of a pair and what stands between; called for the innermost pair first
 */
export function joinTags(
  node: Nodes,
  build: (open: Shortcode, content: RootContent[], close: Shortcode) => RootContent,
): void {
  if (!('children' in node) || !node.children.some((c) => c.type === 'shortcode')) return;
  const endOf = (name: string) => PAIRS[name];
  if (node.type !== 'paragraph') {
    node.children = joinPairs(node.children as RootContent[], endOf, build) as never;
    return;
  }
  const first = node.children[0];
  const last = node.children.at(-1);
  if (first?.type === 'shortcode' && last?.type === 'shortcode' && endOf(first.name) === last.name) {
    const inner = { ...node, children: node.children.slice(1, -1) };
    Object.assign(node, { data: undefined, ...build(first, [inner], last) });
  }
}

/** @returns kind and title of a box, as its tag says; no title when the kind's own word is one */
export function boxOf({ args }: Shortcode): { kind: string; title: string } {
  const [first = 'default', ...rest] = args.filter(
    // Its style and icon (NexT, Butterfly).
    (a) => !/^(?:no-icon|flat|simple|modern|disabled|fa[a-z]? fa-[\w-]+)$/.test(a),
  );
  const kind = NOTES[first];
  return { kind: kind ?? 'note', title: (kind ? rest : [first, ...rest]).join(' ') };
}

/** @returns the line below a quotation that says whose it is, an address apart, or nothing */
export function sourceOf({ args }: Shortcode): { text: string; link: Cited | undefined } | undefined {
  const { text, link } = citedIn(args);
  return text === '' && !link ? undefined : { text: `—— ${text}`.trimEnd(), link };
}

/** Text, an address and what the link to it reads: `author, source https://example.org/ title`. */
function citedIn(args: string[]): { text: string; link: Cited | undefined } {
  const whole = args.join(' ');
  const [, text, url, title] = /^(.*?)(?:^|\s)(https?:\/\/\S+)(?:\s+(.+))?$/is.exec(whole) ?? [];
  if (text === undefined || url === undefined) return { text: whole, link: undefined };
  // As Hexo shows an address that has no title.
  const shown = title ?? url.replace(/^https?:\/\/|\/(?:index\.html?)?$/gi, '');
  return { text, link: { url, text: shown } };
}

function linkTo({ url, text }: Cited): Link {
  return { type: 'link', url: addressOf(url, false), children: [{ type: 'text', value: text }] };
}

function pair(note: NoteContext, open: Shortcode, content: RootContent[]): RootContent {
  const quote: Blockquote = { type: 'blockquote', children: content as Blockquote['children'] };
  if (open.position) quote.position = open.position;
  if (open.name !== 'note') {
    const source = sourceOf(open);
    if (!source) return quote;
    const { text, link } = source;
    const children: PhrasingContent[] = [{ type: 'text', value: link ? `${text} ` : text }];
    if (link) children.push(linkTo(link));
    quote.children.push({ type: 'paragraph', children });
    return quote;
  }
  const { kind, title } = boxOf(open);
  const value = title || words(note.lang).callouts[kind]!;
  const said = kindSaid(kind, value, note.lang);
  quote.data = mark(note, (children) => [
    element('aside', { className: ['callout', `callout-${kind}`], role: 'note' }, [
      element('p', { className: ['callout-title'], ...said }, [{ type: 'text', value }]),
      ...children.filter((c) => !(c.type === 'text' && c.value.trim() === '')),
    ]),
  ]);
  return quote;
}

/** @returns what a tag by itself stands for; nothing when it is unknown, or not as Hexo documents it */
export function meaningOf({ name, args, value, body }: Shortcode): Meaning | undefined {
  switch (name) {
    case 'raw':
    case 'endraw':
      return { kind: 'nothing' };
    case 'asset_img':
    case 'img': {
      const picture = hexoPicture(/^\{%-?\s*\w+([\s\S]*?)-?%\}$/.exec(value)?.[1] ?? '');
      return picture && { kind: 'picture', beside: name === 'asset_img', ...picture };
    }
    case 'asset_link':
    case 'asset_path':
    case 'link': {
      const [url, text] =
        name === 'link' ? [args[1], args[0]] : [args[0], args.slice(1).join(' ') || args[0]];
      return url && text ? { kind: 'link', beside: name !== 'link', url, text } : undefined;
    }
    case 'post_link':
    case 'post_path': {
      const [target, ...label] = args.filter((a) => !/^(?:true|false)$/.test(a));
      return target ? { kind: 'note', target, label: label.join(' ') } : undefined;
    }
    case 'youtube':
    case 'vimeo': {
      const [id, type] = args;
      if (!id) return undefined;
      const youtube = type === 'playlist' ? 'playlist?list=' : 'watch?v=';
      const url = name === 'vimeo' ? `https://vimeo.com/${id}` : `https://www.youtube.com/${youtube}${id}`;
      return { kind: 'link', beside: false, url, text: url };
    }
    case 'codeblock':
    case 'code': {
      const options = args.filter((a) => /^[a-z_]+:\S/.test(a) && !/^https?:/.test(a));
      const others = args.filter((a) => !options.includes(a));
      const { text, link } = citedIn(others);
      const option = (key: string) => options.find((o) => o.startsWith(`${key}:`))?.slice(key.length + 1);
      const marked = option('mark');
      const metaOf = (title: string): string | null =>
        [
          title && `title="${title.replaceAll('"', '')}"`,
          marked && `{${marked}}`,
          option('line_number') === 'true' && 'linenos',
        ]
          .filter(Boolean)
          .join(' ') || null;
      return {
        kind: 'code',
        lang: option('lang') ?? null,
        meta: metaOf(others.join(' ')),
        value: body.replace(/^\n|\n$/g, ''),
        source: link && { link, meta: metaOf(text) },
      };
    }
  }
  return undefined;
}

/**
 * @param isFile `#` and `?` belong to its name
 * @returns a path or address as links hold it; what is percent-encoded stays so
 */
export function addressOf(path: string, isFile: boolean): string {
  const address = encodeURI(path).replace(/%25([\da-f]{2})/gi, '%$1');
  return isFile ? address.replaceAll('#', '%23').replaceAll('?', '%3F') : address;
}

/**
 * Puts HTML, or a mere address, in the place of tags in a piece of HTML, in which Markdown says nothing. Those that have no
 * such meaning stay.
 *
 * @param pathOf paths of a file of the post's asset folder and of a note
 * @param tell told each tag, and whether it stays
 */
export function tagsInHtml(
  html: string,
  pathOf: { file(path: string): string; note(name: string): string },
  tell: (tag: Shortcode, stays: boolean) => void,
): string {
  return html.replace(/<!--[\s\S]*?-->|\{%[^{}]*?%\}/g, (value) => {
    // What a comment holds is not shown.
    if (value.startsWith('<!--')) return value;
    const tag: Shortcode = { type: 'shortcode', value, ...parseShortcode(value), body: '', block: false };
    const meaning = Object.hasOwn(RAW_ENDS, tag.name) ? undefined : meaningOf(tag);
    if (tag.name !== '') tell(tag, !meaning);
    if (!meaning) return value;
    const quote = (text: string) =>
      text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
    const path = (file: string, isBeside: boolean) =>
      quote(addressOf(isBeside ? pathOf.file(file) : file, isBeside));
    const bare = tag.name.endsWith('_path');
    switch (meaning.kind) {
      case 'picture': {
        const { width, height, title, alt } = meaning;
        const size = `${width ? ` width="${width}"` : ''}${height ? ` height="${height}"` : ''}`;
        const shown = title && title !== alt ? ` title="${quote(title)}"` : '';
        return `<img src="${path(meaning.file, meaning.beside)}" alt="${quote(alt)}"${shown}${size}>`;
      }
      case 'link': {
        const href = path(meaning.url, meaning.beside);
        return bare ? href : `<a href="${href}">${quote(meaning.text)}</a>`;
      }
      case 'note': {
        const href = path(pathOf.note(meaning.target), false);
        return bare ? href : `<a href="${href}">${quote(meaning.label || meaning.target)}</a>`;
      }
      default:
        return '';
    }
  });
}

/** A tag by itself. */
function single(note: NoteContext, node: Shortcode): unknown[] {
  // With both dialects on, the other one's tags are left to it.
  if (!node.value.startsWith('{%')) return [node];
  const { position } = node;
  const meaning = meaningOf(node);
  switch (meaning?.kind) {
    case 'nothing':
      return [];
    case 'picture': {
      const { file, width, height, title, alt } = meaning;
      // No title of Markdown, which would make it a numbered figure.
      const hProperties = {
        ...(width && { width }),
        ...(height && { height }),
        ...(title !== alt && { title }),
      };
      const image = {
        type: 'image' as const,
        url: addressOf(file, meaning.beside),
        alt,
        data: { hProperties },
      };
      return [inPlace(node, { ...image, ...(position && { position }) })];
    }
    case 'link': {
      const children = [{ type: 'text' as const, value: meaning.text }];
      const link = { type: 'link' as const, url: addressOf(meaning.url, meaning.beside), children };
      return [inPlace(node, { ...link, ...(position && { position }) })];
    }
    case 'note': {
      const { target, label } = meaning;
      const place = placeOf(note, position);
      const build = mark(note, () => {
        const ref = addRef(note, { kind: 'wikilink', target, fragment: '', label, place });
        return [element('a', {}, [], { ref, whole: true })];
      });
      return [inPlace(node, { type: 'text', value: '', data: build } as never)];
    }
    case 'code': {
      const { lang, value, source } = meaning;
      const { meta } = source ?? meaning;
      const data = source && { data: { caption: [linkTo(source.link)] } };
      return [{ type: 'code', lang, meta, value, position, ...data }];
    }
  }
  note.diagnostics.push(complaint(atOf(note, position), node));
  return [asTyped(node)];
}

/** @returns why a tag is shown as typed */
export function complaint(at: At, { name, block }: Shortcode): Diagnostic {
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
    : dialectUnknown(at, 'Hexo', name, suggest(name, HEXO_TAGS));
}
