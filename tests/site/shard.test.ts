import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { build } from '../../src/build.ts';
import type { NotePath } from '../../src/paths.ts';
import { compileShard, isIn, parseShard } from '../../src/shard.ts';
import { note, slugOf } from '../bench/corpus.ts';

const folder = mkdtempSync(join(tmpdir(), 'postil-shard-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const NOTES = 24;
const PARTS = 4;

function site(name: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, 'posts'), { recursive: true });
  writeFileSync(join(path, 'postil.yml'), 'title: Parts\nurl: https://example.org/\n');
  for (let i = 0; i < NOTES; i++)
    writeFileSync(
      join(path, 'posts', `${slugOf(i)}.md`),
      note(i, NOTES, (title) => `[[${title}]]`),
    );
  return path;
}

/** Every file of a folder, by path. */
function files(root: string): Record<string, string> {
  const entries = readdirSync(root, { recursive: true, withFileTypes: true }).filter((e) => e.isFile());
  const paths = entries.map((e) => join(e.parentPath, e.name)).sort();
  return Object.fromEntries(paths.map((p) => [p.slice(root.length + 1), readFileSync(p, 'latin1')]));
}

test('parts compiled on four machines and laid together give the bytes of one build, and nothing is compiled again', async () => {
  const whole = site('whole');
  await build({ site: whole });

  const joined = site('joined');
  mkdirSync(join(joined, '.postil', 'store'), { recursive: true });
  let compiled = 0;
  for (let part = 1; part <= PARTS; part++) {
    const machine = site(`machine-${part}`);
    const done = await compileShard({ part, of: PARTS }, { site: machine });
    expect(done.diagnostics).toEqual([]);
    expect(done.notes).toBeLessThan(NOTES);
    compiled += done.notes;
    cpSync(done.store, join(joined, '.postil', 'store'), { recursive: true });
  }
  expect(compiled).toBe(NOTES);

  let again = 0;
  const result = await build({
    site: joined,
    progress: (stage) => {
      if (stage === 'compile') again++;
    },
  });
  expect(result.published).toBe(true);
  expect(again).toBe(0);
  expect(files(join(joined, 'dist'))).toEqual(files(join(whole, 'dist')));
});

test('every note is in one part, whatever other notes there are', () => {
  for (let i = 0; i < 200; i++) {
    const path = `${slugOf(i)}.md` as NotePath;
    expect([1, 2, 3].filter((part) => isIn({ part, of: 3 }, path))).toHaveLength(1);
  }
});

test('a part is written I/N', () => {
  expect(parseShard('3/8')).toEqual({ part: 3, of: 8 });
  for (const wrong of ['0/4', '5/4', '1', '1/0', 'a/b', '1/4x', ''])
    expect(parseShard(wrong)).toBeUndefined();
});
