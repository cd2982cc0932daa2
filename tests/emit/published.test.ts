/**
 * Forms of references against those that the standard and the manual print themselves: from the entry of a
 * bibliography through the parser to the text.
 */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { apa } from '../../src/emit/bibliography/apa.ts';
import { bibtex } from '../../src/emit/bibliography/bibtex.ts';
import type { Reference } from '../../src/emit/bibliography/form.ts';
import { gbt7714 } from '../../src/emit/bibliography/gbt7714.ts';
import type { Paper } from '../../src/model.ts';
import { parseBibtex } from '../../src/read/bibtex.ts';

const whole = ({ before, title, after }: Reference) => before + title + after;

/** @returns the paper of each entry; parsing many at once costs as much as parsing one */
function papersOf(text: string): Paper[] {
  const { entries, diagnostics } = parseBibtex(text, 'papers.bib');
  expect(diagnostics).toEqual([]);
  return entries.map((e) => e.paper);
}

/** A published form stands in a line that begins with `%` and its place, above its entry. */
const STYLES: [string, string, RegExp, (paper: Paper) => Reference][] = [
  ['GB/T 7714-2015', 'gbt7714', /^% [A\d.]+ (?:\[\d+\] )?(.*)$/gm, gbt7714],
  ['APA', 'apa', /^% [^:]*: (.*)$/gm, apa],
];

describe.each(STYLES)('%s', (_, file, pattern, style) => {
  const text = readFileSync(new URL(`published/${file}.bib`, import.meta.url), 'utf8');
  const published = [...text.matchAll(pattern)].map((m) => m[1]!);

  test('prints its own examples', () => {
    expect(papersOf(text).map((p) => whole(style(p)))).toEqual(published);
  });
  test('prints them from the BibTeX that can be copied, too', () => {
    const copied = papersOf(text).map(bibtex).join('\n');
    expect(papersOf(copied).map((p) => whole(style(p)))).toEqual(published);
  });
});
