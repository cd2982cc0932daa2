/**
 * `npm run test:mutation [-- FILE] [-- --sample N]`: breaks the files on which most depends, one small way at a
 * time, and counts how often their tests notice. Writes what no test noticed, so that it can be judged.
 *
 * With `--sample N` every Nth mutant is tried.
 */

import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { mutantsOf } from './mutants.mjs';

/** The files, each with the tests that concern it. */
const FILES = {
  'src/paths.ts': ['tests/paths.test.ts'],
  'src/emit/escape.ts': ['tests/emit/escape.test.ts'],
  'src/cache/pack.ts': ['tests/store/store.test.ts'],
  'src/cache/store.ts': ['tests/store/store.test.ts'],
  'src/cache/state.ts': ['tests/store/store.test.ts'],
  'src/cache/memo.ts': ['tests/store/store.test.ts'],
  'src/cache/notes.ts': ['tests/store/store.test.ts'],
  'src/write/writer.ts': ['tests/store/writer.test.ts'],
  'src/write/output-folder.ts': ['tests/store/writer.test.ts', 'tests/faults/output.test.ts'],
  'src/write/lock.ts': ['tests/store/lock.test.ts'],
};
/** A mutant that runs longer has made a loop without end: its test does not pass. */
const LIMIT_MS = 90_000;
const ENOUGH = 0.8;

const args = process.argv.slice(2);
const at = args.indexOf('--sample');
const step = at === -1 ? 1 : Number(args.splice(at, 2)[1]);
const root = fileURLToPath(new URL('../../', import.meta.url));

const results = [];
for (const [file, tests] of Object.entries(FILES)) {
  if (args.length > 0 && !args.some((a) => file.includes(a))) continue;
  const text = readFileSync(root + file, 'utf8');
  const mutants = mutantsOf(text).filter((_, i) => i % step === 0);
  const outcomes = await judge(file, tests, mutants);
  const noticed = outcomes.filter((o) => o !== 'passed').length;
  results.push({ file, noticed, all: mutants.length });
  process.stdout.write(`${file}: ${noticed} of ${mutants.length} noticed\n`);
  mutants.forEach((m, i) => {
    if (outcomes[i] === 'passed')
      process.stdout.write(`  not noticed: ${file}:${m.line}  ${m.was}  →  ${m.by}\n`);
  });
}
const sum = (key) => results.reduce((n, r) => n + r[key], 0);
const share = sum('noticed') / sum('all');
process.stdout.write(`${sum('noticed')} of ${sum('all')} noticed: ${(100 * share).toFixed(1)} %\n`);
process.exitCode = share >= ENOUGH ? 0 : 1;

/** Tries each mutant in a process that is replaced when one hangs. */
async function judge(file, tests, mutants) {
  const outcomes = [];
  while (outcomes.length < mutants.length) {
    const from = outcomes.length;
    await new Promise((resolve) => {
      const child = fork(fileURLToPath(new URL('worker.mjs', import.meta.url)), {
        cwd: root,
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      let timer;
      const watch = (limit) => {
        clearTimeout(timer);
        timer = setTimeout(() => {
          outcomes.push('endless');
          child.kill('SIGKILL');
        }, limit);
      };
      child.send({ file, tests, mutants: mutants.slice(from) });
      watch(4 * LIMIT_MS);
      child.on('message', (outcome) => {
        if (outcome === 'broken') throw new Error(`${tests} fails without a mutant`);
        outcomes.push(outcome);
        if (outcomes.length === mutants.length) {
          clearTimeout(timer);
          child.kill('SIGKILL');
        } else watch(LIMIT_MS);
      });
      child.on('exit', () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
  return outcomes;
}
