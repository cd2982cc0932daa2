import { expect, test } from 'vitest';
import { hash } from '../../src/hash.ts';
import { note } from './corpus.ts';

const link = (title: string) => `[[${title}]]`;
const notes = Array.from({ length: 200 }, (_, i) => note(i, 1000, link));

test('the corpus has the same bytes everywhere, so that figures can be compared', () => {
  expect(hash(...notes)).toMatchInlineSnapshot(`"e155ef58b825b4012fb1952cb255f245"`);
});

test('its notes have the size and the formulas of real ones', () => {
  const mean = (count: (text: string) => number) =>
    notes.reduce((sum, n) => sum + count(n), 0) / notes.length;
  expect(mean((n) => Buffer.byteLength(n))).toBeGreaterThan(3500);
  expect(mean((n) => Buffer.byteLength(n))).toBeLessThan(5500);
  const formulas = mean((n) => n.match(/\$\$[^$]+\$\$|\$[^$\n]+\$/g)?.length ?? 0);
  expect(Math.round(formulas)).toBe(17);
});

test('an edited note differs from itself in what was edited only', () => {
  const before = note(7, 1000, link);
  expect(note(7, 1000, link, { sentence: '新句。' })).toBe(`${before}\n新句。\n`);
  const renamed = note(7, 1000, link, { title: '新题' });
  expect(renamed).toContain('aliases: [');
  expect(renamed.slice(renamed.indexOf('\n\n'))).toBe(before.slice(before.indexOf('\n\n')));
});
