/** What must hold for every input, tried on random ones. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseCitation } from '../src/compile/citation.ts';
import { excerptOf } from '../src/compile/excerpt.ts';
import { cutAttributes } from '../src/compile/figures.ts';
import { splitFrontMatter } from '../src/compile/front-matter.ts';
import { inlineText, sentenceEnds, width } from '../src/compile/inline.ts';
import { parseShortcode } from '../src/compile/shortcode.ts';
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

/** Text that looks for trouble: dots, slashes, numbers signs, controls, Chinese, marks, emoji. */
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

const LONG = process.env.POSTIL_LONG === '1';
/** Each parser 2,000 times; 90,000 times with `npm run test:long`. */
const runs = { numRuns: LONG ? 90_000 : 2000 };
/** Each of the two that say which file a name in a note is: a million in all then. */
const escapes = { numRuns: LONG ? 500_000 : 2000 };

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
      escapes,
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
      escapes,
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
        const found = parseCitation(value);
        expect(found?.map(({ offset: _, ...item }) => item)).toEqual(items);
        // Each place is the one of its own `@`, in order.
        const starts = items.map((_, n) => value.split(';').slice(0, n).join(';').length + (n && 2));
        expect(found?.map((i) => i.offset)).toEqual(starts);
      }),
      runs,
    );
  });
  test('a label’s name, width and unknown pairs come out as they went in, and the text before them stays', () => {
    const name = fc.stringMatching(/^[a-z]{2,4}:[a-z0-9-]{1,12}$/);
    const before = fc.string({ unit: fc.constantFrom('中', 'a', ' ', '$', '}', '#', '=') });
    const numbers = fc.option(fc.integer({ min: 1, max: 9999 }));
    const pair = fc.constantFrom('widht=60%', 'width=wide', 'width=12345', 'height=3');
    const unknowns = fc.array(pair, { maxLength: 3 });
    fc.assert(
      fc.property(before, name, numbers, unknowns, (rest, label, wide, unknown) => {
        const pairs = [...unknown, ...(wide === null ? [] : [`width=${wide}`])];
        const cut = cutAttributes(`${rest}{#${[label, ...pairs].join(' ')}}`);
        expect(cut.attributes).toEqual({
          name: label,
          width: wide === null ? undefined : String(wide),
          unknown,
        });
        expect(rest.startsWith(cut.rest) && rest.slice(cut.rest.length).trim() === '').toBe(true);
      }),
      runs,
    );
  });
  test('the words of a Hexo tag come out as they went in', () => {
    const word = fc.stringMatching(/^[a-z0-9./_-]{1,10}$/);
    const quoted = fc.string({
      unit: fc.constantFrom('中', 'a', ' ', '/', '=', "'"),
      minLength: 1,
      maxLength: 8,
    });
    const given = fc.oneof(
      word.map((w) => [w, w]),
      quoted.map((q) => [`"${q}"`, q]),
    );
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z][a-z_]{0,8}$/),
        fc.array(given, { maxLength: 4 }),
        (name, args) => {
          const tag = parseShortcode(`{% ${[name, ...args.map(([typed]) => typed)].join(' ')} %}`);
          expect([tag.name, tag.args]).toEqual([name, args.map(([, value]) => value)]);
        },
      ),
      runs,
    );
  });
  test('front matter is cut where it ends, whatever stands in it; nothing is lost, nothing thrown', () => {
    const piece = fc.constantFrom(
      ...[
        'title: ',
        'tags: ',
        '- ',
        '[',
        ']',
        '{',
        '}',
        '"',
        "'",
        ': ',
        '#',
        '&a ',
        '*a',
        '<<: ',
        '|',
        '>',
        '\n',
        '\n',
        '  ',
        '\t',
        '中',
        '1',
        '---',
        '--- x',
        '!!js ',
        '%',
        '@',
        '`',
      ],
    );
    const block = fc.array(piece, { maxLength: 20 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(block, block, (yaml, body) => {
        const source = `---\n${yaml}\n---\n${body}`;
        const { body: found, bodyLine, diagnostics } = splitFrontMatter(source, 'a.md');
        expect(source.split('\n').slice(bodyLine).join('\n')).toBe(found);
        const lines = source.split('\n').length;
        for (const { line } of diagnostics) expect(line! >= 1 && line! <= lines).toBe(true);
      }),
      runs,
    );
  });
  test('any text is taken, or left as typed', () => {
    fc.assert(
      fc.property(text, (value) => {
        parseWikilink(value);
        parseCitation(value);
        parseShortcode(value);
        parseShortcode(`{% ${value} %}`);
        expect(value.startsWith(cutAttributes(value).rest)).toBe(true);
        splitFrontMatter(value, 'a.md');
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
      { numRuns: LONG ? 5000 : 150 },
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
        const text = index.excerpt.text.map((part) => (typeof part === 'string' ? part : '\uFFFC')).join('');
        expect(text.endsWith('…')).toBe(index.excerpt.truncated);
        if (!index.excerpt.truncated) expect(width(text)).toBeLessThanOrEqual(400);
        // Formulas and links are wider in the plain text than on the page: the bound is a loose one.
        else expect(width(text)).toBeLessThanOrEqual(400);
      }),
      { numRuns: LONG ? 5000 : 100 },
    );
  });

  test('is a beginning of the text, no wider than it may be', () => {
    const words = fc.string({
      unit: fc.constantFrom('中', 'a', ' ', '。', '. ', '！', '”', '，'),
      maxLength: 120,
    });
    const inlines = fc.array(fc.tuple(words, fc.boolean()), { maxLength: 5 });
    fc.assert(
      fc.property(fc.array(inlines, { maxLength: 4 }), (paragraphs) => {
        const children = paragraphs.map((parts) => ({
          type: 'element' as const,
          tagName: 'p',
          properties: {},
          children: parts.map(([value, strong]) =>
            strong
              ? {
                  type: 'element' as const,
                  tagName: 'strong',
                  properties: {},
                  children: [{ type: 'text' as const, value }],
                }
              : { type: 'text' as const, value },
          ),
        }));
        const textOf = (nodes: unknown[]) => inlineText(nodes as never);
        const excerpt = excerptOf(children);
        const text = excerpt.text.join('');
        const squeeze = (t: string) => t.replace(/\s+/g, '');
        expect(squeeze(textOf(children)).startsWith(squeeze(text.replace(/…$/, '')))).toBe(true);
        expect(width(text)).toBeLessThanOrEqual(150 + 4);
        expect(excerpt.truncated).toBe(text.endsWith('…'));
      }),
      runs,
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
