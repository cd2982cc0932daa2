/** A site's own templates, style, words and tokens: what they become, what is kept, and what is said of mistakes. */

import { readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { type BuildResult, build } from '../../src/build.ts';
import { command } from '../../src/commands/theme.ts';
import { hash } from '../../src/hash.ts';
import { marked, markOf, original, versionOf } from '../../src/theme/files.ts';
import { folderOf, put, repository } from '../support/folder.ts';
import { snapshot } from '../support/sites.ts';

const NOTE = '---\ntitle: 一篇\ntags: [标签]\n---\n\n正文。\n\n## 甲\n\n## 乙\n';
const site = (files: Record<string, string> = {}) =>
  folderOf({ 'postil.yml': 'title: T\nurl: https://example.org/\n', 'posts/a.md': NOTE, ...files });
const page = (folder: string, path = 'posts/a/index.html') =>
  readFileSync(join(folder, 'dist', path), 'utf8');
const said = ({ diagnostics }: BuildResult) =>
  diagnostics.map((d) => `${d.id} ${d.file}${d.line ? `:${d.line}:${d.column}` : ''}`);

/** A file of Postil's with a change, as `postil theme eject` and an editor leave it. */
function changed(path: string, from: string, to: string): string {
  const text = original(path)!;
  expect(text).toContain(from);
  return marked(path, text.replace(from, to), versionOf(text));
}

const OWN = changed(
  'note.tsx',
  "<article class={['note', ...view.classes].join(' ')}>",
  '<article class="note own">',
);

test('a template and a style of the site stand for those of the same name; the rest is Postil’s', async () => {
  const folder = site({
    'templates/note.tsx': OWN,
    'templates/style/note.css': `${marked('style/note.css', original('style/note.css')!, versionOf(original('style/note.css')!))}\n.own { outline: 3px solid; }\n`,
  });
  const plain = site();
  const result = await build({ site: folder });
  await build({ site: plain });
  expect(said(result)).toEqual([]);
  const style = /href="\/(assets\/site-[^"]+)"/;
  const own = page(folder).replace(' own"', '"');
  const sheet = style.exec(own)![1]!;
  // But for the names of the files, nothing else differs: not in a note, nor in a list.
  const bare = (html: string) =>
    html.replace(/\/assets\/[\w-]+\.(?:css|js|woff2)/g, '').replace(/sha256-[^']+/g, '');
  expect(bare(own)).toBe(bare(page(plain)));
  expect(bare(page(folder, 'index.html'))).toBe(bare(page(plain, 'index.html')));
  const css = page(folder, sheet);
  expect(css).toContain('.own{outline:3px solid}');
  expect(css.replace('.own{outline:3px solid}', '')).toBe(page(plain, style.exec(page(plain))![1]!));
  // Everything that pages load is there.
  for (const [, path] of page(folder).matchAll(/(?:href|src)="\/(assets\/[^"]+)"/g))
    expect(readdirSync(join(folder, 'dist/assets'))).toContain(path!.slice('assets/'.length));

  // Nothing changed: nothing is done. Another place: the same bytes.
  expect(await build({ site: folder })).toMatchObject({ unchanged: true, written: 0 });
  const copy = site({
    'templates/note.tsx': readFileSync(join(folder, 'templates/note.tsx'), 'utf8'),
    'templates/style/note.css': readFileSync(join(folder, 'templates/style/note.css'), 'utf8'),
  });
  await build({ site: copy });
  expect(snapshot(join(copy, 'dist'))).toEqual(snapshot(join(folder, 'dist')));

  // Another word in the template reaches the pages; without the files all is as it was.
  put(folder, 'templates/note.tsx', OWN.replace('note own', 'note mine'));
  expect((await build({ site: folder })).written).toBeGreaterThan(0);
  expect(page(folder)).toContain('<article class="note mine">');
  rmSync(join(folder, 'templates'), { recursive: true });
  await build({ site: folder });
  expect(snapshot(join(folder, 'dist'))).toEqual(snapshot(join(plain, 'dist')));
});

test.each([
  ['c#', 'style/motion.css'],
  ['why?', 'note.tsx'],
  ['why?', 'style/motion.css'],
])('a site in the folder %s with its own %s: what is in the way is the folder’s name', async (name, file) => {
  const folder = join(folderOf(), name);
  const text = original(file)!;
  put(folder, 'postil.yml', 'url: https://example.org/\n');
  put(folder, 'posts/a.md', NOTE);
  put(folder, `templates/${file}`, marked(file, text, versionOf(text)));
  const result = await build({ site: folder });
  expect(said(result)).toEqual(['fs/folder-name undefined']);
  rmSync(join(folder, 'templates'), { recursive: true });
  expect(said(await build({ site: folder }))).toEqual([]);
});

test('a style names files of public/ below the base path, and those beside it; one that is missing is told of', async () => {
  const style = `/* url(/not.woff2) */
@font-face { font-family: A; src: url(/a.woff2) }
@font-face { font-family: B; src: url("/none.woff2?v=1") }
@font-face { font-family: C; src: url(./c.woff2) }
@font-face { font-family: D; src: url('./none.woff2') }
@font-face { font-family: E; src: url(../../public/a.woff2) }
@font-face { font-family: F; src: url(//example.org/f.woff2), url(data:font/woff2,x) }
`;
  const text = original('style/motion.css')!;
  const folder = site({
    'postil.yml': 'url: https://example.org/my/notes/\n',
    'templates/style/motion.css': marked('style/motion.css', style, versionOf(text)),
    'templates/style/c.woff2': 'c',
    'public/a.woff2': 'a',
  });
  const result = await build({ site: folder });
  expect(result.diagnostics.map((d) => `${d.id} ${d.line}:${d.column} ${d.hint}`)).toEqual([
    'theme/file 4:40 it is looked for as public/none.woff2',
    'theme/file 6:40 it is looked for as templates/style/none.woff2',
    'theme/file 7:39 put it beside the style, or into public/, where /name finds it',
  ]);
  const [, path] = /href="\/my\/notes\/(assets\/site-[^"]+)"/.exec(page(folder))!;
  const named = [...page(folder, path).matchAll(/@font-face ?\{font-family:([A-F]);src:url\(([^)]*)\)/g)];
  expect(named.map(([, face, url]) => [face, url!.replace(/c-[\w-]+/, 'c')])).toEqual([
    ['A', '/my/notes/a.woff2'],
    ['B', '/my/notes/none.woff2?v=1'],
    ['C', './c.woff2'],
    ['D', './none.woff2'],
    ['E', '../../public/a.woff2'],
    ['F', '//example.org/f.woff2'],
  ]);
  await build({ site: folder, base: '/' });
  const [, other] = /href="\/(assets\/site-[^"]+)"/.exec(page(folder))!;
  expect(page(folder, other)).toContain('url(/a.woff2)');
  put(folder, 'public/none.woff2', '');
  expect(said(await build({ site: folder }))).toHaveLength(2);
});

