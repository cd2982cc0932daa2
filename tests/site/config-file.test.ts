import { expect, test } from 'vitest';
import { readConfig } from '../../src/config/config.ts';
import { configOf } from '../../src/config/file.ts';
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

test('of an entry of plugins, the field that is wrong is named, and what may have been meant', () => {
  const yml = 'plugins:\n  - use: a\n    option: {}\n  - b\n  - { use: c, at: rehyp, trusted: perhaps }\n';
  const { diagnostics } = readConfig(`url: https://a.example/\n${yml}`, undefined);
  expect(diagnostics.map((d) => `${d.line}:${d.column} ${d.message}; ${d.hint ?? ''}`)).toEqual([
    '4:5 unknown key “option”; did you mean “options”?',
    '6:19 “at” must be one of remark, rehype, not “rehyp”; did you mean “rehype”?',
    '6:35 “trusted” must be true or false, not “perhaps”; ',
  ]);
});

test('options of plugins are read again: JSON has no word for all of them', async () => {
  const yml = 'plugins:\n  - use: ./own.js\n    at: remark\n    options:\n      depth: .inf\n';
  const read = await configOf(inputs(yml), {});
  const kept = JSON.parse(JSON.stringify(read)) as typeof read;
  const again = await configOf(inputs(yml), {}, kept);
  expect(again.config.plugins[0]?.options).toEqual({ depth: Number.POSITIVE_INFINITY });
});

test.each([
  ['notes.example.org\n', []],
  ['\uFEFF notes.example.org \r\n', []],
  ['https://notes.example.org/\n', ['1:1 “https://notes.example.org/” write “notes.example.org” in it']],
  ['\nnotes.example.org/a', ['2:1 “notes.example.org/a” write “notes.example.org” in it']],
  ['notes.example.org:80', ['1:1 “notes.example.org:80” write “notes.example.org” in it']],
  ['a.example.org\nb.example.org\n', ['2:1 “b.example.org” write “a.example.org” in it']],
  ['笔记.example', ['1:1 “笔记.example” write “xn--uvz335a.example” in it']],
  ['1.2.3.4.5', ['1:1 “1.2.3.4.5” write the domain in it, alone on its line, or delete the file']],
  ['\n', ['1:1 empty write the domain in it, alone on its line, or delete the file']],
])('public/CNAME holds one bare name: %j', (cname, said) => {
  const { config, diagnostics } = readConfig('url: https://me.github.io/notes/\n', cname);
  const what = (d: string) => /“.*”/.exec(d)?.[0] ?? 'empty';
  expect(diagnostics.map((d) => `${d.line}:${d.column} ${what(d.message)} ${d.hint}`)).toEqual(said);
  expect(diagnostics.every((d) => d.id === 'config/cname' && d.file === 'public/CNAME')).toBe(true);
  if (said.length === 0) expect(config).toMatchObject({ origin: 'https://notes.example.org', base: '/' });
});

test.each([
  [
    'theme: { zhu: gren }',
    [
      '1:15 “zhu” must be a colour such as "#b0321c", rgb(176 50 28) or green, not “gren” did you mean “green”, “grey”?',
    ],
  ],
  ['theme: { zhu: DarkSlateGrey, bg: Canvas, dark: { bg: transparent } }', []],
  ['theme: { dark: { measure: 4rem } }', ['1:18 unknown key “measure” undefined']],
  [
    'theme:\n  zhu: #0a6640\n  bg: # that of paper\n  dark:\n    zhu: #fff # white',
    [
      '2:8 “zhu” must be in quotes, zhu: "#0a6640", since “ #” begins a comment, not empty undefined',
      '5:10 “zhu” must be in quotes, zhu: "#fff", since “ #” begins a comment, not empty undefined',
    ],
  ],
  ['theme: { dark: { zuh: red } }', ['1:18 unknown key “zuh” did you mean “zhu”?']],
  [
    'comments: { repo: me/notes }',
    [
      '1:11 “comments” must be a group of repo, repoId, category and categoryId (as giscus.app shows them), with “host” for a server of your own, not a group without repoId, category, categoryId undefined',
    ],
  ],
  [
    'nav:\n- 首页: archives\n- y: mailto:a@b.c\n- z: /z/',
    [
      '2:7 “首页” must be an address that begins with / (of this site), http:// or https://, not “archives” undefined',
      '3:6 “y” must be an address that begins with / (of this site), http:// or https://, not “mailto:a@b.c” undefined',
    ],
  ],
  [
    'licence: { nme: x }',
    [
      '1:12 unknown key “nme” did you mean “name”?',
      '1:10 “licence” must be a name such as CC-BY-4.0, or a group of name and url, not a group without name undefined',
    ],
  ],
  ['licence: { name: x, url: nope }', ['1:26 “url” must be an http or https address, not “nope” undefined']],
  [
    'analytics: { umami: abc, host: stats.e.org }',
    ['1:32 “host” must be an https address such as https://stats.example.org, not “stats.e.org” undefined'],
  ],
  [
    'analytics: { google: UA }',
    [
      '1:14 unknown key “google” undefined',
      '1:12 “analytics” must be one of { goatcounter: code or address }, { plausible: example.org } and { umami: id }, the last two with “host” for a server of your own, not a group without any of them undefined',
    ],
  ],
  [
    'analytics: { goatcounter: c, host: "https://stats.e.org" }',
    [
      '1:12 “analytics” must be one of { goatcounter: code or address }, { plausible: example.org } and { umami: id }, the last two with “host” for a server of your own, not a group of goatcounter and host undefined',
    ],
  ],
  [
    'og: { image: og.svg }',
    [
      '1:14 “image” must be the path of a PNG, JPEG or WebP file in public/, such as og.png, not “og.svg” undefined',
    ],
  ],
  [
    'comments: { repo: a/b, repoId: R, category: G, categoryId: C, host: gis }',
    ['1:69 “host” must be an https address such as https://giscus.example.org, not “gis” undefined'],
  ],
  [
    'comments: { repo: notes, repoId: R, category: G }',
    ['1:19 “repo” must be a repository such as owner/name, not “notes” undefined'],
  ],
  [
    'publish: explict',
    ['1:10 “publish” must be one of all, explicit, not “explict” did you mean “explicit”?'],
  ],
])('a value that is wrong is told with what was meant: %s', (line, said) => {
  const { diagnostics } = readConfig(`${line}\nurl: https://example.org/\n`, undefined);
  expect(diagnostics.map((d) => `${d.line}:${d.column} ${d.message} ${d.hint}`)).toEqual(said);
});

test.each([
  ['licence: A\nlicense: B', ['2:1 “license” says something else than “licence” and is ignored']],
  ['licence: A\nlicense: A', []],
  [
    'url: https://example.org/notes\nbase: /other/',
    ['1:6 the path of “url” says something else than “base” and is ignored'],
  ],
  ['url: https://example.org/notes\nbase: /notes', []],
  ['url: https://example.org\nbase: /other/', []],
])('what says two things is told: %j', (yml, said) => {
  const { diagnostics } = readConfig(/url/.test(yml) ? yml : `${yml}\nurl: https://example.org/`, undefined);
  expect(diagnostics.map((d) => `${d.line}:${d.column} ${d.message}`)).toEqual(said);
  expect(diagnostics.every((d) => d.id === 'config/conflict' && d.severity === 'warning')).toBe(true);
});
