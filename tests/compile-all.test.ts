/** Notes in threads that end. */

import { expect, test, vi } from 'vitest';
import { type Batch, compileBatch, type Outcome } from '../src/compile/batch.ts';
import type { NotePath } from '../src/paths.ts';
import { compileAll } from '../src/threads/compile-all.ts';

const workers = {
  run: vi.fn<(batch: Batch, options: { name?: string }) => Promise<Outcome[] | undefined>>(),
};
vi.mock('../src/threads/pool.ts', async (original) => ({
  ...(await original<typeof import('../src/threads/pool.ts')>()),
  poolOf: () => ({ threads: 1, workers: Promise.resolve(workers), users: 0 }),
}));

const sources = ['a', 'b'].map((name) => ({
  path: `${name}.md` as NotePath,
  text: `# ${name}\n`,
  hash: name,
}));

async function compiled(): Promise<string[]> {
  const options = { macros: {}, lang: 'en', dialects: [] };
  const how = { jobs: 1, signal: undefined, drawings: () => ({}), build: 0 };
  const paths: string[] = [];
  for await (const { source, result } of compileAll(sources, options, how))
    paths.push('failed' in result ? `${source.path}: ${result.failed.message}` : source.path);
  return paths;
}

test('notes given to a thread that was being ended for another task are given to the next', async () => {
  workers.run.mockReset();
  workers.run.mockRejectedValueOnce(new Error('Terminating worker thread')).mockImplementation(compileBatch);
  expect((await compiled()).sort()).toEqual(['a.md', 'b.md']);
  // Each note is a batch of its own here, and one of them was given twice.
  expect(workers.run).toHaveBeenCalledTimes(3);
});

test('threads that never begin with a note end the build', async () => {
  workers.run.mockReset();
  workers.run.mockRejectedValue(new Error('no such file: worker.js'));
  await expect(compiled()).rejects.toThrow('no such file: worker.js');
});
