import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { words } from '../src/words.ts';

test('every language of the interface has words for notes, each by its own tag or name', () => {
  const files = readdirSync(fileURLToPath(new URL('../templates/strings/', import.meta.url)));
  const tags = files.filter((f) => f !== 'strings.ts').map((f) => f.replace(/\.ts$/, ''));
  expect(tags).toEqual(['en', 'zh-CN']);
  expect(tags.map((tag) => words(tag).labels.figure)).toEqual(['Fig.', '图']);
  const shape = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, v]) => [key, shape(v)]))
      : typeof value;
  for (const tag of tags) expect([tag, shape(words(tag))]).toEqual([tag, shape(words('en'))]);
  expect(['ZH-cn', 'zh', 'zh-Hant-TW', 'en-GB', 'fr', 'zhx'].map((tag) => words(tag).code)).toEqual([
    '代码',
    '代码',
    '代码',
    'Code',
    'Code',
    'Code',
  ]);
});