test('a file says which version it replaces, and the build when that one has changed', async () => {
  const folder = site({
    'templates/note.tsx': marked('note.tsx', original('note.tsx')!, '0123456789ab'),
    'templates/parts/date.tsx': original('parts/date.tsx')!,
    'templates/notes.tsx': 'export const x = 1;\n',
  });
  const result = await build({ site: folder });
  expect(result.published).toBe(true);
  expect(said(result)).toEqual([
    'theme/outdated templates/note.tsx:1:1',
    'theme/unused templates/notes.tsx',
    'theme/unmarked templates/parts/date.tsx:1:1',
  ]);
  expect(result.diagnostics[1]!.hint).toContain('note.tsx');
  await command.run({ site: folder }, ['mark', 'note.tsx']);
  await command.run({ site: folder }, ['mark', 'templates/parts/date.tsx']);
  expect(said(await build({ site: folder }))).toEqual(['theme/unused templates/notes.tsx']);
  expect(markOf(readFileSync(join(folder, 'templates/note.tsx'), 'utf8'))).toBe(
    versionOf(original('note.tsx')!),
  );
});

test('a file counts as used however another one names it, and only then', async () => {
  const empty = 'export const x = 1;\n';
  const folder = site({
    'templates/parts/date.tsx': marked(
      'parts/date.tsx',
      `import a from './bare';
import b from '../lib/b.js';
import c from '../lib';
import d from '../style/raw.css?raw';
const named = ['nottes', '/nottes'];
`,
      versionOf(original('parts/date.tsx')!),
    ),
    'templates/parts/bare.ts': empty,
    'templates/lib/b.ts': empty,
    'templates/lib/index.ts': empty,
    'templates/lib/plain.js': "import f from './f.ts';\n",
    'templates/lib/f.ts': empty,
    'templates/style/raw.css': '',
    'templates/style/motion.css': marked(
      'style/motion.css',
      '@import url(more.css);\n@import url(./most.css#x);\n',
      versionOf(original('style/motion.css')!),
    ),
    'templates/style/more.css': '',
    'templates/style/most.css': '',
    'templates/nottes.tsx': empty,
  });
  const unused = async () => said(await build({ site: folder })).filter((d) => d.startsWith('theme/unused'));
  expect(await unused()).toEqual(['theme/unused templates/nottes.tsx']);
  // Which files a pattern finds is not told by their names.
  put(folder, 'templates/lib/g.ts', "export default import.meta.glob('./*.ts');\n");
  expect(await unused()).toEqual(['theme/unused templates/lib/g.ts']);
});

