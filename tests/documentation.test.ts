/** A rule of the house: what a file gives to others says what it takes, returns and throws. */

import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const src = fileURLToPath(new URL('../src/', import.meta.url));
const EXPORTED = /^export (?:default )?(?:abstract )?(?:async )?(?:function\*?|class) (\w+)/;

/** Names of the exported functions and classes that have no comment right above; of overloads, the first one has it. */
const undocumented = (text: string): string[] => {
  const lines = text.split('\n');
  const seen = new Set<string>();
  return lines.flatMap((line, i) => {
    const name = EXPORTED.exec(line)?.[1];
    if (name === undefined || seen.has(name)) return [];
    seen.add(name);
    return lines[i - 1]?.endsWith('*/') ? [] : [name];
  });
};

test('every exported function and class has a comment above it', () => {
  const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((f) => /\.tsx?$/.test(f));
  expect(files.length).toBeGreaterThan(80);
  const missing = files.flatMap((file) =>
    undocumented(readFileSync(`${src}/${file}`, 'utf8')).map(
      (name) => `${file.replaceAll('\\', '/')} ${name}`,
    ),
  );
  expect(missing.sort()).toEqual([]);
});

test('a comment that belongs to something else does not count', () => {
  expect(undocumented('/** Two. */\nconst two = 2;\n\nexport function* one() {}\n')).toEqual(['one']);
  expect(undocumented('/**\n * @returns one\n */\nexport async function one() {}\n')).toEqual([]);
});
