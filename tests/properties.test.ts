/** What must hold for every input, tried on random ones. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCitation } from '../src/compile/citation.ts';
import { sentenceEnds, width } from '../src/compile/inline.ts';
import { parseWikilink } from '../src/compile/wikilink.ts';
import {
  encodeFragment,
  fold,
  href,
  isSegment,
  type NotePath,
  outputPath,
  parseUrl,
  resolveFrom,
  slugify,
} from '../src/paths.ts';
import { compileText } from './support/notes.ts';

/** Text that looks for trouble: dots, slashes, percent signs, controls, Chinese, marks, emoji. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '..',
        '.',
        '/',
        '\\',
        '%2e',
        '%2f',
        ':',
        '*',
        '?',
        '#',
        '|',
        '~',
        ' ',
        '\t',
        '\0',
        'con',
        'CON',
        'aux',
        'index',
        'é',
        'é',
        'ä',
        'İ',
        'ß',
        '中',
        '文',
        '。',
        '-',
        '_',
        'a',
        'B',
        '1',
      ),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const runs = { numRuns: 500 };

describe('addresses', () => {
  test('a slug is one segment, and its own slug', () => {
    fc.assert(
      fc.property(text, (name) => {
        const slug = slugify(name);
        if (slug === undefined) return;
        expect(isSegment(slug)).toBe(true);
        expect(slug).not.toMatch(/[/\\:*?"<>|%#]|^\.+$/);
        expect(slugify(slug)).toBe(slug);
        expect(Buffer.byteLength(slug)).toBeLessThanOrEqual(200);
      }),
      runs,
    );
  });
  test('an address never leaves the site', () => {
    fc.assert(
      fc.property(text, (given) => {
        const url = parseUrl(given);
        if (url === undefined) return;
        expect(url).toMatch(/^\//);
        const path = outputPath(url);
        expect(path).not.toMatch(/^\/|\\|\0/);
        expect(path.split('/')).not.toContain('..');
        expect(new URL(href(url, '/notes/'), 'https://example.org').pathname).toMatch(/^\/notes\//);
      }),
      runs,
    );
  });
  test('a path in a note never leads out of posts/', () => {
    fc.assert(
      fc.property(text, fc.constantFrom('a.md', 'x/a.md', 'x/y/a.md'), (target, note) => {
        const path = resolveFrom(note as NotePath, target);
        if (path === undefined) return;
        expect(path).not.toMatch(/^\/|\\|\0/);
        expect(path.split('/')).not.toContain('..');
      }),
      runs,
    );
  });
  test('a fragment, encoded, is what it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (fragment) => {
        expect(decodeURIComponent(encodeFragment(fragment))).toBe(fragment);
      }),
      runs,
    );
  });
  test('folding a folded name changes nothing', () => {
    fc.assert(
      fc.property(text, (name) => {
        expect(fold(fold(name))).toBe(fold(name));
      }),
      runs,
    );
  });
});

describe('our syntax', () => {
  test('a wikilink’s parts come out as they went in', () => {
    const part = fc
      .string({ unit: fc.constantFrom('a', 'B', '中', ' ', '-', '/', '.'), maxLength: 12 })
      .map((s) => s.trim());
    fc.assert(
      fc.property(part, part, part, (target, fragment, label) => {
        const value = target + (fragment && `#${fragment}`) + (label && `|${label}`);
        expect(parseWikilink(value)).toEqual({ target, fragment, label });
      }),
      runs,
    );
  });
  test('a citation’s keys and places come out as they went in', () => {
    const key = fc.stringMatching(/^[a-z0-9](?:[a-z0-9:._-]{0,10}[a-z0-9])?$/);
    const locator = fc
      .string({ unit: fc.constantFrom('第', '3', '节', ' ', 'p', '.'), maxLength: 8 })
      .map((s) => s.trim());
    fc.assert(
      fc.property(fc.array(fc.record({ key, locator }), { minLength: 1, maxLength: 4 }), (items) => {
        const value = items.map((i) => `@${i.key}${i.locator && `, ${i.locator}`}`).join('; ');
        expect(parseCitation(value)).toEqual(items);
      }),
      runs,
    );
  });
  test('any text is taken, or left as typed', () => {
    fc.assert(
      fc.property(text, (value) => {
        parseWikilink(value);
        parseCitation(value);
      }),
      runs,
    );
  });
});

describe('compile', () => {
  const piece = fc.constantFrom(
    '[[',
    ']]',
    '[@',
    ']',
    '![[',
    '|',
    '#',
    '$',
    '$$',
    '`',
    '```\n',
    '*',
    '**',
    '~~',
    '<',
    '>',
    '<b>',
    '<!--',
    '-->',
    '<!-- more -->',
    '[^1]',
    '[^1]: ',
    '> ',
    '- [ ] ',
    '| a |\n|--|\n',
    '\n',
    '\n\n',
    '# ',
    '## ',
    '中文',
    '。',
    'word ',
    '\\',
    '{#a}',
    ': ',
    '---\n',
    'https://a.b，',
  );
  test('takes any mixture of our syntax, and says the same twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 25 }), async (pieces) => {
        const source = pieces.join('');
        const note = await compileText(source);
        expect(note.diagnostics.filter((d) => d.id === 'note/failed')).toEqual([]);
        const lines = source.split('\n');
        for (const { line, column } of note.diagnostics) {
          if (line === undefined) continue;
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeLessThanOrEqual(lines[line - 1]!.length + 1);
        }
        expect(await compileText(source)).toEqual(note);
      }),
      { numRuns: 150 },
    );
  });
});

describe('the excerpt', () => {
  const inline = fc.constantFrom(
    ['中文的句子，没有说完', 0],
    ['一句话。', 0],
    ['Some Latin words, e.g. these. ', 0],
    ['$\\frac{a}{b}$', 1],
    ['`code that is long`', 1],
    ['[一个链接的文字](fpn.md)', 1],
    ['[[fpn|另一个]]', 1],
    ['**粗体**', 0],
  ) as fc.Arbitrary<[string, number]>;

  test('never cuts inside a formula, link or code; ends in … only where something was cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(inline, { minLength: 1, maxLength: 60 }), async (parts) => {
        const source = parts.map(([s]) => s).join(' ');
        const { index } = await compileText(`---\ntitle: T\n---\n${source}\n`);
        const html = index.excerpt.html;
        const flat = html.map((f) => (typeof f === 'string' ? f : JSON.stringify(f))).join('');
        const full = flat.replace(/…<\/p>$/, '');
        // Whole or not at all: each atom's text stands in full.
        expect(full.match(/<code>/g)?.length ?? 0).toBe(
          full.match(/<code>code that is long<\/code>/g)?.length ?? 0,
        );
        expect(html.filter((f) => typeof f === 'object' && 'open' in f)).toHaveLength(
          html.filter((f) => typeof f === 'object' && 'close' in f).length,
        );
        expect(full.match(/一个链接/g)?.length ?? 0).toBe(full.match(/一个链接的文字/g)?.length ?? 0);
        expect(index.excerpt.text.endsWith('…')).toBe(index.excerpt.truncated);
        if (!index.excerpt.truncated) expect(width(index.excerpt.text)).toBeLessThanOrEqual(400);
        // Formulas and links are wider in the plain text than on the page: the bound is a loose one.
        else expect(width(index.excerpt.text)).toBeLessThanOrEqual(400);
      }),
      { numRuns: 100 },
    );
  });

  test('sentence ends are in order, and the last is the end', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('中', 'a', ' ', '。', '.', '！', '”', '）', '\n', '3') }),
        (value) => {
          const ends = sentenceEnds(value);
          expect(ends).toEqual([...new Set(ends)].sort((a, b) => a - b));
          expect(ends.at(-1)).toBe(value.length);
        },
      ),
      runs,
    );
  });
});
