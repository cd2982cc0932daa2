/** What the package says it runs on, it runs on: without a word that is not ours, and with the same bytes. */

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { cli, folderOf, put, readFolder } from '../support/folder.ts';

const run = promisify(execFile);
const notes = Object.fromEntries(
  Array.from({ length: 120 }, (_, i) => [
    `posts/n${i}.md`,
    `# 笔记 ${i}\n\n见 [[笔记 ${(i * 7) % 120}]]，$x_${i}$。\n`,
  ]),
);

/** Builds a site, and once more after an edit. */
async function builtWith(node: string): Promise<Map<string, Buffer>> {
  // Files of the search index are named by what made them, of which Node's Unicode data is a part.
  const site = folderOf({ 'postil.yml': 'title: T\nsearch: false\n', ...notes });
  for (const text of [notes['posts/n3.md']!, '# 笔记 3\n\n改。\n']) {
    put(site, 'posts/n3.md', text);
    expect(await run(node, [cli, 'build', site, '--quiet'])).toEqual({ stdout: '', stderr: '' });
  }
  return readFolder(join(site, 'dist'));
}

// They come from the registry.
describe.skipIf(!process.env.POSTIL_LONG || process.platform === 'win32')('other versions of Node', () => {
  test.each(['22', '24'])(
    'Node %s',
    async (major) => {
      const folder = folderOf();
      const name = `node-${process.platform}-${process.arch}`;
      await run('npm', ['install', '--prefix', folder, '--no-audit', '--no-fund', `${name}@${major}`]);
      const node = join(folder, 'node_modules', name, 'bin/node');
      expect((await run(node, ['--version'])).stdout).toMatch(new RegExp(`^v${major}\\.`));
      expect(await builtWith(node)).toEqual(await builtWith(process.execPath));
    },
    120_000,
  );
});
