/** Pieces of notes on the pages of others: with their formulas and footnotes, and ids that are theirs alone. */

import type { Embed, Fragment, LinkedNote, LoadedNote, Section, Site, Slice } from '../model.ts';
import { href, type NotePath, type Url } from '../paths.ts';
import type { Bodies } from './bodies.ts';
import { escapeHtml } from './escape.ts';
import { byNumber, standsBeside } from './footnotes.ts';
import { type PrintContext, print, titleIn } from './print.ts';

/** Every note that a tree of embeds shows, each once. */
export function embedded(embeds: Embed[]): NotePath[] {
  const paths = new Set<NotePath>();
  const walk = (list: Embed[]): void => {
    for (const embed of list) {
      paths.add(embed.path);
      walk(embed.children);
    }
  };
  walk(embeds);
  return [...paths];
}

/** What a page's embeds depend on, for its key. */
export function embedKeys(embeds: Embed[], site: Site, bodies: Bodies): unknown[] {
  return embedded(embeds).map((path) => {
    const { index, url, targets } = site.notes.get(path)!;
    return [path, index.meta.title, index.meta.lang, url, targets, bodies.key(path)];
  });
}

/** Loads every note that a tree of embeds shows. */
export async function loadEmbeds(embeds: Embed[], bodies: Bodies): Promise<Map<NotePath, LoadedNote>> {
  const notes = new Map<NotePath, LoadedNote>();
  for (const path of embedded(embeds)) notes.set(path, await bodies.load(path));
  return notes;
}

export interface EmbedOptions {
  site: Site;
  /** The bodies of all that is embedded. */
  notes: Map<NotePath, LoadedNote>;
  /** Makes the context in which a note's fragments are printed on this page. */
  contextOf(linked: LinkedNote, note: LoadedNote): PrintContext;
  here: Url | undefined;
  /** Language of the note that embeds. */
  lang: string;
}

/** @returns what `PrintContext.embed` wants: the HTML of an embed by the number of its reference */
export function embedPrinter(embeds: Embed[], options: EmbedOptions): (ref: number) => string | undefined {
  let count = 0;
  const printer = (list: Embed[], around: string) => (ref: number) => {
    const embed = list.find((e) => e.ref === ref);
    const note = embed && options.notes.get(embed.path);
    if (!embed || !note) return undefined;
    const linked = options.site.notes.get(embed.path)!;
    const fragments = renumber(sliceOf(note.sections, embed.slice));
    const own = options.contextOf(linked, note);
    const context: PrintContext = {
      ...own,
      footnotes: byNumber(note.footnotes),
      idPrefix: `e${++count}-`,
      defined: idsOf(fragments),
      embed: printer(embed.children, own.lang),
    };
    const body = print(fragments, context) + footnotesOf(fragments, note, context);
    const id = embed.slice.kind === 'note' ? '' : embed.slice.id;
    const address = (context.feed?.origin ?? '') + href(linked.url, context.base, id);
    const title = titleIn(linked.index, context);
    const source = `<p class="embed-source"><a class="internal" href="${escapeHtml(address)}">${title}</a></p>`;
    const lang = own.lang === around ? '' : ` lang="${escapeHtml(own.lang)}"`;
    return `<div class="embed"${lang}>${body}${linked.url === options.here ? '' : source}</div>`;
  };
  return printer(embeds, options.lang);
}

/** The fragments of a piece of a note. */
function sliceOf(sections: Section[], slice: Slice): Fragment[] {
  if (slice.kind === 'section') {
    const first = sections.findIndex((s) => s.heading?.id === slice.id);
    const depth = sections[first]?.heading?.depth ?? 0;
    const next = sections.findIndex(
      (s, i) => i > first && s.heading !== undefined && s.heading.depth <= depth,
    );
    return sections.slice(first, next === -1 ? undefined : next).flatMap((s) => s.body);
  }
  const all = sections.flatMap((s) => s.body);
  if (slice.kind === 'note') return all;
  const start = all.findIndex((f) => typeof f === 'object' && 'block' in f && f.block === slice.id);
  const end = all.findIndex((f) => typeof f === 'object' && 'end' in f && f.end === slice.id);
  return start === -1 ? [] : all.slice(start + 1, end);
}

/** Ids that the fragments themselves define. */
function idsOf(fragments: Fragment[]): Set<string> {
  const ids = new Set<string>();
  fragments.forEach((f, i) => {
    const before = fragments[i - 1];
    if (typeof f === 'object' && 'id' in f && typeof before === 'string' && before.endsWith(' id="'))
      ids.add(f.id);
  });
  return ids;
}

/** The first use of a footnote in the piece is where it stands, whatever came before in its note. */
function renumber(fragments: Fragment[]): Fragment[] {
  const uses = new Map<number, number>();
  return fragments.map((f) => {
    if (typeof f === 'string' || !('footnote' in f)) return f;
    const use = (uses.get(f.footnote) ?? 0) + 1;
    uses.set(f.footnote, use);
    return { footnote: f.footnote, use };
  });
}

/** The footnotes that the piece refers to and that cannot stand beside their marks. */
function footnotesOf(fragments: Fragment[], note: LoadedNote, context: PrintContext): string {
  const used = new Set(
    fragments.flatMap((f) => (typeof f === 'object' && 'footnote' in f ? [f.footnote] : [])),
  );
  const prefix = escapeHtml(context.idPrefix ?? '');
  const items = note.footnotes
    .filter((f) => used.has(f.number) && (context.feed || !standsBeside(f)))
    .map(
      (f) =>
        `<li id="${prefix}fn-${f.number}" value="${f.number}">${print(f.body, context)} <a class="back" href="#${prefix}fnref-${f.number}">↩</a></li>`,
    );
  return items.length > 0 ? `<ol class="embed-footnotes">${items.join('')}</ol>` : '';
}
