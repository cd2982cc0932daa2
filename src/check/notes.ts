/** What check reads from the notes' own text: links to other hosts, remote pictures, drafts nobody touches. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Definition, Image, Link, Nodes, Root } from 'mdast';
import { type CompileContext, fromMarkdown, type Token } from 'mdast-util-from-markdown';
import { visit } from 'unist-util-visit';
import { splitFrontMatter } from '../compile/front-matter.ts';
import { readMeta } from '../compile/meta.ts';
import { pipelineFor } from '../compile/pipeline.ts';
import { draftStale } from '../diagnostics/messages.ts';
import type { Diagnostic } from '../model.ts';
import { isDraftPath } from '../paths.ts';
import { decode } from '../read/decode.ts';
import { walk } from '../read/walk.ts';
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
  const { files } = walk(join(site, 'posts'), 'posts');
  for (const { path } of files.filter((f) => /\.md$/i.test(f.path))) {
    const file = `posts/${path}`;
    const decoded = decode(await readFile(join(site, file)), file);
    if ('problem' in decoded) continue;
    const { fields, body, bodyLine } = splitFrontMatter(decoded.text, file);
    const { meta } = readMeta(fields, { file, text: decoded.text });
    const draft = meta.publish === 'no' || isDraftPath(path);
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
  function resourceDestinationString(this: CompileContext, token: Token): void {
    destinations.set(this.stack.at(-1) as Nodes, token);
    this.buffer();
  }
  try {
    const tree: Root = fromMarkdown(body, {
      extensions: data.micromarkExtensions ?? [],
      mdastExtensions: [...(data.fromMarkdownExtensions ?? []), { enter: { resourceDestinationString } }],
    });
    visit(tree, ['link', 'image', 'definition'], (node) => {
      const { url, position, type } = node as Link | Image | Definition;
      if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return;
      const { line = 1, column = 1 } = position?.start ?? {};
      if (type !== 'image') links.push({ url, line, column });
      const { start, end } = destinations.get(node as Nodes) ?? {};
      if (type !== 'image' || !start || !end) return;
      const written = body.slice(start.offset, end.offset);
      pictures.push({ url, line: start.line, column: start.column, written });
    });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { links: [], pictures: [] };
  }
  return { links, pictures };
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