test('eject copies a file with its mark, once; what is not there cannot be', async () => {
  const folder = site();
  await command.run({ site: folder }, ['eject', 'style/tokens.css']);
  const text = readFileSync(join(folder, 'templates/style/tokens.css'), 'utf8');
  const theirs = original('style/tokens.css')!;
  expect(text).toBe(`/* postil: replaces style/tokens.css ${versionOf(theirs)} */\n${theirs}`);
  await expect(command.run({ site: folder }, ['eject', 'style/tokens.css'])).rejects.toThrow('there already');
  await expect(command.run({ site: folder }, ['eject', 'noet.tsx'])).rejects.toThrow(
    'did you mean “note.tsx”',
  );
  await expect(command.run({ site: folder }, ['eject', '../../package.json'])).rejects.toThrow('no template');
});

test.each([
  [
    'a mistake in the syntax',
    OWN.replace('<Toc view={view} />', '<Toc view={view />'),
    /^theme\/error templates\/note\.tsx:\d+:/,
    '<Toc',
  ],
  [
    'an import of nothing',
    OWN.replace('./parts/toc.tsx', './parts/tok.tsx'),
    /^theme\/error templates\/note\.tsx:\d+:/,
    'tok.tsx',
  ],
  [
    'a failure while a page is made',
    OWN.replace('  const crumbs', '  (view as never as { no: { x: 1 } }).no.x;\n  const crumbs'),
    /^theme\/error templates\/note\.tsx:\d+:/,
    '.no.x',
  ],
  [
    'a failure while it is loaded',
    `${OWN}\nthrow new Error('kaputt');\n`,
    /^theme\/error templates\/note\.tsx:\d+:/,
    'kaputt',
  ],
])('%s has a place in the site’s file, and nothing is published', async (_, text, place, line) => {
  const folder = site({ 'templates/note.tsx': OWN });
  await build({ site: folder });
  const before = snapshot(join(folder, 'dist'));
  put(folder, 'templates/note.tsx', text);
  const result = await build({ site: folder });
  expect(result.published).toBe(false);
  expect(said(result)[0]).toMatch(place);
  const { frame, line: at } = result.diagnostics[0]!;
  expect(frame!.lines[at! - frame!.first]).toContain(line);
  expect(snapshot(join(folder, 'dist'))).toEqual(before);
});

/** Imports of the date's template, and what it shows. */
const importing = (file: string) => dated('w', `import { w } from '${file}';`);

test.each<[what: string, files: (site: string) => Record<string, string>, place: string, message: string]>([
  [
    'a mistake in a file that templates import',
    (of) => ({
      'templates/parts/date.tsx': importing(`${of}/shared/x.ts`),
      'shared/x.ts': 'export const w = ;\n',
    }),
    'shared/x.ts:1:18',
    'Unexpected token',
  ],
  [
    'an import of nothing there',
    (of) => ({
      'templates/parts/date.tsx': importing(`${of}/shared/x.ts`),
      'shared/x.ts': "export { w } from './gone.ts';\n",
    }),
    'shared/x.ts:1:20',
    "Could not resolve './gone.ts'",
  ],
  [
    'a mistake in a package',
    () => ({
      'templates/parts/date.tsx': importing('wording'),
      ...pack('wording', 'i.js', { 'i.js': '\nlet x = ;\n' }),
    }),
    'node_modules/wording/i.js:2:9',
    'Unexpected token',
  ],
  [
    'a mistake in a style that one of templates/ imports',
    (of) => ({
      'templates/style/motion.css': `@import "${of}/shared/x.css";\n`,
      'shared/x.css': '.a { } }\n',
    }),
    'shared/x.css:1:8',
    'Unexpected }',
  ],
  [
    'a file of Postil’s that misses what was replaced',
    () => ({ 'templates/parts/date.tsx': 'export const Days = 1;\n' }),
    'undefined',
    '"Day" is not exported by "templates/parts/date.tsx".',
  ],
])('a place is that of a file which is there: %s', async (_, files, place, message) => {
  const folder = site();
  for (const [path, text] of Object.entries(files(folder))) put(folder, path, text);
  const result = await build({ site: folder });
  expect(result.published).toBe(false);
  expect(said(result)).toContain(`theme/error ${place}`);
  expect(result.diagnostics.find((d) => d.id === 'theme/error')!.message).toBe(message);
});

