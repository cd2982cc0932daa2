/**
 * Sanitising, with what we generate kept apart from what the author wrote.
 *
 * Our constructs go through the sanitiser as placeholder elements whose name does not occur in the note, so
 * that no HTML in it can pose as one; only afterwards are they replaced by what they stand for. The schema
 * starts from GitHub's. Author ids, names and classes go: every id on a page is ours.
 */

import type { Element, ElementContent, Nodes, Parents, Root } from 'hast';
import rehypeSanitize, { defaultSchema, type Options } from 'rehype-sanitize';
import type { Plugin } from 'unified';
import type { Position } from 'unist';
import { visit } from 'unist-util-visit';
import { htmlUnclosed, unsafeUrl } from '../diagnostics/messages.ts';
import { shorten } from '../shorten.ts';
import { atOf, markProperty, noteOf } from './context.ts';
import { type Candidate, candidatesOf, srcsetOf } from './srcset.ts';

/** HTML elements that authors may use beyond GitHub's list. */
const MORE_TAGS = [
  'abbr',
  'caption',
  'figcaption',
  'figure',
  'mark',
  'small',
  'time',
  'u',
  'wbr',
  'audio',
  'video',
  'source',
  'track',
];

const base = defaultSchema;
/** Keys are the reader's: what a note says of them (`accesskey`) is left out, as its names are. */
const LEFT_OUT = ['id', 'name', 'className', 'accessKey'];
const star = (base.attributes?.['*'] ?? []).filter((a) => !LEFT_OUT.includes(String(a)));

function schemaFor(markTag: string, markProperty: string): Options {
  return {
    ...base,
    clobberPrefix: '',
    clobber: [],
    strip: [
      'script',
      'style',
      'template',
      'noscript',
      'title',
      'textarea',
      'iframe',
      'xmp',
      'noembed',
      'noframes',
      'plaintext',
    ],
    tagNames: [...(base.tagNames ?? []), ...MORE_TAGS, markTag],
    attributes: {
      ...base.attributes,
      '*': [...star, 'lang', 'title', markProperty],
      a: ['href'],
      audio: ['src', 'controls', 'loop', 'muted', 'preload'],
      code: [],
      img: ['src', 'srcSet', 'sizes'],
      h2: [],
      li: [],
      ol: ['start', 'reversed', 'type'],
      section: [],
      source: ['src', 'srcSet', 'sizes', 'type'],
      time: ['dateTime'],
      track: ['src', 'kind', 'srcLang', 'label', 'default'],
      ul: [],
      video: ['src', 'poster', 'controls', 'loop', 'muted', 'playsInline', 'preload', 'width', 'height'],
      [markTag]: ['dataI'],
    },
    protocols: {
      cite: ['http', 'https'],
      href: ['http', 'https', 'mailto'],
      longDesc: ['http', 'https'],
      poster: ['http', 'https'],
      src: ['http', 'https'],
    },
    required: { input: { type: 'checkbox', disabled: true } },
  };
}

const sanitizers = new Map<string, (tree: Root) => Root>();

/** Elements whose unclosed start tag makes the HTML parser take all that follows as their text. */
const SWALLOWER =
  /<(!--|script|style|textarea|title|xmp|plaintext|noscript|iframe|noembed|noframes|template|select|svg|math)\b|<(!--)/gi;

/** Parses HTML that authors wrote into the tree; notes without any skip it, for it is slow, and so is loading it. */
export const rehypeAuthorHtml: Plugin<[], Root> = () => {
  return async (tree, file) => {
    const note = noteOf(file);
    let found = false;
    // Where the last closing of each element stands: looked for from every opening, they would take all day.
    const last = new Map<string, number>();
    let lower: string | undefined;
    const closed = (tag: string, from: number): boolean => {
      if (tag === 'plaintext') return false;
      if (!last.has(tag)) {
        // Letters of other alphabets may become two, and all after them stand elsewhere.
        lower ??= note.body.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
        last.set(tag, lower.lastIndexOf(tag === '!--' ? '-->' : `</${tag}`));
      }
      return last.get(tag)! >= from;
    };
    visit(tree, 'raw', (node) => {
      found = true;
      for (const match of node.value.matchAll(SWALLOWER)) {
        const tag = (match[1] ?? match[2] ?? '').toLowerCase();
        const end = (node.position?.start.offset ?? 0) + match.index + match[0].length;
        if (!closed(tag, end)) note.diagnostics.push(htmlUnclosed(atOf(note, within(node, match)), match[0]));
      }
    });
    if (!found) return undefined;
    const { default: rehypeRaw } = await import('rehype-raw');
    return rehypeRaw({ passThrough: [] })(tree, file) as Root;
  };
};

