/** Fragments → HTML: fills the holes that compile left, from the targets that link found. */

import { readableTex } from '../../templates/client/readable-tex.ts';
import { unescapeHtml } from '../entities.ts';
import { inLetters, titleInLetters } from '../letters.ts';
import { mediaKind } from '../media.ts';
import type { Footnote, Fragment, LinkedNote, NoteIndex, Paper, Ref, ShownTitle, Target } from '../model.ts';
import { encodeFragment, href, type Url } from '../paths.ts';
import { citationText } from '../people.ts';
import { variantsOf } from '../pictures.ts';
import { texIn, withoutStyle } from '../printed-math.ts';
import { words } from '../words.ts';
import { escapeHtml } from './escape.ts';
import { footnoteMark } from './footnotes.ts';
import { resultsTable } from './results.ts';
import type { Html } from './views.ts';

/** What the fragments of one note need to be printed somewhere. */
export interface PrintContext {
  refs: Ref[];
  targets: Target[];
  math: Record<number, string> | string[];
  /** The note's footnotes by number, where their marks are to be printed. */
  footnotes?: Map<number, Footnote>;
  /** Address of the note that the fragments come from. */
  source: Url;
  /** The page they stand on: on its own page a note's fragments need no address. */
  here: Url | undefined;
  base: string;
  lang: string;
  /** In front of ids and their uses, where several notes share a page. */
  idPrefix?: string;
  /** Ids among the fragments, when they are a piece of a note: others are on the note's own page. */
  defined?: Set<string>;
  /** HTML of an embed by the number of its reference; nothing for those that are to be links. */
  embed?: (ref: number) => string | undefined;
  /** They stand inside a link, which can hold no other: references are their text alone. */
  inLink?: true;
  /** They will be text: titles have letters in place of formulas. */
  text?: true;
  /** Reference to mark: the one that a backlink is about. */
  marked?: number;
  /** Feeds have no style sheet: formulas are MathML or letters alone, addresses absolute. */
  feed?: { origin: string };
}

/** @returns finished HTML */
export function print(fragments: Fragment[], context: PrintContext): Html {
  let out = '';
  for (const f of fragments) {
    if (typeof f === 'string') out += f;
    else if ('math' in f) out += formula(context.math[f.math] ?? '', context);
    else if ('footnote' in f) out += footnoteMark(f, context, (body) => print(body, context));
    else if ('id' in f) out = place(out, f.id, context);
    else if ('url' in f) out += address(f.url, context);
    else if ('ref' in f) out += whole(f.ref, context);
    else if ('open' in f) out += open(f.open, context);
    else if ('close' in f) out += close(f.close, context);
  }
  return out as Html;
}

/** The title of a note in a line of text, with its formulas; where words may break is of use to headings alone. */
export function titleIn({ meta, titleHtml, math }: NoteIndex, context: PrintContext): Html {
  if (titleHtml.every((f) => typeof f === 'string')) return escapeHtml(meta.title) as Html;
  return print(titleHtml, { ...context, math });
}

/** Of a note as it was linked: its page, its preview and feeds ask for it. */
const summaries = new WeakMap<LinkedNote, string>();

/**
 * What is said of a note where nothing can be set: its own description, else its excerpt, as text.
 *
 * @param siteLang the site's language, for a note that names none
 */
export function summaryOf(note: LinkedNote, siteLang: string): string {
  let summary = summaries.get(note);
  if (summary === undefined) {
    summary = printSummary(note, siteLang);
    summaries.set(note, summary);
  }
  return summary;
}

function printSummary(note: LinkedNote, siteLang: string): string {
  const { meta, math, excerpt } = note.index;
  if (meta.description !== undefined) return inLetters(meta.description);
  const context = textContext(note, siteLang);
  return excerpt.text
    .map((part) => {
      if (typeof part === 'string') return part;
      if ('math' in part) return readableTex(texIn(math[part.math] ?? ''));
      return lineOf(part.ref, context);
    })
    .join('');
}

/**
 * @param siteLang the site's language, for a note that names none
 * @returns what each of a note's references reads as on its page, by their numbers: those whose text is not the author's
 *   own; empty for others, and for pictures
 */
export function refTexts(note: LinkedNote, siteLang: string): string[] {
  const context = textContext(note, siteLang);
  return note.index.refs.map((ref, number) => {
    const isWritten = ref.label !== '' && ref.kind !== 'cite';
    return isWritten || ref.kind === 'image' || ref.kind === 'embed' ? '' : lineOf(number, context);
  });
}