test('of a file that lies outside the site, the message tells which it is', async () => {
  const outer = folderOf({ 'x.ts': 'export const w = ;\n' });
  const folder = site({ 'templates/parts/date.tsx': importing(join(outer, 'x.ts')) });
  const { diagnostics } = await build({ site: folder });
  const { file, message } = diagnostics.find((d) => d.id === 'theme/error')!;
  expect([file, message]).toEqual([undefined, `Unexpected token in ../${basename(outer)}/x.ts`]);
});

test('a mistake has its place where a link leads to the site', async () => {
  const folder = site({
    'templates/parts/date.tsx': 'export const Day = ;\n',
    'templates/style/note.css': '.a { } }\n',
  });
  const link = join(folderOf(), 'link');
  symlinkSync(folder, link);
  expect(said(await build({ site: link }))).toContain('theme/error templates/parts/date.tsx:1:20');
  put(folder, 'templates/parts/date.tsx', importing('./gone.ts'));
  expect(said(await build({ site: link }))).toContain('theme/error templates/parts/date.tsx:1:20');
  rmSync(join(folder, 'templates/parts/date.tsx'));
  expect(said(await build({ site: link }))).toContain('theme/error templates/style/note.css:1:8');
});

test('a mistake in a style has its place too', async () => {
  const folder = site({ 'templates/style/note.css': '.a { color: red; }\n.b { color: red; } }\n' });
  const result = await build({ site: folder });
  expect(result.published).toBe(false);
  expect(said(result)).toContain('theme/error templates/style/note.css:2:20');
});

test('a third language is one file, and what it leaves out is English', async () => {
  const folder = site({
    'postil.yml': 'title: T\nurl: https://example.org/\nlang: fr\n',
    'templates/strings/fr.ts':
      "export default { contents: 'Sommaire', tags: 'Étiquettes', search: { label: 'Chercher' } };\n",
  });
  const result = await build({ site: folder });
  expect(said(result)).toEqual(['theme/strings templates/strings/fr.ts']);
  expect(page(folder)).toMatch(/<html lang="fr">[\s\S]*Sommaire/);
  expect(page(folder)).toContain('title="Chercher"');
  expect(page(folder)).toContain('Skip to content');
  // The browser's part speaks it too.
  const scripts = readdirSync(join(folder, 'dist/assets')).filter((n) => n.endsWith('.js'));
  expect(scripts.some((n) => page(folder, `assets/${n}`).includes('Chercher'))).toBe(true);

  put(folder, 'postil.yml', 'title: T\nurl: https://example.org/\nlang: de\n');
  const none = await build({ site: folder });
  expect(none.published).toBe(false);
  expect(none.diagnostics.map((d) => [d.id, d.hint])).toContainEqual([
    'theme/lang',
    expect.stringContaining('en, fr, zh-CN'),
  ]);
});

test('what the site’s own English leaves out is said in Postil’s, in any language', async () => {
  const folder = site({ 'templates/strings/en.ts': "export default { contents: 'On this page' };\n" });
  const warnings = ['theme/strings templates/strings/en.ts', 'theme/unmarked templates/strings/en.ts:1:1'];
  expect(said(await build({ site: folder }))).toEqual(warnings);
  put(folder, 'postil.yml', 'title: T\nurl: https://example.org/\nlang: en\n');
  expect(said(await build({ site: folder }))).toEqual(warnings);
  expect(page(folder)).toContain('On this page');
  expect(page(folder)).toContain('Skip to content');
  const scripts = readdirSync(join(folder, 'dist/assets')).filter((n) => n.endsWith('.js'));
  expect(scripts.some((n) => page(folder, `assets/${n}`).includes('Nothing found'))).toBe(true);
});

