/** One pool for all builds of a process. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { build } from '../src/build.ts';
import { closePool } from '../src/threads/pool.ts';
import { folderOf } from './support/folder.ts';
import { snapshot } from './support/snapshot.ts';

afterAll(closePool);

/** A site of notes each of which is worth a thread, but for a short one. */
const siteOf = (count: number) =>
  folderOf({
    'postil.yml': 'url: https://example.org/\n',
    'posts/short.md': '# Short\n',
    ...Object.fromEntries(
      Array.from({ length: count }, (_, i) => [
        `posts/n${i}.md`,
        `# N${i}\n\n${'集合预测。'.repeat(12_000)}\n`,
      ]),
    ),
  });

test('two builds at once, the second of which wants more threads', async () => {
  const [few, many] = [siteOf(2), siteOf(4)];
  let second: ReturnType<typeof build> | undefined;
  // A note is compiled, and others are being.
  const progress = (stage: string, done: number) => {
    if (stage === 'compile' && done > 0) second ??= build({ site: many, jobs: 4 });
  };
  const built = [await build({ site: few, jobs: 1, progress }), await second];
  for (const result of built) expect(result).toMatchObject({ published: true, diagnostics: [] });
  await Promise.all([build({ site: siteOf(1), jobs: 1 }), build({ site: siteOf(2), jobs: 3 })]);
  await closePool();
  for (const [site, count] of [
    [few, 2],
    [many, 4],
  ] as const) {
    const alone = siteOf(count);
    await build({ site: alone, jobs: 1 });
    expect(snapshot(join(site, 'dist'))).toEqual(snapshot(join(alone, 'dist')));
  }
});

test('a folder that is not there is no site', async () => {
  const site = join(folderOf(), 'none');
  await expect(build({ site })).rejects.toThrow(`cannot read ${site}: it does not exist`);
  expect(existsSync(site)).toBe(false);
});