/** What a note's references are printed with as text, on no page. */
function textContext({ index, url, targets }: LinkedNote, siteLang: string): PrintContext {
  const { refs, math, meta } = index;
  const lang = meta.lang ?? siteLang;
  return { refs, targets, math, source: url, here: undefined, base: '', lang, text: true, inLink: true };
}

/** A reference as text. */
function lineOf(number: number, context: PrintContext): string {
  return unescapeHtml(whole(number, context).replace(/<[^>]*>/g, ''));
}

/** Adds an id; one that is used but lies outside the piece that is shown leads to its note's own page. */
function place(out: string, id: string, context: PrintContext): string {
  const USE = 'href="#';
  if (context.defined && !context.defined.has(id) && out.endsWith(USE)) {
    const address = (context.feed?.origin ?? '') + href(context.source, context.base, id);
    return out.slice(0, -1) + escapeHtml(address);
  }
  return out + escapeHtml(`${context.idPrefix ?? ''}${id}`);
}

function formula(html: string, context: PrintContext): string {
  const shown = context.feed ? withoutStyle(html) : html;
  if (!shown.includes('href="#')) return shown;
  if (context.inLink) return shown.replace(/<a href="#[^>]*>|<\/a>/g, '');
  // `\eqref` in a formula leads to an equation of the note it comes from: to its copy, where that is in the piece.
  const page =
    context.source === context.here ? '' : (context.feed?.origin ?? '') + href(context.source, context.base);
  return shown.replace(/href="#([^"]*)/g, (_, id: string) =>
    context.defined?.has(decodeURIComponent(id))
      ? `href="#${encodeFragment(context.idPrefix ?? '')}${id}`
      : `href="${escapeHtml(page)}#${id}`,
  );
}

/** The address of a file in an attribute, with what stands behind it in `srcset`; empty when there is no such file. */
function address(ref: number, context: PrintContext): string {
  const found = addressOf(context.targets[ref]!, context);
  const descriptor = context.refs[ref]?.attributes?.descriptor;
  return found === undefined ? '' : escapeHtml(descriptor ? `${found} ${descriptor}` : found);
}

/** Address of a target, as it stands in an attribute; `undefined` when there is nothing to go to. */
function addressOf(
  target: Target,
  context: PrintContext,
  fragment = 'fragment' in target ? target.fragment : '',
): string | undefined {
  if (target.kind === 'missing' || target.kind === 'ambiguous' || target.kind === 'results') return undefined;
  if (target.url === context.source && context.defined?.has(fragment))
    return `#${encodeFragment((context.idPrefix ?? '') + fragment)}`;
  if (target.url === context.here && fragment !== '') return `#${encodeFragment(fragment)}`;
  return (context.feed?.origin ?? '') + href(target.url, context.base, fragment);
}

/** @param to where it leads, when that is not the target's own address */
function open(ref: number, context: PrintContext, className?: string, to?: string): string {
  if (context.inLink) return '';
  const target = context.targets[ref]!;
  // What a fragment means in a file is for the reader's program to know: `#page=3` of a PDF.
  const fragment = target.kind === 'asset' ? context.refs[ref]?.fragment : undefined;
  const address = to ?? addressOf(target, context, fragment);
  const mark = context.marked === ref ? '<mark>' : '';
  if (context.refs[ref]?.inLink) return mark;
  if (address === undefined) return `${mark}<span class="missing">`;
  const name = className ?? (target.kind === 'asset' ? 'file' : 'internal');
  const title = context.refs[ref]?.attributes?.title;
  const tip = title ? ` title="${escapeHtml(title)}"` : '';
  return `${mark}<a class="${name}" href="${escapeHtml(address)}"${tip}>`;
}

function close(ref: number, context: PrintContext): string {
  if (context.inLink) return '';
  const mark = context.marked === ref ? '</mark>' : '';
  if (context.refs[ref]?.inLink) return mark;
  return (addressOf(context.targets[ref]!, context) === undefined ? '</span>' : '</a>') + mark;
}

