/** Hands that slip on the command line: each is told what was wrong and what is right, with the exit code of its kind. */

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aliases, commands } from '../src/commands/commands.ts';
import { lock } from '../src/write/lock.ts';
import { postilIn } from './support/command.ts';
import { cli, folderOf } from './support/folder.ts';

const SITE = {
  'postil.yml': 'url: https://example.org/\n',
  'posts/a.md': '# A\n\n见 [[b]]。\n',
  'posts/b.md': '# B\n',
  'posts/d.md': '---\ndraft: true\n---\n',
};

/** Nothing of these is done; the folder has Chinese letters and blanks in its name. */
const SLIPS: [line: string, code: number, said: RegExp][] = [
  ['buld', 2, /^error\[usage\] unknown command “buld”; did you mean “build”\?$/m],
  ['--nope', 2, /unknown command “--nope”/],
  ['build --strct', 2, /unknown option --strct; did you mean --strict\?\n {2}hint: postil build --help$/m],
  ['build a b', 2, /“b” is one argument too many/],
  ['build nowhere', 2, /nowhere” is not there/],
  ['build posts', 2, /posts” is no site: it has no posts\/ folder; “postil init” makes one/],
  ['build posts/a.md', 2, /a\.md” is a file; name the folder of a site/],
  ['clean posts/a.md/x', 2, /is not there/],
  ['build --out', 2, /--out needs a value: --out DIR/],
  ['build --out --strict', 2, /--out needs a value: --out DIR; if it begins with “-”, --out=DIR$/m],
  ['dev --port -1', 2, /--port needs a value: --port N; if it begins with “-”, --port=N$/m],
  ['dev -p -1', 2, /--port needs a value: --port N; if it begins with “-”, --port=N$/m],
  ['dev --port=-1', 2, /--port must be a whole number from 0 on, not “-1”/],
  ['build --strict=yes', 2, /--strict takes no value/],
  ['build --jobs 0', 2, /--jobs must be a whole number from 1 on, not “0”/],
  ['dev --port 99999', 2, /--port must be at most 65535, not “99999”/],
  ['preview', 2, /there is no built site in “dist”; run “postil build” first/],
  ['init posts/a.md', 2, /“posts\/a\.md” is a file, not a folder/],
  ['check --format xml', 2, /--format is one of text, json, sarif, not “xml”/],
  ['new', 2, /say what the note is about/],
  ['new https://example.org/x', 2, /is no address of arXiv/],
  ['import hexo posts', 2, /“posts” has no source\/ folder: it is no hexo site/],
  ['import zotero posts', 2, /“posts” is no file/],
  ['theme eject notes.tsx', 2, /Postil has no template “notes\.tsx”; did you mean “note\.tsx”\?/],
  ['export a --out posts', 2, /“posts” is a folder; name a file/],
  ['export c', 2, /there is no note “c”/],
  ['export posts/d.md', 2, /“posts\/d\.md” is not published: a draft has no page to write/],
  ['preview --base ../x', 2, /--base must be a path such as \/notes\/, not “\.\.\/x”/],
  ['explain link/mising', 2, /did you mean “link\/missing”\?/],
  ['completion tcsh', 2, /name a shell: bash, zsh, fish/],
  ['deploy', 4, /笔 记 is no git repository: make one with “git init”/],
];

test('every slip is told, and its exit code says of what kind it is', { timeout: 180_000 }, async () => {
  const site = join(
    folderOf(Object.fromEntries(Object.entries(SITE).map(([p, t]) => [`笔 记/${p}`, t]))),
    '笔 记',
  );
  for (const [line, code, said] of SLIPS) {
    const ran = await postilIn(site, line.split(' '));
    expect(ran.stderr, line).toMatch(said);
    expect(ran.code, `${line}\n${ran.all}`).toBe(code);
  }
});

test.skipIf(!existsSync('/dev/full'))(
  'what cannot be said ends with 4; a reader that goes away does not',
  () => {
    const site = folderOf(SITE);
    const ran = (line: string) =>
      spawnSync('sh', ['-c', `"$0" "$1" ${line}`, process.execPath, cli], { cwd: site });
    for (const line of ['explain', 'check --json', '--version'])
      expect([line, ran(`${line} > /dev/full`).status]).toEqual([line, 4]);
    expect(ran('check 2> /dev/full').status).toBe(4);
    const { status, stderr } = spawnSync('bash', [
      '-o',
      'pipefail',
      '-c',
      '"$0" "$1" explain | true',
      process.execPath,
      cli,
    ]);
    expect([status, String(stderr)]).toEqual([0, '']);
  },
);

