/** `postil new TITLE | arXiv id | DOI | address`: a note with its front matter filled in. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import skeleton from '../../templates/new-note.md?raw';
import { splitFrontMatter } from '../compile/front-matter.ts';
import { readMeta } from '../compile/meta.ts';
import { readConfigOf } from '../config/on-disk.ts';
import { newNoAnswer } from '../diagnostics/messages.ts';
import { printDiagnostic } from '../diagnostics/print.ts';
import { bibtex } from '../emit/bibliography/bibtex.ts';
import { isSameWork } from '../identifiers.ts';
import { literal } from '../literal.ts';
import type { BibEntry, Paper } from '../model.ts';
import { NoAnswer } from '../new/answers.ts';
import { draftNote, numberedSlug, shortName, slugOf } from '../new/draft.ts';
import { identify } from '../new/identify.ts';
import { type FoundPaper, lookUp, SERVICES } from '../new/sources.ts';
import { fold } from '../paths.ts';
import { citationKey, familyName, freeKey } from '../people.ts';
import { readBibliographies } from '../read/bibliography.ts';
import { type NoteText, readNotesOf } from '../read/note-texts.ts';
import { makeWhole, writeWhole } from '../whole-file.ts';
import { checkSite } from './build.ts';
import { defineCommand } from './command.ts';
import { Usage } from './usage.ts';

export const command = defineCommand({
  name: 'new',
  aliases: ['n'],
  usage: 'TITLE | arXiv id | DOI | address',
  summary: 'make a note; for a paper, fill in its title, authors, venue, year and citation key',
  options: {
    site: { type: 'string', value: 'DIR', doc: 'the site (default: this folder)' },
    services: {
      type: 'string',
      value: 'URL',
      doc: 'ask a server of your own instead of the public services',
    },
  },
  run: async (values, [given]) => {
    const site = values.site ?? '.';
    checkSite(site);
    if (!given?.trim())
      throw new Usage('say what the note is about: a title, an arXiv id, a DOI or an address', 'new');
    const { services } = values;
    if (services !== undefined && !(/^https?:/i.test(services) && URL.canParse(services)))
      throw new Usage(
        `--services must be an address such as http://localhost:8000, not “${services}”`,
        'new',
      );
    const work = identify(given);
    if (!work && /^https?:/.test(given)) {
      throw new Usage(`“${given}” is no address of arXiv, OpenReview, the ACL Anthology or a DOI`, 'new');
    }
    const notes: NoteText[] = [];
    for await (const note of readNotesOf(site)) notes.push(note);
    let paper: FoundPaper | undefined;
    let entries: BibEntry[] = [];
    if (work) {
      const asked = services
        ? Object.fromEntries(Object.keys(SERVICES).map((k) => [k, `${services}/${k}`]))
        : SERVICES;
      try {
        const found = await lookUp(work, asked as typeof SERVICES, {
          cache: join(site, '.postil', 'answers'),
        });
        entries = await entriesOf(site);
        paper = { key: keyFor(found, notes, entries), ...found };
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        const color = process.stderr.isTTY === true && process.env.NO_COLOR === undefined;
        process.stderr.write(`${printDiagnostic(newNoAnswer({}, error.message), { color })}\n`);
        if (work.kind === 'arxiv' || work.kind === 'doi')
          paper = { title: '', authors: [], [work.kind]: work.id };
      }
    }
    const title = paper?.title || (work ? work.id : given.trim());
    const slug = freeSlug(site, slugOf(title, paper?.title ? paper : undefined), notes, title, paper);
    const file = join('posts', `${slug}.md`);
    const own = join(site, 'templates', 'new-note.md');
    const body = existsSync(own) ? readFileSync(own, 'utf8') : skeleton;
    const related = paper?.title ? mentioning(notes, paper) : [];
    makeWhole(join(site, file), draftNote(title, slug, localNow(), body, paper));
    process.stdout.write(`made  ${file}\n`);
    if (paper?.title && paper.key) addToBibliography(site, { ...paper, key: paper.key }, entries);
    for (const line of related) process.stdout.write(`${line}\n`);
    return 0;
  },
});

async function entriesOf(site: string): Promise<BibEntry[]> {
  const { files } = await readBibliographies(site, readConfigOf(site).config.bibliography, undefined);
  if (files.length === 0) return [];
  const { parseBibtex } = await import('../read/bibtex.ts');
  return files.flatMap(({ file, text }) => parseBibtex(text, file).entries);
}

const metaOf = ({ file, text }: NoteText) =>
  readMeta(splitFrontMatter(text, file).fields, { file, text }).meta;

/** The papers that a note reads; most notes need not be parsed to know that there are none. */
const papersOf = (note: NoteText): Paper[] => (/paper/i.test(note.text) ? metaOf(note).papers : []);

