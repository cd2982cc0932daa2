/** Cases 29, 31, 32 and 36 to 38: workers that die, files that change meanwhile, what may not be read, signals. */

import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, folderOf, postil, put, repository } from '../support/folder.ts';
import { logLoads } from '../support/loads.ts';
import { build, makeSite, png, snapshot } from '../support/sites.ts';

const isRoot = process.getuid?.() === 0;
const notes = (
  count: number,
  text = (i: number) => `# N${i}\n\nBody of ${i}, see [[n${(i + 1) % count}]].\n`,
) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`posts/n${i}.md`, text(i)]));
const ids = (stderr: string) =>
  [...stderr.matchAll(/^(?:error|warning)\[([^\]]+)\] (\S+)/gm)].map((m) => `${m[1]} ${m[2]}`);

/** Runs the command line through a shell. */
function shell(
  command: string,
  options: { uid?: number } = {},
): Promise<{ code: number; stderr: string; stdout: string }> {
  return new Promise((resolve) => {
    const child = spawn('bash', ['--norc', '-c', command], {
      ...(options.uid && { uid: options.uid, gid: options.uid }),
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (d) => (stdout += d));
    child.stderr.on('data', (d) => (stderr += d));
    child.on('close', (code) => resolve({ code: code ?? -1, stdout, stderr }));
  });
}
const postilIn = (args: string) => `'${process.execPath}' '${cli}' ${args}`;

describe('case 29: a worker that hangs or dies', () => {
  const faults = {
    'throws something that is no error': ['throw 7;', 'plugin/failed'],
    'ends the process': ['process.exit(7);', 'plugin/failed'],
    'leaves a promise rejected': [
      "Promise.reject(new Error('left')); await new Promise((r) => setTimeout(r, 50));",
      'plugin/failed',
    ],
    'throws later': [
      "setTimeout(() => { throw new Error('later'); }); await new Promise((r) => setTimeout(r, 50));",
      'plugin/failed',
    ],
    'eats memory': ['const all = []; for (;;) all.push(new Array(1e6).fill({}));', 'plugin/failed'],
    'recurses forever': ['const f = () => 1 + f(); f();', 'plugin/failed'],
    'loops forever': ['for (;;);', 'plugin/failed'],
    'matches a catastrophic expression': ["/^(a+)+$/.test('a'.repeat(40) + '!');", 'plugin/failed'],
    'never settles': ['await new Promise(() => {});', 'plugin/failed'],
  } as const;
  it.each(Object.entries(faults))(
    '%s: the note is named, the others are compiled, the last site stays',
    async (_, [fault, id]) => {
      const site = makeSite(notes(6));
      expect(await build({ site })).toMatchObject({ published: true });
      const before = snapshot(join(site, 'dist'));
      put(
        site,
        'fault.mjs',
        `export default () => async (tree, file) => {\n  if (String(file.value).includes('BAD')) { ${fault} }\n};\n`,
      );
      put(site, 'postil.yml', 'title: T\nurl: https://example.org/\nplugins: [./fault.mjs]\n');
      put(site, 'posts/bad.md', '# Bad\n\nBAD\n');
      put(site, 'posts/wrong.md', '---\ndate: never\n---\n');
      const { code, stderr } = await postil(['build', site, '--jobs', '2']);
      expect(ids(stderr)).toEqual([
        expect.stringMatching(new RegExp(`^${id}[a-z-]* posts/bad\\.md`)),
        expect.stringMatching(/^front-matter\/type posts\/wrong\.md/),
      ]);
      expect(code).toBe(1);
      expect(snapshot(join(site, 'dist'))).toEqual(before);
    },
    180_000,
  );
});

describe('case 31: a store that is no use', () => {
  it.each([
    ['a file', (site: string) => put(site, '.postil', 'a file')],
    ['a store that is a file', (site: string) => put(site, '.postil/store', 'a file')],
    ['a state that is a folder', (site: string) => put(site, '.postil/state-00000000.json/x', '')],
    ['a stage that is a file', (site: string) => put(site, '.postil/stage', 'a file')],
  ])('%s in its place: the same site', async (_, spoil) => {
    const site = makeSite(notes(3));
    await build({ site });
    const expected = snapshot(join(site, 'dist'));
    rmSync(join(site, '.postil'), { recursive: true });
    rmSync(join(site, 'dist'), { recursive: true });
    spoil(site);
    const { code, stderr } = await postil(['build', site]);
    expect([
      code,
      stderr.replace(/^\.postil cannot be written; what saves time next time is in \/\S+\n$/, ''),
    ]).toEqual([0, '']);
    expect(snapshot(join(site, 'dist'))).toEqual(expected);
  });
});

describe('case 32: time and races', () => {
  it('a file that changes between scan and read: the build begins again', async () => {
    const site = makeSite({ ...notes(3), 'posts/p.png': png(10, 10), 'posts/z.md': '![](p.png)\n' });
    let changes = 0;
    const result = await build({
      site,
      progress: (stage) => {
        if (stage !== 'compile' || changes > 0) return;
        changes++;
        put(site, 'posts/p.png', png(20, 20));
      },
    });
    expect(result.published).toBe(true);
    const dist = snapshot(join(site, 'dist'));
    rmSync(join(site, '.postil'), { recursive: true });
    rmSync(join(site, 'dist'), { recursive: true });
    await build({ site });
    expect(dist).toEqual(snapshot(join(site, 'dist')));
  });

  it('a file that is gone after the scan, and one that never comes to rest', async () => {
    const site = makeSite({ ...notes(2), 'posts/p.png': png(10, 10), 'posts/z.md': '![](p.png)\n' });
    let gone = false;
    await build({
      site,
      progress: (stage) => {
        if (stage === 'compile' && !gone) {
          gone = true;
          rmSync(join(site, 'posts/p.png'));
        }
      },
    }).then((r) => expect(r.diagnostics.map((d) => d.id)).toEqual(['link/file']));
    let n = 1;
    put(site, 'posts/p.png', png(n, 10));
    const { diagnostics, published } = await build({
      site,
      progress: (stage) => {
        if (stage === 'emit') put(site, 'public/x', String(n++));
        if (stage === 'read') {
          put(site, 'public/x', String(n++));
          setImmediate(() => put(site, 'public/x', String(n++)));
        }
        if (stage === 'compile') put(site, 'public/x', String(n++));
      },
    });
    // Either it was quick enough, or it says so; never a mixture.
    if (!published) expect(diagnostics.map((d) => d.id)).toEqual(['fs/keeps-changing']);
  });

  it.each([
    ['in 1970', 0],
    ['long ago', 1_000_000_000_000],
    ['in the future', 4_000_000_000_000],
  ])('an edit that keeps size and time of the file, %s', async (_, time) => {
    const site = makeSite({ 'posts/a.md': '# One\n' });
    const stamp = () => utimesSync(join(site, 'posts/a.md'), new Date(time), new Date(time));
    stamp();
    await build({ site });
    expect(await build({ site })).toMatchObject({ unchanged: true });
    writeFileSync(join(site, 'posts/a.md'), '# Two\n');
    stamp();
    expect(await build({ site })).toMatchObject({ unchanged: false });
    expect(readFileSync(join(site, 'dist/posts/a/index.html'), 'utf8')).toContain('Two');
    // The way of `git checkout` and of editors that save safely: another file under the old name.
    put(site, 'posts/b', '# Six\n');
    utimesSync(join(site, 'posts/b'), new Date(time), new Date(time));
    renameSync(join(site, 'posts/b'), join(site, 'posts/a.md'));
    expect(await build({ site })).toMatchObject({ unchanged: false });
    expect(readFileSync(join(site, 'dist/posts/a/index.html'), 'utf8')).toContain('Six');
  });
});

describe('case 36: what may not be read, and few open files', () => {
  it('builds with 64 open files at most', async () => {
    const site = makeSite({
      ...notes(60),
      ...Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`public/f${i}`, String(i)])),
    });
    const { code, stderr } = await shell(
      `ulimit -Sn 64; ulimit -Hn 64; exec ${postilIn(`build '${site}' --jobs 2`)}`,
    );
    expect([code, stderr]).toEqual([0, '']);
  });

  it.skipIf(!isRoot)(
    'names a note that may not be read, and goes on to report others (run as another user)',
    async () => {
      const site = makeSite({
        ...notes(3, (i) => `Body of ${i}.\n`),
        'posts/wrong.md': '---\ndate: never\n---\n',
      });
      chmodSync(join(site, 'posts/n1.md'), 0o000);
      mkdirSync(join(site, 'posts/closed'), { mode: 0o000 });
      await shell(`chown -R 65534 '${site}'; chmod 755 '${site}'`);
      const { code, stderr } = await shell(postilIn(`build '${site}'`), { uid: 65534 });
      expect(ids(stderr)).toEqual([
        'fs/unreadable posts/closed',
        'fs/unreadable posts/n1.md',
        expect.stringContaining('front-matter/type'),
      ]);
      expect(code).toBe(4);
      expect(existsSync(join(site, 'dist'))).toBe(false);
      put(site, 'posts/old.md', '---\ndraft: true\ndate: 2015-01-01\n---\n');
      const checked = await shell(postilIn(`check '${site}'`), { uid: 65534 });
      expect(ids(checked.stderr)).toEqual(
        expect.arrayContaining([...ids(stderr), 'note/stale-draft posts/old.md']),
      );
      const made = await shell(postilIn(`new Another --site '${site}'`), { uid: 65534 });
      expect([made.code, made.stdout]).toEqual([0, 'made  posts/another.md\n']);
      chmodSync(join(site, 'posts/closed'), 0o700);
    },
  );
});