function whole(number: number, context: PrintContext): string {
  const ref = context.refs[number]!;
  const target = context.targets[number]!;
  if (target.kind === 'results')
    return context.embed || context.feed
      ? resultsTable(ref, target, context, (row) => titleOf(row, context))
      : escapeHtml(inLetters(ref.target));
  if (ref.kind === 'cite') return citation(number, context);
  // A wikilink without `!` leads to its file.
  const media =
    target.kind === 'asset' && (ref.kind === 'image' || ref.kind === 'embed') && mediaKind(target.asset.path);
  if (target.kind === 'asset' && media === 'image') {
    const picture = image(ref, target, context);
    return ref.block && context.embed ? `<p>${picture}</p>` : picture;
  }
  if (ref.kind === 'image' && target.kind !== 'asset') {
    if (target.kind === 'page') return image(ref, target, context);
    return `<span class="missing">${escapeHtml(ref.label || ref.target)}</span>`;
  }
  if (media && !context.inLink && !ref.inLink) {
    const { title } = ref.attributes ?? {};
    const said = labelOf(ref);
    const name = said === '' ? '' : ` aria-label="${escapeHtml(said)}"`;
    const tip = title ? ` title="${escapeHtml(title)}"` : '';
    const size = playerSize(ref, media === 'audio');
    // `#t=30` is where it begins.
    const src = escapeHtml(addressOf(target, context, ref.fragment)!);
    return `<${media} src="${src}"${name}${tip}${size} controls preload="metadata"></${media}>`;
  }
  const embedded = ref.block && context.embed?.(number);
  if (embedded) return embedded;
  if (ref.kind === 'tag' && target.kind === 'missing') return escapeHtml(ref.label);
  const className = target.kind === 'label' ? 'ref' : ref.kind === 'tag' ? 'tag' : undefined;
  const link = open(number, context, className) + textOf(ref, target, context) + close(number, context);
  return ref.block && context.embed ? `<p>${link}</p>` : link;
}

/** The title of a note to which something leads, as it stands in the link. */
function titleOf({ title, shown }: { title: string; shown?: ShownTitle }, context: PrintContext): string {
  if (context.text) return escapeHtml(inLetters(title));
  if (!shown) return escapeHtml(title);
  return print(shown.title, { ...context, math: shown.math, inLink: true }).trim();
}

/** The text of a wikilink: what the author wrote after the bar, else what the target is called. */
function textOf(ref: Ref, target: Target, context: PrintContext): string {
  const label = labelOf(ref);
  if (label !== '') return escapeHtml(label);
  if (target.kind === 'label') {
    if (ref.shown) return escapeHtml(ref.shown.replace('number', target.number));
    if (target.label === 'section') return escapeHtml(words(context.lang).section(target.number));
    const word = words(context.lang).labels[target.label];
    const number = target.label === 'equation' ? `(${target.number})` : target.number;
    return escapeHtml(`${word} ${number}`);
  }
  if (target.kind === 'note') {
    const { fragment } = target;
    const shown = context.text ? undefined : target.shown;
    const written = (text: string) => escapeHtml(context.text ? inLetters(text) : text);
    const inner = (html: Fragment[]) => print(html, { ...context, math: shown!.math, inLink: true }).trim();
    const title = titleOf(target, context);
    const named = target.part ?? ref.fragment;
    const part = named.startsWith('^') ? '' : named;
    const heading = (fragment && part && shown && inner(shown.heading)) || written(part);
    if (ref.target === '') return heading || title;
    const text = heading && fragment ? `${title} § ${heading}` : title;
    return target.lang === undefined ? text : `<span lang="${escapeHtml(target.lang)}">${text}</span>`;
  }
  return escapeHtml(ref.target + (ref.fragment ? `#${ref.fragment}` : ''));
}

/** Of the entry of a note's own paper in its references. */
export function referenceId(key: string): string {
  return `_ref-${key}`;
}

/** Of a paper that is cited: as often as it is, in pages and in search. */
const citations = new WeakMap<Paper, string>();

function citationOf(paper: Paper): string {
  let text = citations.get(paper);
  if (text === undefined) {
    text = citationText(titleInLetters(paper));
    citations.set(paper, text);
  }
  return text;
}