test('a word of another kind is an error at its place, and one that is not known is named', async () => {
  const folder = site({
    'templates/strings/fr.ts': `export default {
  contnts: 'Sommaire',
  minutes: 'min',
  search: { lable: 'Chercher', results: (n: number) => \`\${n}\` },
  graph: { relations: { compares: ['Compare'] } },
  related: 'x',
  keys: { list: [['/', 'Chercher'], 'x'] },
};
`,
  });
  const result = await build({ site: folder });
  expect(result.published).toBe(false);
  expect(said(result).sort()).toEqual([
    'theme/strings templates/strings/fr.ts',
    'theme/unknown-word templates/strings/fr.ts:2:3',
    'theme/unknown-word templates/strings/fr.ts:4:13',
    'theme/word templates/strings/fr.ts:3:3',
    'theme/word templates/strings/fr.ts:5:25',
    'theme/word templates/strings/fr.ts:6:3',
    'theme/word templates/strings/fr.ts:7:11',
  ]);
  const told = result.diagnostics.map((d) => [d.message, d.hint]);
  expect(told).toContainEqual(['no page has a word “contnts”', 'did you mean “contents”?']);
  expect(told).toContainEqual(['“minutes” must be a function, not text', expect.any(String)]);
  expect(told).toContainEqual([
    '“graph.relations.compares” must be a list of 2 texts, not another list',
    expect.any(String),
  ]);

  put(folder, 'templates/strings/fr.ts', "export default 'Sommaire';\n");
  const none = await build({ site: folder });
  expect(none.published).toBe(false);
  expect(said(none)).toEqual(['theme/word templates/strings/fr.ts']);
});

test('tokens stand behind the site’s style, light and dark apart', async () => {
  const folder = site({
    'postil.yml':
      'title: T\nurl: https://example.org/\ntheme:\n  zhu: "#0a6640"\n  bg: white\n  measure: 44rem\n  dark: { bg: "#101010" }\n',
  });
  const result = await build({ site: folder });
  expect(said(result)).toEqual([]);
  const [, sheet] = /href="\/(assets\/site-[^"]+)"/.exec(page(folder))!;
  expect(page(folder, sheet!)).toMatch(
    /:root\{--bg:white;--zhu:#0a6640\}@media screen and \(prefers-color-scheme:dark\)\{:root:not\(\[data-theme=light\]\)\{--bg:#101010\}\}.*:root:root:root\{--measure:44rem\}$/,
  );
  expect(page(folder)).toContain(
    '<meta name="theme-color" content="white" media="(prefers-color-scheme: light)"/>',
  );
  expect(page(folder)).toContain(
    '<meta name="theme-color" content="#101010" media="(prefers-color-scheme: dark)"/>',
  );
  expect(await build({ site: folder })).toMatchObject({ unchanged: true });
});

test.each([
  ['zhu: "red; } body { display: none"', 'config/type', 3],
  ['sans: "a</style><script>"', 'config/type', 3],
  ['zuh: red', 'config/unknown', 3],
  ['dark: { measure: 40rem }', 'config/unknown', 3],
])('a token that is none is refused where it stands: %s', async (line, id, at) => {
  const result = await build({
    site: site({ 'postil.yml': `url: https://example.org/\ntheme:\n  ${line}\n` }),
  });
  expect(result.published).toBe(false);
  expect(result.diagnostics[0]).toMatchObject({ id, line: at });
});

