import { expect, test } from 'vitest';
import { shorten, slice } from '../src/shorten.ts';

test.each([
  ['𠮷', 1, 2, ''],
  ['𠮷', 0, 1, ''],
  ['a𠮷b', 0, 2, 'a'],
  ['a𠮷b', 2, 4, 'b'],
  ['a𠮷b', 1, 3, '𠮷'],
  ['𠮷𠮷', 2, 4, '𠮷'],
  ['ab', 0, 9, 'ab'],
])('slice %s from %i to %i', (text, from, to, whole) => {
  expect(slice(text, from, to)).toBe(whole);
});

test('characters are counted, not units, and an ellipsis stands only where some are missing', () => {
  expect(shorten('𠮷𠮷𠮷', 3)).toBe('𠮷𠮷𠮷');
  expect(shorten('𠮷𠮷𠮷', 2)).toBe('𠮷𠮷…');
  expect(shorten(' a\n b ', 3)).toBe('a b');
});
