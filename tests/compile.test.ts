/**
 * One note in, one compiled note out: every folder of `tests/compile/` is a case.
 *
 *     note.md           the note
 *     options.yml       optional: path, lang, macros, mathOutput, dialects, and `show`: parts to print besides the body;
 *                       `files`: the note is linked too, as a site of this note and these files beside it
 *     note.html         what is expected, holes between « and »
 *     diagnostics.txt   what is expected to be said; no file when nothing is
 *
 * `UPDATE=1 npx vitest run tests/compile.test.ts` writes what came out; read the difference before you commit it.
 */

import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { withFrames } from '../src/diagnostics/messages/define.ts';
import { printDiagnostic } from '../src/diagnostics/print.ts';
import type { Dialect, MathOutput, Note } from '../src/model.ts';
import { compileText } from './support/notes.ts';
import { readable } from './support/readable.ts';
import { linkNotes } from './support/site.ts';

const folder = fileURLToPath(new URL('./compile/', import.meta.url));

interface CaseOptions {
  path?: string;
  lang?: string;
  macros?: Record<string, string>;
  dialects?: Dialect[];
  mathOutput?: MathOutput;
  show?: (keyof typeof PARTS)[];
  files?: string[];
}

const json = (value: unknown) => JSON.stringify(value, null, 1).replace(/\n */g, ' ');
const list = (items: unknown[]) => items.map(json).join('\n');

/** Parts of a compiled note besides its body, each on request. */
const PARTS = {
  meta: ({ index }: Note) =>
    Object.entries(index.meta)
      .map(([key, value]) => `${key}: ${json(value)}`)
      .join('\n'),
  headings: (note: Note) =>
    note.index.headings
      .map((h) => `${'#'.repeat(h.depth)} ${h.text} (${h.id}) ${readable(h.html, note)}`)
      .join('\n'),
  labels: ({ index }: Note) => list(index.labels),
  blocks: ({ index }: Note) => index.blocks.join('\n'),
  refs: ({ index }: Note) => list(index.refs),
  contexts: (note: Note) => note.index.contexts.map((c, i) => `${i} ${readable(c, note)}`).join('\n'),
  excerpt: (note: Note) => {
    const { html, text, truncated } = note.index.excerpt;
    return `${readable(html, note)}\ntext: ${readable(text, note)}\n${truncated ? 'cut' : 'whole'}`;
  },
  glossary: (note: Note) =>
    note.index.glossary.map(({ html, ...rest }) => `${json(rest)}\n  ${readable(html, note)}`).join('\n'),
  title: (note: Note) => readable(note.index.titleHtml, note),
  stats: ({ index }: Note) => json({ ...index.stats, ...index.features }),
  text: (note: Note) => note.text,
  math: (note: Note) => note.math.map((html, n) => `${n} ${html}`).join('\n'),
};

function printed(note: Note, show: CaseOptions['show'] = []): string {
  const parts = show.map((part) => `<!-- ${part}\n${PARTS[part](note)}\n-->\n`);
  const body = note.sections.map((s) => readable(s.body, note)).join('\n');
  const footnotes = note.footnotes.map(
    (f) => `\n<!-- ${f.id}, from ${f.refs.join(' ')} -->\n${readable(f.body, note)}`,
  );
  return `${[...parts, body, ...footnotes].join('').trim()}\n`;
}

describe('compile', () => {
  for (const name of readdirSync(folder).sort()) {
    test(name, async () => {
      const file = (suffix: string) => join(folder, name, suffix);
      const read = (suffix: string) => (existsSync(file(suffix)) ? readFileSync(file(suffix), 'utf8') : '');
      const options = (parse(read('options.yml')) ?? {}) as CaseOptions;
      const note = await compileText(read('note.md'), options.path, {
        ...(options.lang && { lang: options.lang }),
        ...(options.dialects && { dialects: options.dialects }),
        ...(options.macros && { macros: options.macros }),
        ...(options.mathOutput && { mathOutput: options.mathOutput }),
      });
      // What the store and the workers need: a note is plain JSON.
      expect(JSON.parse(JSON.stringify(note))).toEqual(note);

      const html = printed(note, options.show);
      const diagnostics = [...note.diagnostics];
      if (options.files) {
        const path = options.path ?? 'note.md';
        const { site } = await linkNotes({ [path]: read('note.md') }, { assets: options.files });
        diagnostics.push(...(await withFrames(site.diagnostics, async () => read('note.md'))));
      }
      const said = diagnostics.map((d) => `${printDiagnostic(d, { color: false })}\n`).join('');
      if (process.env.UPDATE) {
        writeFileSync(file('note.html'), html);
        if (said) writeFileSync(file('diagnostics.txt'), said);
        else rmSync(file('diagnostics.txt'), { force: true });
      }
      expect(html).toBe(read('note.html'));
      expect(said).toBe(read('diagnostics.txt'));
    });
  }
});

/** The table in `docs/contributing.md`. */
test('every construct has a right and a wrong case', () => {
  const source = (name: string) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8');
  const rows = new Map(
    [...source('docs/contributing.md').matchAll(/^\| `([\w-]+\.ts)` \| (.+) \| (.+) \|$/gm)].map(
      ([, file, right, wrong]) => [file!, { right: right!, wrong: wrong! }],
    ),
  );
  const used = [...source('src/compile/pipeline.ts').matchAll(/\b(?:remark|rehype)\w+ } from '\.\/(.+)'/g)];
  expect([...rows.keys()].sort()).toEqual([...used.map((m) => m[1]!), 'tables.ts'].sort());
  const cases = (text: string) => [...text.matchAll(/`([\w-]+)`/g)].map((m) => m[1]!);
  for (const [file, { right, wrong }] of rows) {
    const silent = wrong.startsWith('none: ');
    for (const name of [...cases(right), ...cases(wrong)])
      expect(existsSync(join(folder, name, 'note.html')), `${file}: ${name}`).toBe(true);
    expect(cases(right).length, file).toBeGreaterThan(0);
    const said = cases(wrong).some((name) => existsSync(join(folder, name, 'diagnostics.txt')));
    expect(said, file).toBe(!silent);
  }
});