test('the example of docs/themes.md is a site that builds', async () => {
  const docs = readFileSync(join(repository, 'docs/themes.md'), 'utf8');
  const fences = [...docs.matchAll(/^```(tsx?|css|yaml)\n([\s\S]*?)^```$/gm)].map(([, kind, text]) => ({
    kind,
    text: text!,
  }));
  const [tokens] = fences.filter((f) => f.kind === 'yaml');
  const [date] = fences.filter((f) => f.kind === 'tsx');
  const [helper, french] = fences.filter((f) => f.kind === 'ts');
  const [style] = fences.filter((f) => f.kind === 'css');
  const current = (path: string, text: string) => marked(path, text, versionOf(original(path)!));
  const folder = site({
    'postil.yml': `title: T\nurl: https://example.org/\nlang: fr\n${tokens!.text}`,
    'posts/a.md': '---\ntitle: 一篇\ndate: 2021-09-07\nlang: zh-CN\n---\n\n正文。\n\n## 甲\n\n## 乙\n',
    'posts/b.md': '---\ntitle: Un\ndate: 2021-09-08\n---\n\nTexte.\n\n## A\n\n## B\n',
    'templates/parts/date.tsx': current('parts/date.tsx', date!.text),
    'templates/parts/in-chinese.ts': helper!.text,
    'templates/style/motion.css': current('style/motion.css', style!.text),
    'templates/strings/fr.ts': french!.text,
  });
  expect(said(await build({ site: folder }))).toEqual(['theme/strings templates/strings/fr.ts']);
  expect(page(folder)).toContain('<time class="day" datetime="2021-09-07">2021 年 9 月 7 日</time>');
  expect(page(folder)).toContain('目录');
  expect(page(folder, 'posts/b/index.html')).toContain('Sommaire');
  const [, sheet] = /href="\/(assets\/site-[^"]+)"/.exec(page(folder))!;
  expect(page(folder, sheet!)).toContain('.day{letter-spacing:.02em}');
  expect(page(folder, sheet!)).toContain('--title:Georgia, serif');
});

const dated = (text: string, imports: string) =>
  `${imports}\nexport const Day = ({ date }) => <time dateTime={date.iso}>{${text}}</time>;\n`;

test.each<[what: string, files: Record<string, string>, edited: string, text: string]>([
  [
    'a picture of a style’s, in a folder of its own',
    {
      'style/motion.css': '.own { background: url(../img/bg.svg); }\n',
      'img/bg.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="1"/>',
    },
    'img/bg.svg',
    '<svg xmlns="http://www.w3.org/2000/svg" width="2"/>',
  ],
  [
    'data that a template imports',
    {
      'parts/date.tsx': dated('words.one', "import words from './words.json';"),
      'parts/words.json': '{"one":"1"}',
    },
    'parts/words.json',
    '{"one":"2"}',
  ],
  [
    'plain JavaScript',
    { 'parts/date.tsx': dated('w', "import { w } from '../lib/w.js';"), 'lib/w.js': 'export const w = 1;\n' },
    'lib/w.js',
    'export const w = 2;\n',
  ],
  [
    'a template’s file of client/',
    {
      'parts/date.tsx': dated('w', "import { w } from '../client/w.ts';"),
      'client/w.ts': 'export const w = 1;\n',
    },
    'client/w.ts',
    'export const w = 2;\n',
  ],
  [
    'the text of a style',
    {
      'parts/date.tsx': dated('css', "import css from '../style/extra.css?raw';"),
      'style/extra.css': '.a { top: 0 }\n',
    },
    'style/extra.css',
    '.a { top: 1px }\n',
  ],
  [
    'a browser’s file of another folder',
    {
      'client/zoom.ts':
        "import { w } from '../lib/w.ts';\nexport const zoom = () => document.body.append(w);\n",
      'lib/w.ts': "export const w = 'one';\n",
    },
    'lib/w.ts',
    "export const w = 'two';\n",
  ],
  [
    'a file of which a pattern finds more',
    {
      'parts/date.tsx': dated(
        'Object.keys(all).join()',
        "const all = import.meta.glob('../lib/*.js', { eager: true });",
      ),
      'lib/a.js': 'export {};\n',
    },
    'lib/b.js',
    'export {};\n',
  ],
])(
  'a change in templates/ reaches the site, whatever kind of file it is: %s',
  async (_, files, edited, text) => {
    const folder = site(
      Object.fromEntries(Object.entries(files).map(([path, t]) => [`templates/${path}`, t])),
    );
    put(folder, 'posts/a.md', '---\ntitle: A\ndate: 2021-09-07\n---\n');
    expect(await build({ site: folder })).toMatchObject({ published: true });
    const before = snapshot(join(folder, 'dist'));
    put(folder, `templates/${edited}`, text);
    expect(await build({ site: folder })).toMatchObject({ published: true });
    const after = snapshot(join(folder, 'dist'));
    expect(after).not.toEqual(before);
    for (const made of ['dist', '.postil']) rmSync(join(folder, made), { recursive: true });
    await build({ site: folder });
    expect(after).toEqual(snapshot(join(folder, 'dist')));
  },
);

