/** A Better BibTeX export: the bibliography as it is, and a stub of a note for every entry with annotations. */

import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parse } from '@retorquere/bibtex-parser';
import { stringify } from 'yaml';
import { slugify } from '../paths.ts';
import { chineseName } from '../people.ts';
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
  const { entries, errors } = parse(read.text, { sentenceCase: false });
  for (const e of errors) plan.lost.push({ file, what: e.error.split('\n')[0]! });
  for (const entry of entries) {
    const fields = entry.fields as Record<string, unknown>;
    const notes = [fields.annote, fields.annotation, fields.note].map(plainText).filter((n) => n.length > 0);
    if (notes.length === 0) {
      plan.changed.push({ file: entry.key, what: 'in the bibliography; no annotations, so no note' });
      continue;
    }
    const wanted = slugify(entry.key);
    if (!wanted) {
      plan.lost.push({ file: entry.key, what: 'its key cannot be a file name' });
      continue;
    }
    const to = nameNote(plan, `posts/${wanted}.md`);
    const title = plainText(fields.title);
    const authors = (
      Array.isArray(fields.author)
        ? (fields.author as { firstName?: string; lastName?: string; name?: string }[])
        : []
    ).map(
      (a) =>
        a.name ??
        chineseName(a.lastName ?? '', a.firstName ?? '') ??
        [a.firstName, a.lastName].filter(Boolean).join(' '),
    );
    const venue = plainText(fields.booktitle ?? fields.journal ?? fields.journaltitle);
    const year = Number(/\d{4}/.exec(plainText(fields.year ?? fields.date))?.[0]);
    const arxiv = /arxiv/i.test(plainText(fields.archiveprefix ?? fields.eprinttype))
      ? plainText(fields.eprint)
      : '';
    const doi = plainText(fields.doi);
    const front = {
      title,
      slug: basename(to, '.md'),
      draft: true,
      tags: [],
      paper: {
        key: entry.key,
        title,
        authors,
        ...(venue && { venue }),
        ...(year > 0 && { year }),
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
function plainText(value: unknown): string {
  const text = Array.isArray(value)
    ? value.map(String).join(', ')
    : typeof value === 'string' || typeof value === 'number'
      ? String(value)
      : '';
  return (
    text
      // In TeX's old text encoding `<p>` reads ¡p¿; a note of Zotero means the tag.
      .replace(/¡(\/?\w+[^¡¿]*)¿/g, '<$1>')
      .replace(/<\/(?:p|div|li|h\d)>|<br\s*\/?>/gi, '\n')
      .replace(/<[^>]+>/g, '')
      .replace(
        /&(lt|gt|amp|quot|nbsp|#39);/g,
        (_, n: string) => ({ lt: '<', gt: '>', amp: '&', quot: '"', nbsp: ' ', '#39': "'" })[n]!,
      )
      .replace(/[ \t]+\n/g, '\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
  );
}
