/** A Better BibTeX export: the bibliography as it is, and a stub of a note for every entry with annotations. */

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { stringify } from 'yaml';
import { slugify } from '../paths.ts';
import { parseAnnotated } from '../read/bibtex.ts';
import { decode } from '../read/decode.ts';
import { emptyPlan, nameNote, type Plan } from './plan.ts';

/** @param file the `.bib` */
export async function planZotero(file: string): Promise<Plan> {
  const plan = emptyPlan();
  plan.files.push({ to: 'posts/papers.bib', from: file });
  const read = decode(readFileSync(file), file, Number.POSITIVE_INFINITY);
  if ('problem' in read) {
    plan.lost.push({ file, what: `${read.problem.message}; copied as it is, without notes` });
    return plan;
  }
  const { entries, diagnostics } = parseAnnotated(read.text, file);
  for (const { line, message } of diagnostics) plan.lost.push({ file, what: `line ${line}: ${message}` });
  for (const { key, paper, annotations } of entries) {
    const notes = annotations.map(plainText).filter((n) => n.length > 0);
    if (notes.length === 0) {
      plan.changed.push({ file: key, what: 'in the bibliography; no annotations, so no note' });
      continue;
    }
    const wanted = slugify(key);
    if (!wanted) {
      plan.lost.push({ file: key, what: 'its key cannot be a file name' });
      continue;
    }
    const to = nameNote(plan, `posts/${wanted}.md`);
    const { title, authors, venue, year, arxiv, doi } = paper;
    const front = {
      title,
      slug: basename(to, '.md'),
      draft: true,
      tags: [],
      paper: {
        key,
        title,
        authors,
        ...(venue && { venue }),
        ...(year && { year }),
        ...(arxiv && { arxiv }),
        ...(doi && { doi }),
      },
    };
    const quotes = notes
      .flatMap((n) => n.split(/\n{2,}/))
      .map((n) =>
        n
          .split('\n')
          .map((l) => `> ${l}`.trimEnd())
          .join('\n'),
      );
    plan.files.push({
      to,
      contents: `---\n${stringify(front, { lineWidth: 0 })}---\n\n${quotes.join('\n\n')}\n`,
    });
  }
  return plan;
}

/** Zotero's notes are HTML; what is kept is their text. */
function plainText(html: string): string {
  return html
    .replace(/<\/(?:p|div|li|h\d)>|<br\s*\/?>/gi, '\n')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(
      /&(lt|gt|amp|quot|nbsp|#39);/g,
      (_, n: string) => ({ lt: '<', gt: '>', amp: '&', quot: '"', nbsp: ' ', '#39': "'" })[n]!,
    )
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