function citation(number: number, context: PrintContext): string {
  const ref = context.refs[number]!;
  const target = context.targets[number]!;
  // The brackets belong to the cluster: they stand when one of its works is known.
  let first = number;
  while (context.refs[first]?.cluster === 'middle' || context.refs[first]?.cluster === 'last') first--;
  let last = first;
  if (ref.cluster !== 'only')
    while (context.refs[last]?.cluster !== 'last' && last < context.refs.length - 1) last++;
  const known = context.targets.slice(first, last + 1).some((t) => t.kind === 'paper');
  const before = number === first ? (known ? '[' : '') : '; ';
  const after = number === last && known ? ']' : '';
  if (target.kind !== 'paper')
    return `${before}${open(number, context)}${escapeHtml(ref.target)}${close(number, context)}${after}`;
  const locator = ref.label ? escapeHtml(`, ${ref.label}`) : '';
  // The paper of this very note: its address would be the top of this page.
  const isOwn = target.url === context.here && context.source === context.here;
  const to = isOwn ? `#${encodeFragment(referenceId(target.key))}` : undefined;
  return `${before}${open(number, context, 'cite', to)}${escapeHtml(citationOf(target.paper))}${close(number, context)}${locator}${after}`;
}

/** Obsidian's `![[a.png|300]]` and `![[a.png|text|300x200]]`; that of `![text|300](a.png)` is cut off by `links.ts`. */
function sizeIn(ref: Ref): { alt: string; width: string; height?: string } | undefined {
  const size = ref.kind === 'embed' ? /^(?:(.*)\|)?\s*(\d+)(?:x(\d+))?$/s.exec(ref.label) : null;
  if (!size) return undefined;
  return { alt: size[1] ?? '', width: size[2]!, ...(size[3] !== undefined && { height: size[3] }) };
}

/** What the author wrote behind the bar, without a size. */
function labelOf(ref: Ref): string {
  return sizeIn(ref)?.alt ?? ref.label;
}

/** The attributes that make a player as wide as its author says. HTML has none for sound. */
function playerSize(ref: Ref, isSound: boolean): string {
  const size = sizeIn(ref);
  const width = ref.attributes?.width ?? size?.width;
  const height = ref.attributes?.height ?? size?.height;
  if (width === undefined) return '';
  const isShare = width.endsWith('%');
  if (isShare || isSound) return ` style="width:${escapeHtml(width)}${isShare ? '' : 'px'}"`;
  return ` width="${escapeHtml(width)}"${height === undefined ? '' : ` height="${escapeHtml(height)}"`}`;
}

function image(ref: Ref, target: Extract<Target, { kind: 'asset' | 'page' }>, context: PrintContext): string {
  const asset = target.kind === 'asset' ? target.asset : undefined;
  const attributes: string[] = [`src="${escapeHtml(addressOf(target, context)!)}"`];
  const size = sizeIn(ref);
  attributes.push(`alt="${escapeHtml(labelOf(ref))}"`);
  const asked = ref.attributes?.width ?? size?.width;
  if (asked?.endsWith('%')) attributes.push(`style="width:${escapeHtml(asked)}"`);
  const width = asked && /^\d+$/.test(asked) ? Number(asked) : asset?.width;
  const height =
    Number(ref.attributes?.height ?? size?.height) ||
    (width && asset?.width && asset.height
      ? Math.round((asset.height * width) / asset.width)
      : asset?.height);
  if (width) attributes.push(`width="${width}"`);
  if (height) attributes.push(`height="${height}"`);
  if (asset?.themed) attributes.push('class="themed"');
  if (ref.attributes?.title) attributes.push(`title="${escapeHtml(ref.attributes.title)}"`);
  if (ref.srcset?.length) {
    const files = ref.srcset.map((f) => (typeof f === 'string' ? escapeHtml(f) : address(f.url, context)));
    attributes.push(`srcset="${files.join('')}"`);
  }
  if (ref.attributes?.sizes) attributes.push(`sizes="${escapeHtml(ref.attributes.sizes)}"`);
  attributes.push('loading="lazy" decoding="async"');
  const img = `<img ${attributes.join(' ')}>`;
  const variants = context.feed || ref.srcset || !asset ? [] : variantsOf(asset);
  if (variants.length === 0) return img;
  const shown = asked?.endsWith('%') ? Number.parseInt(asked, 10) / 100 : 1;
  const wide = Math.min(680 * shown, width ?? 680);
  const sizes = `(min-width: 720px) ${Math.round(wide)}px, ${Math.round(shown * 100)}vw`;
  const sources = (['avif', 'webp'] as const).map((format) => {
    const copies = variants.filter((v) => v.format === format);
    const set = copies.map((v) => `${escapeHtml(href(v.url, context.base))} ${v.width}w`).join(', ');
    return `<source type="image/${format}" srcset="${set}" sizes="${sizes}">`;
  });
  return `<picture>${sources.join('')}${img}</picture>`;
}
