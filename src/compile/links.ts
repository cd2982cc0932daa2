/** Links and images that authors wrote: other hosts are finished here, everything on the site is a reference. */

import type { Element, Parents, Root } from 'hast';
import type { Plugin } from 'unified';
import { visit } from 'unist-util-visit';
import { imageRemote, mediaPage, mediaRemote } from '../diagnostics/messages.ts';
import { isPlayerPage, mediaKind } from '../media.ts';
import type { Ref } from '../model.ts';
import { decoded } from '../paths.ts';
import { addRef, atOf, noteOf, placeOf } from './context.ts';
import { candidatesOf, srcsetOf } from './srcset.ts';

/** Obsidian's sizes: `![text|120](a.png)`, `![text|120x80](a.png)`. */
const SIZED = /^(.*)\|\s*([1-9]\d{0,3})(?:x([1-9]\d{0,3}))?$/s;

export const rehypeLinks: Plugin<[], Root> = () => (tree, file) => {
  const note = noteOf(file);
  const links: { node: Element; parent: Parents }[] = [];
  visit(tree, 'element', (node, _, parent) => {
    if (node.data) return;
    if (node.tagName === 'a') {
      if (node.properties.href === undefined) {
        // It leads nowhere, and would end where a reference in it, which does, begins.
        if (holdsOurs(node)) node.tagName = 'span';
        return;
      }
      if (parent) links.push({ node, parent });
      link(node);
    } else if (
      node.tagName === 'img' ||
      node.tagName === 'source' ||
      node.tagName === 'track' ||
      node.tagName === 'video' ||
      node.tagName === 'audio'
    )
      media(node, parent);
  });
  for (const { node, parent } of links) unlink(node, parent);

  /** A link in a link is none: references and formulas in it are text, and marks of footnotes stand behind it. */
  function unlink(link: Element, parent: Parents): void {
    const marks: Element[] = [];
    visit(link, 'element', (node, index, within) => {
      const { data } = node;
      if (data?.footnote && within && index !== undefined) {
        marks.push(node);
        within.children.splice(index, 1);
        return index;
      }
      // A film's page, written as an image.
      if (node.tagName === 'a' && !data && node !== link) {
        node.tagName = 'span';
        node.properties = {};
      }
      if (data?.tex) data.tex.inLink = true;
      if (data?.ref !== undefined && node !== link) note.refs[data.ref]!.inLink = true;
      return undefined;
    });
    if (marks.length > 0) parent.children.splice(parent.children.indexOf(link as never) + 1, 0, ...marks);
  }

  function link(node: Element): void {
    const target = node.properties.href;
    if (typeof target !== 'string') return;
    if (isExternal(target)) {
      // The author's are gone by now: what is there was said by a plugin that is trusted.
      const { className, rel } = node.properties;
      node.properties = {
        ...node.properties,
        className: withTokens(className, 'external'),
        rel: withTokens(rel, 'noopener', 'noreferrer'),
      };
      return;
    }
    const { path, fragment } = split(target);
    const { title } = node.properties;
    const ref = addRef(note, {
      kind: 'link',
      target: path,
      fragment,
      label: '',
      place: placeOf(note, node.position),
      ...(typeof title === 'string' && title !== '' && { attributes: { title } }),
    });
    node.properties = {};
    node.data = { ref };
  }

  /** An address on the site, to be filled in when it is known. @returns the number of its reference */
  function address(target: string, node: Element, attributes?: Ref['attributes']): number {
    const place = placeOf(note, node.position);
    // No browser shows subtitles by themselves: to what is asked of pictures they need not answer.
    const kind = node.tagName === 'track' ? 'link' : 'image';
    return addRef(note, { kind, target, fragment: '', label: '', place, ...(attributes && { attributes }) });
  }

  /** The files that `srcset` offers; `undefined` without one. */
  function offered(node: Element): Ref['srcset'] {
    const { srcSet } = node.properties;
    if (typeof srcSet !== 'string') return undefined;
    return candidatesOf(srcSet).flatMap((candidate, i) => {
      const { address: target, descriptor } = candidate;
      const comma = i === 0 ? [] : [', '];
      if (!isExternal(target))
        return [
          ...comma,
          { url: address(split(target).path, node, descriptor ? { descriptor } : undefined) },
        ];
      note.diagnostics.push(imageRemote(atOf(note, node.position), target));
      return [...comma, srcsetOf([candidate])];
    });
  }

  function media(node: Element, parent: Parents | undefined): void {
    const { poster } = node.properties;
    if (typeof poster === 'string' && poster !== '') {
      if (isExternal(poster)) note.diagnostics.push(imageRemote(atOf(note, node.position), poster));
      else node.properties.poster = hole(address(split(poster).path, node));
    }
    const srcset = offered(node);
    if (srcset)
      node.properties.srcSet = srcset.map((f) => (typeof f === 'string' ? f : hole(f.url))).join('');
    const target = node.properties.src;
    if (typeof target !== 'string') return;
    // HTML has attributes of its own for that.
    const isMarkdown = note.body[node.position?.start.offset ?? -1] !== '<';
    const sized = isMarkdown && SIZED.exec(String(node.properties.alt ?? ''));
    if (sized) {
      const [, alt, width, height] = sized;
      // `{width=60%}` behind the picture says more.
      const size = node.properties.width === undefined && { width, height };
      node.properties = { ...node.properties, alt, ...size };
    }
    if (node.tagName === 'img' && isPlayerPage(target)) {
      note.diagnostics.push(mediaPage(atOf(note, node.position), target));
      const { alt, title } = node.properties;
      node.tagName = 'a';
      node.properties = { href: target, ...(title && { title }) };
      node.children = [{ type: 'text', value: String(alt || target) }];
      link(node);
      return;
    }
    if (isExternal(target)) {
      const kind = node.tagName === 'img' ? mediaKind(split(target).path) : undefined;
      if (kind === 'audio' || kind === 'video') {
        node.tagName = kind;
        const { alt, title, width, height } = node.properties;
        // HTML has no width for sound, and none in percent for films.
        const isPlain = kind === 'video' && /^\d+$/.test(String(width));
        const style = `width:${width}${String(width).endsWith('%') ? '' : 'px'}`;
        node.properties = {
          src: target,
          ...(alt && { ariaLabel: alt }),
          ...(title && { title }),
          ...(width && (isPlain ? { width, ...(height && { height }) } : { style })),
          controls: true,
          preload: 'metadata',
        };
      }
      if (node.tagName === 'img') {
        node.properties = {
          ...node.properties,
          loading: 'lazy',
          decoding: 'async',
          referrerPolicy: 'no-referrer',
        };
        note.diagnostics.push(imageRemote(atOf(note, node.position), target));
      } else note.diagnostics.push(mediaRemote(atOf(note, node.position), target));
      return;
    }
    const { path, fragment } = split(target);
    if (node.tagName !== 'img') {
      node.properties.src = hole(address(path, node));
      return;
    }
    const { alt, width, height, title, sizes } = node.properties;
    // In a `<picture>`, its author has said which file is shown when.
    const chosen = srcset ?? (parent?.type === 'element' && parent.tagName === 'picture' ? [] : undefined);
    const attributes = [
      ...(typeof width === 'string' || typeof width === 'number' ? [['width', String(width)]] : []),
      ...(typeof height === 'string' || typeof height === 'number' ? [['height', String(height)]] : []),
      ...(typeof title === 'string' && title ? [['title', title]] : []),
      ...(chosen && typeof sizes === 'string' && sizes ? [['sizes', sizes]] : []),
    ];
    const ref = addRef(note, {
      kind: 'image',
      target: path,
      // Of sounds and films: where they begin.
      fragment: mediaKind(path) === 'image' ? '' : fragment,
      label: typeof alt === 'string' ? alt : '',
      place: placeOf(note, node.position),
      ...(attributes.length > 0 && { attributes: Object.fromEntries(attributes) }),
      ...(chosen && { srcset: chosen }),
    });
    node.data = { ref, whole: true };
  }
};

/** Whether something of ours stands in an element that an author wrote: a reference, a footnote's mark, a formula. */
function holdsOurs(node: Element): boolean {
  return node.children.some((c) => c.type === 'element' && (c.data !== undefined || holdsOurs(c)));
}

/** The tokens of an attribute with ours, each once. */
function withTokens(value: Element['properties'][string], ...ours: string[]): string[] {
  const theirs = Array.isArray(value)
    ? value.map(String)
    : typeof value === 'string'
      ? value.split(/\s+/)
      : [];
  return [...new Set([...theirs, ...ours])].filter((t) => t !== '');
}

/** Where the address of a reference goes in an attribute. */
function hole(ref: number): string {
  return `\0u${ref}\0`;
}

/** Whether an address has a scheme or a host: it leaves the site. */
function isExternal(address: string): boolean {
  return /^[a-z][a-z0-9+.-]*:|^\/\//i.test(address);
}

/** Splits an address as written (percent-encoded) into decoded path and fragment; a query is dropped. */
function split(address: string): { path: string; fragment: string } {
  const [, path = '', fragment = ''] = /^([^?#]*)(?:\?[^#]*)?(?:#(.*))?$/s.exec(address) ?? [];
  return { path: decoded(path), fragment: decoded(fragment) };
}
