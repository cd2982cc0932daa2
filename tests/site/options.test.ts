/** Options that a program gives `build`: checked as `postil.yml` and flags are, and named when they are wrong. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { build } from '../../src/build.ts';
import type { BuildOptions } from '../../src/build-options.ts';
import { readConfig } from '../../src/config/config.ts';
import { postilIn } from '../support/command.ts';
import { folderOf } from '../support/folder.ts';
import { snapshot } from '../support/snapshot.ts';

const SITE = {
  'postil.yml': 'url: https://example.org\n',
  'posts/a.md': '# A\n\n[[b]]\n',
  'posts/b.md': '# B\n',
};

const WRONG: [option: keyof BuildOptions, given: unknown, said: string][] = [
  ['base', 'bad x', 'base must be a path such as /notes/, not “bad x”'],
  ['base', 7, 'base must be a path such as /notes/, not 7'],
  ['url', 'junk', 'url must be an address such as https://example.org/, not “junk”'],
  [
    'url',
    'https://example.org/?a',
    'url must be an address such as https://example.org/, not “https://example.org/?a”',
  ],
  ['url', null, 'url must be an address such as https://example.org/, not null'],
  ['jobs', 0, 'jobs must be a whole number from 1 on, not 0'],
  ['jobs', '2', 'jobs must be a whole number from 1 on, not “2”'],
  ['out', '', 'out must be the path of a folder, not “”'],
  ['drafts', 'no', 'drafts must be true or false, not “no”'],
  ['strict', 1, 'strict must be true or false, not 1'],
  ['site', undefined, 'site must be the path of a folder, not undefined'],
  ['site', '', 'site must be the path of a folder, not “”'],
];

test.each(WRONG)('%s: %j', async (option, given, said) => {
  const site = folderOf(SITE);
  await expect(build({ site, [option]: given } as BuildOptions)).rejects.toThrow(
    expect.objectContaining({ name: 'OptionError', message: said }),
  );
  expect(existsSync(join(site, 'dist'))).toBe(false);
});

test('flags and postil.yml refuse the same addresses', async () => {
  const site = folderOf(SITE);
  for (const [option, given, said] of WRONG.filter(([, given]) => typeof given === 'string')) {
    if (option !== 'url' && option !== 'base') continue;
    const ran = await postilIn(site, ['build', `--${option}`, String(given)]);
    expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining(`error[usage] --${said}`)]);
    expect(readConfig(`${option}: ${JSON.stringify(given)}\n`, undefined).diagnostics[0]!.id).toBe(
      'config/type',
    );
  }
});

test('a base path without slashes is one with them', async () => {
  const [bare, whole] = [folderOf(SITE), folderOf(SITE)];
  await build({ site: bare, base: 'notes' });
  await build({ site: whole, base: '/notes/' });
  expect(snapshot(join(bare, 'dist'))).toEqual(snapshot(join(whole, 'dist')));
});

test('a macro that YAML cuts at its parameter is named, at its place', () => {
  const yml = `url: https://example.org
math:
  macros:
    \\norm: \\left\\| #1 \\right\\|
    \\pair: '\\left( #1 \\right)'
    \\R: \\mathbb{R} # the reals
    \\list: [a]
`;
  const { config, diagnostics } = readConfig(yml, undefined);
  expect(diagnostics).toMatchObject([
    {
      id: 'config/type',
      message: '“macros.\\norm” must be in quotes, since “ #1” begins a comment, not “\\left\\|”',
      line: 4,
      column: 12,
    },
    { id: 'config/type', message: '“macros.\\list” must be text, not a list', line: 7 },
  ]);
  expect(config.math.macros).toEqual({ '\\pair': '\\left( #1 \\right)', '\\R': '\\mathbb{R}' });
});
