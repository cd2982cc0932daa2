/** What check reads from the notes' own text: links to other hosts, remote pictures, drafts nobody touches. */

import type { Definition, Html, Image, ImageReference, Link, LinkReference, Nodes, Root } from 'mdast';
import { type CompileContext, fromMarkdown, type Token } from 'mdast-util-from-markdown';
import { visit } from 'unist-util-visit';
import { splitFrontMatter } from '../compile/front-matter.ts';
import { readMeta } from '../compile/meta.ts';
import { pipelineFor } from '../compile/pipeline.ts';
import { draftStale } from '../diagnostics/messages.ts';
import { isPlayerPage } from '../media.ts';
import type { Diagnostic } from '../model.ts';
import { isDraftPath } from '../paths.ts';
import { placeAt } from '../place.ts';
import { readNotesOf } from '../read/note-texts.ts';
import type { ExternalLink } from './external.ts';

/** A draft that is this old is forgotten. */
const STALE_DAYS = 180;

/** A picture's address, at its own place. */
export interface Picture extends ExternalLink {
  /** The address as it stands there, which may be with escapes. */
  written: string;
}

export interface NoteFacts {
  /** None unless they were asked for, as with pictures. */
  links: ExternalLink[];
  /** Pictures that other hosts hold. */
  pictures: Picture[];
  stale: Diagnostic[];
}

/**
 * @param site the site's folder
 * @param today `2026-01-31`: a command may look at the clock
 * @param addresses whether to look for links and pictures too, for which every note is parsed
 */
export async function readNotes(site: string, today: string, addresses: boolean): Promise<NoteFacts> {
  const facts: NoteFacts = { links: [], pictures: [], stale: [] };
  for await (const { file, text } of readNotesOf(site)) {
    const { fields, body, bodyLine } = splitFrontMatter(text, file);
    const { meta } = readMeta(fields, { file, text });
    const draft = meta.publish === 'no' || isDraftPath(file.slice('posts/'.length));
    const day = (meta.updated ?? meta.date)?.day;
    if (draft && day && daysBetween(day, today) > STALE_DAYS) facts.stale.push(draftStale({ file }, day));
    if (!addresses) continue;
    const { links, pictures } = await addressesIn(body);
    const at = <L extends { line: number }>(found: L) => ({ ...found, file, line: found.line + bodyLine });
    facts.links.push(...links.map(at));
    facts.pictures.push(...pictures.map(at));
  }
  return facts;
}

/**
 * The addresses on other hosts in a note's body, with lines of it; none where it is nested too deeply for this thread:
 * a build's have larger stacks.
 */
async function addressesIn(
  body: string,
): Promise<{ links: Omit<ExternalLink, 'file'>[]; pictures: Omit<Picture, 'file'>[] }> {
  const links: Omit<ExternalLink, 'file'>[] = [];
  const pictures: Omit<Picture, 'file'>[] = [];
  const data = (await pipelineFor(body, ['obsidian'], undefined)).data();
  const destinations = new Map<Nodes | undefined, Token>();
  // The tree has the places of whole images only, and its addresses without their escapes.
  function destination(this: CompileContext, token: Token): void {
    destinations.set(this.stack.at(-1) as Nodes, token);
    this.buffer();
  }
  const enter = { resourceDestinationString: destination, definitionDestinationString: destination };
  try {
    const tree: Root = fromMarkdown(body, {
      extensions: data.micromarkExtensions ?? [],
      mdastExtensions: [...(data.fromMarkdownExtensions ?? []), { enter }],
    });
    const ofPictures = definitionsOfPictures(tree);
    visit(tree, ['link', 'image', 'definition', 'html'], (found) => {
      if (found.type === 'html') {
        pictures.push(...picturesInHtml(body, found as Html));
        return;
      }
      const node = found as Link | Image | Definition;
      const { url, position, type } = node;
      if (!isRemote(url)) return;
      const { line = 1, column = 1 } = position?.start ?? {};
      const isPage = isPlayerPage(url);
      if (type !== 'image' || isPage) links.push({ url, line, column });
      const { start, end } = destinations.get(node) ?? {};
      if ((type !== 'image' && !ofPictures.has(node)) || isPage || !start || !end) return;
      const written = body.slice(start.offset, end.offset);
      pictures.push({ url, line: start.line, column: start.column, written });
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { links: [], pictures: [] };
  }
  return { links, pictures };
}

const isRemote = (url: string) => /^https?:\/\//i.test(url) && URL.canParse(url);

/** The definitions that pictures are shown by, and no link leads to. */
function definitionsOfPictures(tree: Root): Set<Nodes> {
  const shown = new Set<string>();
  const linked = new Set<string>();
  const first = new Map<string, Definition>();
  visit(tree, ['imageReference', 'linkReference', 'definition'], (found) => {
    const node = found as ImageReference | LinkReference | Definition;
    if (node.type === 'imageReference') shown.add(node.identifier);
    else if (node.type === 'linkReference') linked.add(node.identifier);
    else if (!first.has(node.identifier)) first.set(node.identifier, node);
  });
  return new Set([...first].flatMap(([name, node]) => (shown.has(name) && !linked.has(name) ? [node] : [])));
}

/** A comment, or the address of a picture behind its quote. */
const IN_HTML =
  /<!--[\s\S]*?(?:-->|$)|(<img(?:\s[^<>]*?)?\ssrc\s*=\s*)(?:"([^"<>]*)"|'([^'<>]*)'|([^\s"'<>]+))/gi;

function picturesInHtml(body: string, { position }: Html): Omit<Picture, 'file'>[] {
  const from = position?.start.offset ?? 0;
  return [...body.slice(from, position?.end.offset ?? from).matchAll(IN_HTML)].flatMap((m) => {
    const [, lead, double, single, bare] = m;
    const written = double ?? single ?? bare ?? '';
    const url = written.replaceAll('&amp;', '&');
    if (lead === undefined || !isRemote(url)) return [];
    const start = from + m.index + lead.length + (bare === undefined ? 1 : 0);
    return [{ url, ...placeAt(body, start), written }];
  });
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
