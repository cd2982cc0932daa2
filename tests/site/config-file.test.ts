import { expect, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { configOf } from '../../src/config-file.ts';
import type { Inputs } from '../../src/read/scan.ts';

const inputs = (config?: string, cname?: string) => ({ config, cname }) as Inputs;
const YML = `title: 笔记
url: https://example.org/notes/
nav:
  - 关于: /about/
math:
  macros:
    R: \\mathbb{R}
theme:
  ink: '#345'
og:
  image: og.png
tpyo: 1
`;

test('what the last build read of the configuration is taken as long as it says the same', async () => {
  const read = await configOf(inputs(YML, 'notes.example.org'), {});
  expect(read).toMatchObject(readConfig(YML, 'notes.example.org'));
  expect(read.diagnostics.map((d) => d.id)).toEqual(['config/unknown']);
  // As the state keeps it.
  const kept = JSON.parse(JSON.stringify(read)) as typeof read;
  expect(await configOf(inputs(YML, 'notes.example.org'), {}, kept)).toBe(kept);
  expect(kept).toEqual(read);
  expect(JSON.stringify(kept)).toBe(JSON.stringify(read));

  expect(
    (await configOf(inputs(YML.replace('笔记', '另'), 'notes.example.org'), {}, kept)).config.title,
  ).toBe('另');
  expect((await configOf(inputs(YML), {}, kept)).config.origin).toBe('https://example.org');
  const over = { url: 'https://a.example/', base: '/b/' };
  const given = await configOf(inputs(YML, 'notes.example.org'), over, kept);
  expect(given.config).toMatchObject({ origin: 'https://a.example', base: '/b/' });
  expect((await configOf(inputs(YML, 'notes.example.org'), {}, given)).config).toEqual(read.config);
});

test('options of plugins are read again: JSON has no word for all of them', async () => {
  const yml = 'plugins:\n  - use: ./own.js\n    at: remark\n    options:\n      depth: .inf\n';
  const read = await configOf(inputs(yml), {});
  const kept = JSON.parse(JSON.stringify(read)) as typeof read;
  const again = await configOf(inputs(yml), {}, kept);
  expect(again.config.plugins[0]?.options).toEqual({ depth: Number.POSITIVE_INFINITY });
});
