/** Runs the tests of one file again and again, each time with another mutant in its place. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createVitest } from 'vitest/node';

process.once('message', async ({ file, tests, mutants }) => {
  const path = join(process.cwd(), file);
  const original = readFileSync(path, 'utf8');
  let text = original;
  const vitest = await createVitest(
    'test',
    {
      config: false,
      root: process.cwd(),
      include: tests,
      watch: false,
      pool: 'threads',
      maxWorkers: 1,
      bail: 1,
      testTimeout: 60_000,
      reporters: [{}],
    },
    {
      resolve: { alias: (await import('../../vite.config.ts').catch(() => ({}))).aliases },
      plugins: [
        {
          name: 'mutant',
          enforce: 'pre',
          load: (id) => (id === path ? text : undefined),
        },
      ],
    },
  );
  const began = performance.now();
  await vitest.start();
  const passed = () =>
    vitest.state.getCountOfFailedTests() === 0 &&
    vitest.state.getUnhandledErrors().length === 0 &&
    vitest.state.getFiles().every((f) => f.result?.state === 'pass');
  if (!passed()) {
    const tried = vitest.state
      .getFiles()
      .flatMap((f) => [f, ...f.tasks.flatMap((t) => [t, ...(t.tasks ?? [])])]);
    const said = tried.flatMap(({ name, result }) =>
      (result?.errors ?? []).map((e) => `${name}: ${e.message}`),
    );
    const errors = vitest.state.getUnhandledErrors().map((e) => e?.stack ?? String(e));
    process.send({ broken: [...said, ...errors].join('\n') || 'no test was run' });
    return;
  }
  process.send({ took: performance.now() - began });
  const specifications = await vitest.globTestSpecifications();
  for (const { start, end, by } of mutants) {
    text = original.slice(0, start) + by + original.slice(end);
    vitest.invalidateFile(path);
    vitest.state.clearErrors();
    await vitest.rerunTestSpecifications(specifications);
    process.send({ outcome: passed() ? 'passed' : 'failed' });
  }
});
