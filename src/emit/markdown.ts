/** Every note as Markdown beside its page, and `llms.txt`, which lists them (llmstxt.org). */

import { inLetters } from '../letters.ts';
import type { LinkedNote, Site } from '../model.ts';
import { markdownUrl } from '../paths.ts';
import type { Chrome } from './chrome.ts';
import { summaryOf } from './print.ts';

/** Front matter of what is published: what the page shows, and nothing that the author wrote for himself. */
export function publicFrontMatter({ index, url }: LinkedNote, chrome: Chrome): string {
  const { title, date, updated, description, tags, lang } = index.meta;
  const fields: [string, unknown][] = [
    ['title', title],
    ['url', chrome.absolute(url) ?? chrome.href(url)],
    ['date', date?.day],
    ['updated', updated?.day],
    ['lang', lang ?? chrome.config.lang],
    ['author', chrome.config.author || undefined],
    ['description', description],
    ['tags', tags.length > 0 ? tags : undefined],
    ['license', chrome.config.licence?.url ?? chrome.config.licence?.name],
  ];
  // JSON is YAML, and no text in it can end the block.
  const lines = fields.filter(([, v]) => v !== undefined).map(([name, v]) => `${name}: ${JSON.stringify(v)}`);
  return `---\n${lines.join('\n')}\n---\n\n`;
}

/** One line for each note, the newest first, then the pages. */
export function llmsText(site: Site, chrome: Chrome): string {
  const { config, strings } = chrome;
  const line = (note: LinkedNote) => {
    const to = markdownUrl(note.url);
    const title = inLetters(note.index.meta.title);
    const about = summaryOf(note, config.lang).replace(/\s+/g, ' ').trim();
    return `- [${title.replace(/[[\]\\]/g, '\\$&')}](${chrome.absolute(to) ?? chrome.href(to)})${about && `: ${about}`}`;
  };
  const notes = site.newest.map((path) => site.notes.get(path)!);
  const pages = [...site.notes.values()].filter((n) => n.index.meta.type === 'page');
  return [
    `# ${config.title}`,
    ...(config.description ? [`> ${config.description.replace(/\s+/g, ' ')}`] : []),
    ...(notes.length > 0 ? [`## ${strings.notes}`, notes.map(line).join('\n')] : []),
    ...(pages.length > 0 ? [`## ${strings.pages}`, pages.map(line).join('\n')] : []),
  ]
    .join('\n\n')
    .concat('\n');
}
