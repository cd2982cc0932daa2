/** What check reads from the notes' own text: links to other hosts, remote pictures, drafts nobody touches. */

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Definition, Image, Link, Root } from 'mdast';
import { visit } from 'unist-util-visit';
import { splitFrontMatter } from '../compile/front-matter.ts';
import { readMeta } from '../compile/meta.ts';
import { pipelineFor } from '../compile/pipeline.ts';
import { draftStale } from '../diagnostics/messages.ts';
import type { Diagnostic } from '../model.ts';
import { decode } from '../read/decode.ts';
import { walk } from '../read/walk.ts';
import type { ExternalLink } from './external.ts';

/** A draft that is this old is forgotten. */
const STALE_DAYS = 180;

export interface NoteFacts {
  /** None unless they were asked for, as with pictures. */
  links: ExternalLink[];
  /** Pictures that other hosts hold. */
  pictures: ExternalLink[];
  stale: Diagnostic[];
}

/**
 * @param site the site's folder
 * @param today `2026-01-31`: a command may look at the clock
 * @param addresses whether to look for links and pictures too, for which every note is parsed
 */
export async function readNotes(site: string, today: string, addresses: boolean): Promise<NoteFacts> {
  const facts: NoteFacts = { links: [], pictures: [], stale: [] };
  const { files } = await walk(join(site, 'posts'), 'posts');
  for (const { path } of files.filter((f) => /\.md$/i.test(f.path))) {
    const file = `posts/${path}`;
    const decoded = decode(await readFile(join(site, file)), file);
    if ('problem' in decoded) continue;
    const { fields, body, bodyLine } = splitFrontMatter(decoded.text, file);
    const { meta } = readMeta(fields, { file, text: decoded.text });
    const draft = meta.publish === 'no' || /(?:^|\/)_drafts\//.test(path);
    const day = (meta.updated ?? meta.date)?.day;
    if (draft && day && daysBetween(day, today) > STALE_DAYS) facts.stale.push(draftStale({ file }, day));
    if (!addresses) continue;
    const pipeline = await pipelineFor(body, ['obsidian'], undefined);
    visit(pipeline.parse(body) as Root, ['link', 'image', 'definition'], (node) => {
      const { url, position, type } = node as Link | Image | Definition;
      if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return;
      const line = (position?.start.line ?? 1) + bodyLine;
      const list = type === 'image' ? facts.pictures : facts.links;
      list.push({ url, file, line, column: position?.start.column ?? 1 });
    });
  }
  return facts;
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