test('doctor sees what a build refuses', async () => {
  const site = folderOf({ 'notes/a.md': '# A\n' });
  symlinkSync('notes', join(site, 'posts'));
  const { code, stdout } = await postilIn(site, ['doctor']);
  expect([code, stdout]).toEqual([1, expect.stringMatching(/^BAD {2}posts .*symbolic link/m)]);
});

test('doctor and a build say what public/CNAME must hold', async () => {
  const site = folderOf({ ...SITE, 'public/CNAME': 'https://notes.example.org/\n' });
  const message = /error\[config\/cname\] public\/CNAME:1:1 .*write “notes\.example\.org” in it/s;
  const doctor = await postilIn(site, ['doctor']);
  expect([doctor.code, doctor.stdout]).toEqual([1, expect.stringMatching(/^BAD {2}configuration/m)]);
  expect(doctor.stdout).toMatch(message);
  expect(await postilIn(site, ['build'])).toMatchObject({ code: 2, stderr: expect.stringMatching(message) });
  expect(existsSync(join(site, 'dist'))).toBe(false);
});

test('clean takes away a .postil that leads nowhere', async () => {
  const site = folderOf(SITE);
  symlinkSync('nowhere', join(site, '.postil'));
  expect((await postilIn(site, ['clean'])).code).toBe(0);
  expect(readdirSync(site).sort()).toEqual(['postil.yml', 'posts']);
});

test('clean waits for a build', async () => {
  const site = folderOf(SITE);
  await postilIn(site, ['build', '--quiet']);
  const unlock = await lock(join(site, '.postil'), { patience: 0 });
  let waited = false;
  const cleaning = postilIn(site, ['clean']).finally(() => expect(waited).toBe(true));
  await new Promise((done) => setTimeout(done, 300));
  waited = true;
  expect(existsSync(join(site, 'dist/index.html'))).toBe(true);
  unlock();
  const { code, stdout, stderr } = await cleaning;
  expect([code, stdout, stderr]).toEqual([
    0,
    expect.stringMatching(/^\d+ files removed, and the store\n$/),
    expect.stringContaining('waiting for another build'),
  ]);
  expect(readdirSync(site).sort()).toEqual(['postil.yml', 'posts']);
});

test('a command that is called by another name says so, and no other does', async () => {
  for (const [name, load] of Object.entries(commands)) {
    const { command } = await load();
    const called = Object.keys(aliases).filter((alias) => aliases[alias] === name);
    expect([command.name, [...(command.aliases ?? [])].sort()]).toEqual([name, called.sort()]);
  }
  for (const name of Object.values(aliases)) expect(Object.keys(commands)).toContain(name);
});

test('help of a command is the same however it is asked for', async () => {
  const said: string[] = [];
  for (const args of [
    ['help', 'build'],
    ['build', '--help'],
    ['g', '-h'],
  ])
    said.push((await postilIn('.', args)).stdout);
  const [first, ...others] = said;
  expect(first).toContain('postil build [site] (also b, g, generate)');
  for (const other of others) expect(other).toBe(first);
});

test('a port that is taken ends both servers, with words', async () => {
  const site = folderOf(SITE);
  await postilIn(site, ['build', '--quiet']);
  const other = createServer();
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  const address = other.address();
  const port = String(typeof address === 'object' && address ? address.port : 0);
  for (const name of ['dev', 'preview']) {
    const { code, stderr } = await postilIn(site, [name, '--port', port]);
    expect([code, stderr]).toEqual([
      4,
      `error[environment] port ${port} is in use: end what uses it, or name another with --port\n`,
    ]);
  }
  other.close();
});

test('pages are counted though nobody watches the progress', async () => {
  const site = folderOf(SITE);
  const first = await postilIn(site, ['build']);
  const [, pages] = /, (\d+) pages in /.exec(first.stdout)!;
  await postilIn(site, ['clean']);
  await postilIn(site, ['build', '--quiet']);
  expect((await postilIn(site, ['build'])).stdout).toMatch(
    new RegExp(`, ${pages} pages in .*nothing changed`),
  );
});
