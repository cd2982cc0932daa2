import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { shellWord } from '../../src/commands/shell-word.ts';

const CLI = new URL('../../bundle/cli.js', import.meta.url).pathname;
const postil = (cwd: string, ...args: string[]) =>
  spawnSync(process.execPath, [CLI, ...args], { cwd, encoding: 'utf8' });
const empty = () => mkdtempSync(join(tmpdir(), 'postil-init-'));

test('a new site builds without a warning, and a second init keeps what is there', () => {
  const folder = empty();
  expect(postil(folder, 'init', 'notes').status).toBe(0);
  const site = join(folder, 'notes');
  const built = postil(site, 'build', '--strict');
  expect(built.stderr).toBe('');
  expect(built.status).toBe(0);
  writeFileSync(join(site, 'posts/first.md'), '# Mine\n\nText\n');
  const again = postil(folder, 'init', 'notes');
  expect(again.stdout).toContain('kept  posts/first.md');
  expect(readFileSync(join(site, 'posts/first.md'), 'utf8')).toBe('# Mine\n\nText\n');
});

test.each([
  'my notes',
  'it\'s "mine"',
  '$HOME `id` $(id)',
  '笔记',
  '笔 记',
  '-n',
  '~',
  'a\\b',
  '!x*?[y]',
  'a;b&c|d>(e)#{f,g}',
])('what to type next can be pasted into a shell: %s', (name) => {
  const folder = empty();
  const { stdout } = postil(folder, 'init', '--', name);
  const [, next] = /^Next: (.*) && npm install && npx postil build && npx postil preview$/m.exec(stdout)!;
  const shell = spawnSync('bash', ['-c', `${next} && pwd && ls postil.yml`], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(shell.stdout).toBe(`${join(folder, name)}\npostil.yml\n`);
  expect(JSON.parse(readFileSync(join(folder, name, 'package.json'), 'utf8')).name).toMatch(
    /^[a-z0-9][\w.-]*$/,
  );
});

test('a folder with Chinese in its name needs no quotation marks, one with blanks those of its system', () => {
  expect(['笔记/a', 'a b', "it's"].map((path) => shellWord(path, 'linux'))).toEqual([
    '笔记/a',
    "'a b'",
    "'it'\\''s'",
  ]);
  expect(['C:\\my notes', 'a b'].map((path) => shellWord(path, 'win32'))).toEqual([
    '"C:\\my notes"',
    '"a b"',
  ]);
});

test('takes its address from a remote on GitHub, and Postil from a tarball', () => {
  const site = empty();
  execFileSync('git', ['init', '--quiet'], { cwd: site });
  execFileSync('git', ['remote', 'add', 'origin', 'git@github.com:Reader/Notes.git'], { cwd: site });
  writeFileSync(join(site, 'postil-9.9.9.tgz'), '');
  expect(postil(site, 'init', '--from', 'postil-9.9.9.tgz').status).toBe(0);
  expect(readFileSync(join(site, 'postil.yml'), 'utf8')).toContain('url: https://reader.github.io/Notes/');
  const { dependencies } = JSON.parse(readFileSync(join(site, 'package.json'), 'utf8'));
  expect(dependencies.postil).toBe('file:postil-9.9.9.tgz');
});

test('takes a tarball along that lies elsewhere: a workflow has the site only', () => {
  const site = empty();
  const tarball = join(empty(), 'postil-9.9.9.tgz');
  writeFileSync(tarball, 'bytes');
  expect(postil(site, 'init', '--from', tarball).stdout).toContain('made  postil-9.9.9.tgz');
  expect(readFileSync(join(site, 'postil-9.9.9.tgz'), 'utf8')).toBe('bytes');
  const { dependencies } = JSON.parse(readFileSync(join(site, 'package.json'), 'utf8'));
  expect(dependencies.postil).toBe('file:postil-9.9.9.tgz');
});

test('a tarball that is not there is an error, with which nothing is made', () => {
  const site = empty();
  for (const from of ['nope.tgz', './nope', '/nope/postil.tar.gz']) {
    const { status, stderr } = postil(site, 'init', '--from', from);
    expect([status, stderr]).toEqual([2, expect.stringContaining(`there is no file “${from}”`)]);
  }
  expect(readdirSync(site)).toEqual([]);
  for (const from of ['~0.1.0', 'github:me/postil', 'https://example.org/postil.tgz'])
    expect(postil(empty(), 'init', '--from', from).status).toBe(0);
});

test.each([
  ['one machine', []],
  ['several machines', ['--shards', '4']],
])('the workflow for %s has pinned actions, least privilege and no expression in a shell line', (_, args) => {
  const site = empty();
  postil(site, 'init', ...args);
  const workflow = parse(readFileSync(join(site, '.github/workflows/pages.yml'), 'utf8'));
  expect(workflow.permissions).toEqual({});
  expect(workflow.on).not.toHaveProperty('pull_request_target');
  expect(workflow.jobs.build.permissions).toEqual({ contents: 'read', pages: 'read' });
  expect(workflow.jobs.deploy.permissions).toEqual({ pages: 'write', 'id-token': 'write' });
  for (const job of Object.values<{ steps: { uses?: string; run?: string }[]; needs?: string }>(
    workflow.jobs,
  )) {
    if (job.needs) expect(workflow.jobs).toHaveProperty(job.needs);
    for (const { uses, run } of job.steps) {
      expect(Boolean(uses) !== Boolean(run)).toBe(true);
      if (uses) expect(uses).toMatch(/^actions\/[\w-]+@[0-9a-f]{40}$/);
      if (run) expect(run).not.toContain('${{');
    }
  }
});

test.each([
  ['one machine', [], { build: 'postil-store-' }],
  [
    'several machines',
    ['--shards', '4'],
    { compile: `postil-part-\${{ matrix.part }}-`, build: 'postil-store-' },
  ],
])(
  'the workflow for %s starts with what the last run compiled, and uploads .well-known',
  (_, args, caches) => {
    const site = empty();
    postil(site, 'init', ...args);
    const { jobs } = parse(readFileSync(join(site, '.github/workflows/pages.yml'), 'utf8'));
    for (const [job, key] of Object.entries(caches)) {
      const steps: { uses?: string; run?: string; with?: object }[] = jobs[job].steps;
      const cache = steps.findIndex((s) => s.uses?.startsWith('actions/cache@'));
      expect(steps[cache]!.with).toEqual({
        path: '.postil/store',
        key: `${key}\${{ github.run_id }}`,
        'restore-keys': key,
      });
      // Checking out empties the folder.
      expect(cache).toBeGreaterThan(steps.findIndex((s) => s.uses?.startsWith('actions/checkout@')));
      expect(cache).toBeLessThan(steps.findIndex((s) => s.run?.includes('postil build')));
    }
    const upload = jobs.build.steps.find((s: { uses?: string }) =>
      s.uses?.startsWith('actions/upload-pages-artifact@'),
    );
    expect(upload.with).toEqual({ path: 'dist', 'include-hidden-files': true });
  },
);

test('with --shards, each machine compiles one part and the build starts with all of them', () => {
  const site = empty();
  postil(site, 'init', '--shards', '4');
  const { compile, build } = parse(readFileSync(join(site, '.github/workflows/pages.yml'), 'utf8')).jobs;
  expect(compile.strategy.matrix.part).toEqual([1, 2, 3, 4]);
  expect(compile.steps.map((s: { run?: string }) => s.run).filter(Boolean)).toEqual([
    'npm ci --no-audit --no-fund',
    'npx postil build --shard "$PART"',
  ]);
  expect(build.needs).toBe('compile');
  const steps = build.steps.map((s: { uses?: string; run?: string }) => s.run ?? s.uses!.split('@')[0]);
  expect(steps.indexOf('actions/download-artifact')).toBeLessThan(
    steps.findIndex((s: string) => s.includes('postil build')),
  );
  // Checking out empties the folder: the stores come after it.
  expect(steps.indexOf('actions/download-artifact')).toBeGreaterThan(steps.indexOf('actions/checkout'));
});

test('editors get a schema that knows every field', () => {
  const site = empty();
  postil(site, 'init');
  const schema = (name: string) =>
    JSON.parse(readFileSync(join(site, `.vscode/${name}.schema.json`), 'utf8'));
  expect(schema('postil').properties.lang).toMatchObject({ type: 'string' });
  expect(schema('postil').properties.publish.enum).toEqual(['all', 'explicit']);
  expect(schema('postil').additionalProperties).toBe(false);
  expect(schema('front-matter').properties).toHaveProperty('lastmod');
});