test('templates become the same, whatever the environment says', async () => {
  const files = {
    'templates/parts/date.tsx': dated("[import.meta.env.VITE_HERE, import.meta.env.PROD].join('·')", ''),
    'templates/style/motion.css': '.own { top: 0px }\n',
    'posts/a.md': '---\ntitle: A\ndate: 2021-09-07\n---\n',
  };
  const folders = [site(files), site(files)];
  vi.stubEnv('VITE_HERE', 'here');
  try {
    for (const [i, folder] of folders.entries()) {
      vi.stubEnv('NODE_ENV', ['development', 'production'][i]);
      await build({ site: folder });
    }
  } finally {
    vi.unstubAllEnvs();
  }
  expect(page(folders[0]!)).toContain('>·true</time>');
  const [first, second] = folders.map((folder) => snapshot(join(folder, 'dist')));
  expect(first).toEqual(second);
});

/** A package of the site, as npm lays it; its version is that of its main module. */
const pack = (name: string, main: string, files: Record<string, string>, at = `node_modules/${name}`) => ({
  [`${at}/package.json`]: JSON.stringify({ name, type: 'module', main, version: hash(files[main] ?? '') }),
  ...Object.fromEntries(Object.entries(files).map(([path, text]) => [`${at}/${path}`, text])),
});
const WORDED = `import { word } from 'wording';\n${OWN.replace('"note own"', '{word}')}`;
const word = (text: string) => ({ 'index.js': `export const word = '${text}';\n` });

test('what templates and styles import from packages is noticed when a package is another one', async () => {
  const sheet = '.paint { background: url("./dot.svg"); }\n';
  const folder = site({
    'templates/note.tsx': WORDED,
    'templates/style/motion.css': '@import "paints/day.css";\n.own { color: red; }\n',
    ...pack('wording', 'a.js', {
      'a.js': "export { word } from 'deeper';\n",
      'b.js': "export const word = 'second';\n",
    }),
    ...pack('deeper', 'index.js', word('first')),
    ...pack('paints', 'day.css', { 'day.css': sheet, 'dot.svg': '<svg/>' }),
  });
  await build({ site: folder });
  expect(page(folder)).toContain('<article class="first">');
  expect(await build({ site: folder })).toMatchObject({ unchanged: true, written: 0 });
  const updates: [article: string, files: Record<string, string>][] = [
    ['mended', { 'node_modules/deeper/index.js': "export const word = 'mended';\n" }],
    ['second', pack('wording', 'b.js', {})],
    ['second', { 'node_modules/paints/day.css': `${sheet}.paint { top: 0 }\n` }],
    ['second', { 'node_modules/paints/dot.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>' }],
  ];
  for (const [article, files] of updates) {
    for (const [path, text] of Object.entries(files)) put(folder, path, text);
    expect(await build({ site: folder })).toMatchObject({ published: true, unchanged: false });
    expect(page(folder)).toContain(`<article class="${article}">`);
    const after = snapshot(join(folder, 'dist'));
    for (const made of ['dist', '.postil']) rmSync(join(folder, made), { recursive: true });
    await build({ site: folder });
    expect(after).toEqual(snapshot(join(folder, 'dist')));
    expect(await build({ site: folder })).toMatchObject({ unchanged: true, written: 0 });
  }
}, 60_000);

test('a package is found once it is installed, and where a link to it leads now', async () => {
  const folder = site({
    'templates/note.tsx': WORDED,
    'node_modules/.keep': '',
    ...pack('wording', 'index.js', word('one'), 'kept/wording-1'),
    ...pack('wording', 'index.js', word('two'), 'kept/wording-2'),
  });
  expect(said(await build({ site: folder }))).toContain('theme/error templates/note.tsx:1:23');
  for (const [version, article] of ['one', 'two'].entries()) {
    const link = join(folder, 'node_modules/wording');
    rmSync(link, { force: true });
    symlinkSync(join(folder, `kept/wording-${version + 1}`), link);
    expect(await build({ site: folder })).toMatchObject({ published: true });
    expect(page(folder)).toContain(`<article class="${article}">`);
  }
});
