/** Case 13 and 11: what is an address, what is a name, and what leads out; each rule at its edge. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AssetPath,
  assetUrl,
  cardUrl,
  collisionKey,
  compare,
  encodeFragment,
  fold,
  href,
  isAddress,
  isSegment,
  markdownUrl,
  type NotePath,
  outputPath,
  pageUrl,
  parseUrl,
  resolveFrom,
  slugify,
  stem,
  type Url,
  url,
} from '../src/paths.ts';

const note = (path: string) => path as NotePath;

describe('cases 11 and 13: names', () => {
  it.each([
    ['Detr', 'Detr'],
    ['知识 蒸馏', '知识-蒸馏'],
    ['a  /  b', 'a-b'],
    [' -a b- ', 'a-b'],
    ['--a--', 'a'],
    ['a_b-c.d', 'a_b-c.d'],
    ['e\u0301', '\u00e9'],
    ['#a', 'a'],
    ['1+1=2', '1-1-2'],
    ['क्षि', 'क्षि'],
    ['#', undefined],
    ['', undefined],
    ['..', undefined],
    ['a.', undefined],
    ['con', undefined],
    ['NUL.txt', undefined],
    ['com7', undefined],
    ['lpt1.a', undefined],
    ['console', 'console'],
    ['com', 'com'],
    ['com10', 'com10'],
    ['lpt', 'lpt'],
    ['xcon', 'xcon'],
    ['x'.repeat(200), 'x'.repeat(200)],
    ['x'.repeat(201), undefined],
    ['中'.repeat(67), undefined],
  ])('slugify %j is %j', (name, slug) => expect(slugify(name)).toBe(slug));

  it.each([
    ...['a', 'a b', '.a', 'a-b', 'a.b', '中', '...a'].map((t) => [t, true] as const),
    ...['', '.', '..', '....', 'a.', 'a ', 'aux', 'PRN.md', 'a\u200db', 'a\u202eb'].map(
      (t) => [t, false] as const,
    ),
    ...[...'/\\:*?"<>|%#\n\u0007\u007f'].map((c) => [`a${c}b`, false] as const),
  ])('%j may be a segment: %j', (text, good) => expect(isSegment(text)).toBe(good));
});

it('case 11: plain names take a shorter way to the same segment', () => {
  const name = fc.string({ unit: fc.constantFrom(...'aZ0_-. 中鿿一㐀éﾊ！\u200b\u0007/'), maxLength: 8 });
  fc.assert(
    fc.property(name, (text) => {
      const long = text
        .normalize('NFC')
        .replace(/[^\p{L}\p{M}\p{N}\-_.]+/gu, '-')
        .replace(/^-+|-+$/g, '');
      expect(slugify(text)).toBe(isSegment(long) ? long : undefined);
      // A character that decides nothing leads the long way.
      expect(isSegment(`${text}x`)).toBe(isSegment(`${text}éx`));
    }),
    { numRuns: 2000 },
  );
});

describe('case 13: addresses', () => {
  it.each([
    ['', '/'],
    ['/', '/'],
    ['a', '/a/'],
    ['/a', '/a/'],
    ['/a/', '/a/'],
    ['/a/b.html', '/a/b.html'],
    ['/a.b/', '/a.b/'],
    ['/a.html/b', '/a.html/b/'],
    ['/v1.2', '/v1.2'],
    ['/a.中', '/a.中/'],
    ['/e\u0301/', '/\u00e9/'],
    ['//a', undefined],
    ['/a//b', undefined],
    ['/a//', undefined],
    ['/../a', undefined],
    ['/a/../b', undefined],
    ['/a/..', undefined],
    ['/.git/config', undefined],
    ['/a/.b', undefined],
    ['/a/./b', undefined],
    ['/a\\b', undefined],
    ['/a?b', undefined],
    ['/a#b', undefined],
    ['https://a.b/', undefined],
    ['/..%2fa', undefined],
    ['/a\0', undefined],
  ])('parseUrl %j is %j', (text, address) => expect(parseUrl(text)).toBe(address));

  it.each([
    ['/a', true],
    ['a/', true],
    ['a.html', true],
    ['a.HTM', true],
    ['a', false],
    ['TCP/IP', false],
    ['a.html5', false],
    ['a.htmlx', false],
    ['shtml', false],
  ])('isAddress %j is %j', (alias, is) => expect(isAddress(alias)).toBe(is));

  it('are put together and taken to files', () => {
    expect(url()).toBe('/');
    expect(url('tags', 'a')).toBe('/tags/a/');
    expect(assetUrl('detr/a.svg' as AssetPath)).toBe('/files/detr/a.svg');
    expect([pageUrl('/' as Url, 1), pageUrl('/' as Url, 2), pageUrl('/a/' as Url, 3)]).toEqual([
      '/',
      '/page/2/',
      '/a/page/3/',
    ]);
    expect(outputPath('/' as Url)).toBe('index.html');
    expect(outputPath('/a/' as Url)).toBe('a/index.html');
    expect(outputPath('/a.html' as Url)).toBe('a.html');
  });

  it('are encoded for an attribute, with base and fragment', () => {
    expect(href('/a/b-c_d.e~f/' as Url, '/notes/')).toBe('/notes/a/b-c_d.e~f/');
    expect(href('/中 文/"<b>/' as Url, '/')).toBe('/%E4%B8%AD%20%E6%96%87/%22%3Cb%3E/');
    expect(href('/a/' as Url, '/', '节 "1"')).toBe('/a/#节%20%221%22');
    expect(href('/a/' as Url, '/', '')).toBe('/a/');
    expect(encodeFragment("中a1-_.:~!$&'()*+,;=@/?")).toBe("中a1-_.:~!$&'()*+,;=@/?");
    expect(encodeFragment('a b<c>"d"%#`\\^{|}')).toBe('a%20b%3Cc%3E%22d%22%25%23%60%5C%5E%7B%7C%7D');
    expect(encodeFragment('क्षि')).toBe('क्षि');
  });

  it('that meet on some file system have one key', () => {
    expect(collisionKey('/A/E\u0301/')).toBe(collisionKey('/a/\u00e9/'));
    expect(collisionKey('/İ/')).toBe('/i̇/');
    expect(collisionKey('/a/')).not.toBe(collisionKey('/b/'));
  });
});

describe('what stands beside a page has an address of its own', () => {
  it.each([
    ['/posts/detr/', '/posts/detr/index.md', '/posts/detr/og.png', 'posts/detr/index.html'],
    ['/a/b.html', '/a/b.md', '/a/b.og.png', 'a/b.html'],
    ['/v1.2', '/v1.md', '/v1.og.png', 'v1.2'],
    ['/', '/index.md', '/og.png', 'index.html'],
  ])('%s', (address, markdown, card, file) => {
    expect(markdownUrl(address as Url)).toBe(markdown);
    expect(cardUrl(address as Url)).toBe(card);
    expect(outputPath(address as Url)).toBe(file);
  });
});

describe('case 10: names as people see them', () => {
  it.each([
    ['ＤＥＴＲ', 'detr'],
    ['  A \t B\n', 'a b'],
    ['E\u0301', '\u00e9'],
  ])('fold %j is %j', (name, folded) => expect(fold(name)).toBe(folded));

  it.each([
    ['vision/detr.md', 'detr'],
    ['detr/index.md', 'detr'],
    ['detr/INDEX.md', 'detr'],
    ['index.md', 'index'],
    ['2021-09-07-detr.md', 'detr'],
    ['2021-09-07-.md', '2021-09-07-'],
    ['2021-09-07.md', '2021-09-07'],
    ['x2021-09-07-a.md', 'x2021-09-07-a'],
    ['02021-09-07-a.md', '02021-09-07-a'],
    ['a/2021-09-07-b/index.md', 'b'],
  ])('stem of %j is %j', (path, name) => expect(stem(note(path))).toBe(name));

  it('are in one order on every machine', () => {
    expect(['ä', 'z', 'a', 'Z', '中'].sort(compare)).toEqual(['Z', 'a', 'z', 'ä', '中']);
    expect([compare('a', 'a'), compare('a', 'b'), compare('b', 'a')]).toEqual([0, -1, 1]);
  });
});

describe('case 13: paths in notes', () => {
  it.each([
    ['a.md', 'b.png', 'b.png'],
    ['x/a.md', 'b.png', 'x/b.png'],
    ['x/a.md', '../b.png', 'b.png'],
    ['x/a.md', './b.png', 'x/b.png'],
    ['x/y/a.md', '../../b.png', 'b.png'],
    ['x/a.md', '/b.png', 'b.png'],
    ['a.md', '..b.png', '..b.png'],
    ['a.md', 'e\u0301.png', '\u00e9.png'],
    ['a.md', '../b.png', undefined],
    ['a.md', '..', undefined],
    ['x/a.md', '../..', undefined],
    ['x/a.md', '../../b.png', undefined],
    ['x/a.md', '/../b.png', undefined],
    ['a.md', '//b.png', undefined],
    ['a.md', 'x\\b.png', undefined],
    ['a.md', 'b\0.png', undefined],
  ])('from %j, %j is %j', (from, target, path) => expect(resolveFrom(note(from), target)).toBe(path));
});
