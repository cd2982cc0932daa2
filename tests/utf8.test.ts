import { describe, expect, test } from 'vitest';
import { bytesForNow, bytesOf, textOf } from '../src/utf8.ts';

const HAN = '蒸馏用软目标，𝒪(n)。';
const TEXTS = {
  nothing: '',
  short: HAN,
  'long ASCII': 'a plain line\n'.repeat(100),
  'long Latin': 'ein schöner Satz – mit Strich\n'.repeat(100),
  'long Chinese': HAN.repeat(500),
  'a BOM before long Chinese': `\uFEFF${HAN.repeat(100)}`,
  'one character of another kind behind long ASCII': `${'x'.repeat(5000)}é`,
  'longer than the room that is kept': HAN.repeat(300_000),
};

describe('text and UTF-8', () => {
  for (const [name, text] of Object.entries(TEXTS)) {
    test(`${name}, there and back`, () => {
      const bytes = bytesOf(text);
      expect(bytes.equals(Buffer.from(text))).toBe(true);
      expect(Buffer.from(bytesForNow(text)).equals(bytes)).toBe(true);
      expect(textOf(bytes) === text).toBe(true);
    });
  }

  test('bytes that were asked for last stay when others are asked for', () => {
    const first = bytesOf(HAN.repeat(100));
    bytesOf('甲'.repeat(1000));
    expect(textOf(first)).toBe(HAN.repeat(100));
  });

  test('a part of larger bytes', () => {
    const bytes = bytesOf(`前${HAN.repeat(100)}后`);
    expect(textOf(bytes.subarray(3, bytes.length - 3))).toBe(HAN.repeat(100));
  });

  test('half a surrogate pair is U+FFFD, as everywhere', () => {
    for (const text of ['\uD83D', `${HAN.repeat(100)}\uD83D`, `\uDE00${'x'.repeat(500)}`])
      expect(textOf(bytesOf(text))).toBe(text.replace(/\p{Surrogate}/u, '\uFFFD'));
  });

  test('what is no UTF-8 is U+FFFD, however long', () => {
    for (const tail of ['', 'x'.repeat(500), HAN.repeat(100)]) {
      const bytes = Buffer.concat([Buffer.from([0xff]), Buffer.from(tail)]);
      expect(textOf(bytes)).toBe(`\uFFFD${tail}`);
    }
  });
});