describe('case 37: a site that nobody may write to', () => {
  it.skipIf(!isRoot)('a site that may only be read is built elsewhere (run as another user)', async () => {
    const site = makeSite(notes(3));
    const out = join(folderOf(), 'out');
    mkdirSync(out);
    await shell(`chmod -R a+rX '${site}' '${join(out, '..')}'; chown -R 65534 '${join(out, '..')}'`);
    const before = snapshot(site);
    const { code, stderr } = await shell(postilIn(`build '${site}' --out '${out}'`), { uid: 65534 });
    expect(stderr).toMatch(/^\.postil cannot be written; what saves time next time is in \/\S+\n$/);
    expect(code).toBe(0);
    expect(existsSync(join(out, 'index.html'))).toBe(true);
    expect(snapshot(site)).toEqual(before);
    const again = await shell(postilIn(`build '${site}' --out '${out}'`), { uid: 65534 });
    expect(again.stdout).toContain('nothing changed');
    const elsewhere = /is in (\/\S+)\n/.exec(stderr)![1]!;
    expect(statSync(elsewhere).mode & 0o077).toBe(0);
    rmSync(elsewhere, { recursive: true });
  });
});

describe('case 38: signals and closed ends', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)(
    '%s: ends with %i, no litter, the last site as it was',
    async (signal, expected) => {
      const site = makeSite(notes(4));
      await build({ site });
      const before = snapshot(join(site, 'dist'));
      // A note that takes as long as a note may: the signal comes while a worker is at it.
      put(site, 'fault.mjs', 'export default () => () => { for (;;); };\n');
      put(site, 'postil.yml', 'title: T\nplugins: [./fault.mjs]\n');
      const child = spawn(process.execPath, [cli, 'build', site, '--quiet']);
      let stderr = '';
      child.stderr.on('data', (d) => (stderr += d));
      const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
      while (!existsSync(join(site, '.postil/plugins/record.json')))
        await new Promise((r) => setTimeout(r, 20));
      child.kill(signal);
      expect([await ended, stderr]).toEqual([expected, '']);
      expect(snapshot(join(site, 'dist'))).toEqual(before);
      expect(readdirSync(join(site, '.postil')).sort()).toEqual([
        'plugins',
        expect.stringMatching(/^state-/),
        'store',
      ]);
      expect(readdirSync(join(site, '.postil/store')).filter((n) => n.startsWith('.'))).toEqual([]);
    },
    120_000,
  );

  it('an output that nobody reads is no fault', async () => {
    const site = makeSite(notes(40, (i) => `[[nothing ${i}]]\n`));
    const { code, stderr } = await shell(
      `set -o pipefail; ${postilIn(`build '${site}' --json`)} | head -1 >/dev/null; ${postilIn(`build '${site}'`)} >&- 2>&-`,
    );
    expect([code, stderr]).toEqual([0, '']);
  });
});