/** The place of a match in raw HTML; the whole node's where quotes or lists stand between its lines. */
function within(
  node: { value: string; position?: Position | undefined },
  { 0: found, index }: RegExpMatchArray,
) {
  const { position } = node;
  const before = node.value.slice(0, index).split('\n');
  if (!position || index === undefined || (before.length > 1 && position.start.column > 1)) return position;
  const line = position.start.line + before.length - 1;
  const column = (before.length === 1 ? position.start.column : 1) + before.at(-1)!.length;
  return { start: { line, column }, end: { line, column: column + found.length } };
}

/** Before the path of an address, a capital letter or a blank. */
const UNUSUAL = /^[^/?#a-z]|^[^/?#:]*[A-Z\t\n\r]/;

/**
 * An address as the sanitiser compares it: its scheme in small letters, without the blanks that a browser leaves out
 * (https://url.spec.whatwg.org/#concept-basic-url-parser).
 */
function plainAddress(address: string): string {
  const bare = address.replace(/^[\u0000-\u0020]+|[\u0000-\u0020]+$|[\t\n\r]/g, '');
  return bare.replace(/^[a-z][a-z\d+.-]*:/i, (scheme) => scheme.toLowerCase());
}

/** Whether an address has no scheme that the schema does not list; `a:b` without one is a relative address with a colon. */
function isAllowed(attribute: string, address: string): boolean {
  const bare = address.replace(/[\u0000-\u0020]/g, '');
  const scheme = /^([^/?#:]*):/.exec(bare)?.[1]?.toLowerCase();
  const allowed = attribute === 'href' ? ['http', 'https', 'mailto'] : ['http', 'https'];
  return scheme === undefined || allowed.includes(scheme);
}

/** Removes what authors may not write; says so where an address is lost. */
export const rehypeSanitizeAuthor: Plugin<[], Root> = () => (tree, file) => {
  const note = noteOf(file);
  const before: [Element, string][] = [];
  visit(tree, 'element', (node) => {
    for (const name of ['href', 'src', 'poster', 'cite'] as const) {
      const value = node.properties[name];
      if (typeof value !== 'string') continue;
      if (!isAllowed(name, value)) before.push([node, value]);
      else if (UNUSUAL.test(value)) node.properties[name] = plainAddress(value);
    }
    const { srcSet } = node.properties;
    if (typeof srcSet !== 'string') return;
    // A list, of which the sanitiser knows nothing.
    const [kept, gone] = [[], []] as [Candidate[], Candidate[]];
    for (const candidate of candidatesOf(srcSet))
      (isAllowed('srcset', candidate.address) ? kept : gone).push(candidate);
    if (gone.length === 0) return;
    node.properties.srcSet = srcsetOf(kept);
    before.push(...gone.map(({ address }): [Element, string] => [node, address]));
  });
  for (const [node, value] of before) {
    note.diagnostics.push(unsafeUrl(atOf(note, node.position), shorten(value, 60)));
  }
  let sanitize = sanitizers.get(note.markTag);
  if (!sanitize) {
    sanitize = rehypeSanitize(schemaFor(note.markTag, markProperty(note))) as (tree: Root) => Root;
    sanitizers.set(note.markTag, sanitize);
  }
  return sanitize(tree);
};

/** Puts our constructs in place of their placeholders. */
export const rehypeUnmark: Plugin<[], Root> = () => (tree, file) => {
  const note = noteOf(file);
  const changed = markProperty(note);
  const markOf = ({ tagName, properties }: Element) => {
    if (tagName === note.markTag) return note.marks[Number(properties.dataI)];
    const number = properties[changed];
    if (number === undefined) return undefined;
    delete properties[changed];
    return note.marks[Number(number)];
  };
  const replace = (parent: Parents): void => {
    const out: Nodes[] = [];
    for (const child of parent.children) {
      if (child.type === 'element') replace(child);
      const build = child.type === 'element' ? markOf(child) : undefined;
      if (build) out.push(...build((child as Element).children, child as Element));
      else out.push(child);
    }
    parent.children = out as ElementContent[];
  };
  replace(tree);
};

/** A tag name that the note's text does not contain, in any case. */
export function freeTag(body: string): string {
  const text = body.toLowerCase();
  let n = 0;
  while (text.includes(`postil${n}`)) n++;
  return `postil${n}`;
}