/** By their ids; where these do not tell, by title and first author. */
function isSamePaper(a: Paper, b: Paper): boolean {
  const name = ({ title, authors }: Paper) => fold(`${title}\n${familyName(authors[0] ?? '')}`);
  return isSameWork(a, b) ?? name(a) === name(b);
}

/** The key under which the site knows the paper already, else one that no other paper has. */
function keyFor(found: Paper, notes: NoteText[], entries: BibEntry[]): string {
  const there = [
    ...entries.map(({ key, paper }) => ({ key, paper })),
    ...notes.flatMap(papersOf).map((paper) => ({ key: citationKey(paper), paper })),
  ];
  const known =
    there.find(({ paper }) => isSameWork(paper, found)) ??
    there.find(({ paper }) => isSamePaper(paper, found));
  return known?.key ?? freeKey(citationKey(found), new Set(there.map(({ key }) => key.toLowerCase())));
}

/**
 * @param slug what the note would be called; `undefined` when its title gives no name
 * @returns a slug of which there is no file
 * @throws Usage when there is a note about the same
 */
function freeSlug(
  site: string,
  slug: string | undefined,
  notes: NoteText[],
  title: string,
  paper: Paper | undefined,
): string {
  for (let n = 1; ; n++) {
    const name = numberedSlug(slug ?? 'note', n);
    const file = join('posts', `${name}.md`);
    if (!existsSync(join(site, file))) return name;
    const note = notes.find((other) => join(other.file) === file);
    const { papers, title: called = title } = note ? metaOf(note) : { papers: [] };
    const same = paper && papers.length > 0 ? papers.some((p) => isSamePaper(p, paper)) : called === title;
    if (same) throw new Usage(`${file} is there already`, 'new');
  }
}

/** The moment as the author's clock shows it; a command may look at it, a build may not. */
function localNow(): string {
  const now = new Date();
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return `${day} ${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`;
}

function addToBibliography(site: string, paper: FoundPaper & { key: string }, entries: BibEntry[]): void {
  const known = entries.find((e) => e.key.toLowerCase() === paper.key.toLowerCase());
  if (known) {
    process.stdout.write(`kept  ${known.file} (${paper.key} is in it)\n`);
    return;
  }
  const path = join(site, 'posts', 'papers.bib');
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const gap = before === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n';
  writeWhole(path, `${before}${gap}${bibtex(paper)}\n`);
  process.stdout.write(`added ${paper.key} to posts/papers.bib\n`);
}

/** Notes that cite the paper or name it, as lines to print. */
function mentioning(notes: NoteText[], paper: FoundPaper): string[] {
  const out: string[] = [];
  const name = shortName(paper.title);
  const named = new RegExp(`(?<![\\p{L}\\p{N}])${literal(name)}(?![\\p{L}\\p{N}])`, 'u');
  for (const { file, text } of notes) {
    const found = text
      .split('\n')
      .findIndex(
        (l) =>
          (paper.key && l.includes(`@${paper.key}`)) ||
          (paper.arxiv && l.includes(paper.arxiv)) ||
          (paper.doi && l.includes(paper.doi)) ||
          l.includes(paper.title) ||
          (name.length > 2 && /[A-Z]/.test(name) && named.test(l)),
      );
    if (found !== -1) out.push(`names it: ${file}:${found + 1}`);
  }
  return out;
}