describe('a build in which nothing changed', () => {
  it('loads no unified, KaTeX, Shiki, Preact, Vite or worker', async () => {
    const site = makeSite({
      ...notes(3),
      'posts/m.md': '$x$\n\n```js\n1\n```\n\n[@k]\n',
      'posts/papers.bib': '@misc{k, title={K}}',
    });
    await build({ site });
    const loads = logLoads();
    const loaded = async (...flags: string[]) => {
      const { code, stdout } = await postil(['build', site, ...flags], loads);
      expect(code).toBe(0);
      const names = loads.loaded().map((url) => url.replace(/^.*\/bundle\//, ''));
      return { stdout, names };
    };
    const unchanged = await loaded();
    expect(unchanged.stdout).toContain('nothing changed');
    expect(unchanged.names).toContain('cli.js');
    const text = unchanged.names
      .map((n) => join(repository, 'bundle', n))
      .filter(existsSync)
      .map((p) => readFileSync(p, 'utf8'))
      .join('');
    for (const mark of ['katex-html', 'renderToStaticMarkup', 'hast-util', 'mdast', 'shiki', 'micromark'])
      expect([mark, text.includes(mark)]).toEqual([mark, false]);
    expect(
      unchanged.names.filter((n) =>
        /^(?:site|compile|shared|yaml|theme|thread|bibtex|measure)-|^worker/.test(n),
      ),
    ).toEqual([]);
    expect(unchanged.names.filter((n) => n.includes('/node_modules/'))).toEqual([]);
    put(site, 'posts/n0.md', 'Edited.\n');
    const edited = await loaded();
    for (const name of ['site', 'compile', 'worker'])
      expect(edited.names.filter((n) => n.startsWith(name)).length, name).toBeGreaterThan(0);
    // The compiler is for threads: of a first build, which reads postil.yml too, one thread loads it, once.
    rmSync(join(site, '.postil'), { recursive: true });
    const first = await loaded('--jobs', '1');
    expect(first.names.filter((n) => n.startsWith('compile-')).length).toBe(1);
    expect(first.names.filter((n) => n.startsWith('config-')).length).toBe(1);
  }, 120_000);
});
