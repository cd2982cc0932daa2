/** `postil new TITLE | arXiv id | DOI | address`: a note with its front matter filled in. */

import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import skeleton from '../../templates/new-note.md?raw';
import { newNoAnswer } from '../diagnostics/messages.ts';
import { printDiagnostic } from '../diagnostics/print.ts';
import { bibtex } from '../emit/bibliography/bibtex.ts';
import { literal } from '../literal.ts';
import { NoAnswer } from '../new/answers.ts';
import { draftNote, shortName, slugOf } from '../new/draft.ts';
import { identify } from '../new/identify.ts';
import { type FoundPaper, lookUp, SERVICES } from '../new/sources.ts';
import { citationKey } from '../people.ts';
import { walk } from '../read/walk.ts';
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
    let paper: FoundPaper | undefined;
    if (work) {
      const asked = services
        ? Object.fromEntries(Object.keys(SERVICES).map((k) => [k, `${services}/${k}`]))
        : SERVICES;
      try {
        const found = await lookUp(work, asked as typeof SERVICES, {
          cache: join(site, '.postil', 'answers'),
        });
        paper = { key: citationKey(found), ...found };
      } catch (error) {
        if (!(error instanceof NoAnswer)) throw error;
        const color = process.stderr.isTTY === true && process.env.NO_COLOR === undefined;
        process.stderr.write(`${printDiagnostic(newNoAnswer({}, error.message), { color })}\n`);
        if (work.kind === 'arxiv' || work.kind === 'doi')
          paper = { title: '', authors: [], [work.kind]: work.id };
      }
    }
    const title = paper?.title || (work ? work.id : given.trim());
    const slug = slugOf(title, paper?.title ? paper : undefined) ?? unnamed(site);
    const file = join('posts', `${slug}.md`);
    if (existsSync(join(site, file))) throw new Usage(`${file} is there already`, 'new');
    const own = join(site, 'templates', 'new-note.md');
    const body = existsSync(own) ? readFileSync(own, 'utf8') : skeleton;
    mkdirSync(join(site, 'posts'), { recursive: true });
    const related = paper?.title ? await mentioning(site, paper) : [];
    writeFileSync(join(site, file), draftNote(title, slug, localNow(), body, paper), { flag: 'wx' });
    process.stdout.write(`made  ${file}\n`);
    if (paper?.title && paper.key) addToBibliography(site, { ...paper, key: paper.key });
    for (const line of related) process.stdout.write(`${line}\n`);
    return 0;
  },
});

/** The name of a note whose title gives none. */
function unnamed(site: string): string {
  for (let n = 1; ; n++) {
    const slug = n === 1 ? 'note' : `note-${n}`;
    if (!existsSync(join(site, 'posts', `${slug}.md`))) return slug;
  }
}

/** The moment as the author's clock shows it; a command may look at it, a build may not. */
function localNow(): string {
  const now = new Date();
  const two = (n: number) => String(n).padStart(2, '0');
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  return `${day} ${two(now.getHours())}:${two(now.getMinutes())}:${two(now.getSeconds())}`;
}

function addToBibliography(site: string, paper: FoundPaper & { key: string }): void {
  const path = join(site, 'posts', 'papers.bib');
  const before = existsSync(path) ? readFileSync(path, 'utf8') : '';
  if (new RegExp(`@\\w+\\s*\\{\\s*${literal(paper.key)}\\s*,`).test(before)) {
    process.stdout.write(`kept  posts/papers.bib (${paper.key} is in it)\n`);
    return;
  }
  appendFileSync(
    path,
    `${before === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n'}${bibtex(paper)}\n`,
  );
  process.stdout.write(`added ${paper.key} to posts/papers.bib\n`);
}

/** Notes that cite the paper or name it, as lines to print. */
async function mentioning(site: string, paper: FoundPaper): Promise<string[]> {
  const out: string[] = [];
  const { files } = walk(join(site, 'posts'), 'posts');
  const name = shortName(paper.title);
  const named = new RegExp(`(?<![\\p{L}\\p{N}])${literal(name)}(?![\\p{L}\\p{N}])`, 'u');
  for (const { path } of files.filter((f) => /\.md$/i.test(f.path))) {
    const text = await readFile(join(site, 'posts', path), 'utf8');
    const lines = text.split('\n');
    const found = lines.findIndex(
      (l) =>
        (paper.key && l.includes(`@${paper.key}`)) ||
        (paper.arxiv && l.includes(paper.arxiv)) ||
        (paper.doi && l.includes(paper.doi)) ||
        l.includes(paper.title) ||
        (name.length > 2 && /[A-Z]/.test(name) && named.test(l)),
    );
    if (found !== -1) out.push(`names it: posts/${path}:${found + 1}`);
  }
  return out;
}
