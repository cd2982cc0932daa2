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
  'src/cache/pack.ts': ['tests/store/store.test.ts', 'tests/store/pack.test.ts'],
  'src/cache/store.ts': ['tests/store/store.test.ts', 'tests/store/pack.test.ts'],
  'src/cache/state.ts': ['tests/store/store.test.ts'],
  'src/cache/memo.ts': ['tests/store/store.test.ts'],
  'src/cache/notes.ts': ['tests/store/store.test.ts'],
  'src/write/writer.ts': ['tests/store/writer.test.ts'],
  'src/write/output-folder.ts': ['tests/store/writer.test.ts', 'tests/faults/output.test.ts'],
  'src/write/lock.ts': ['tests/store/lock.test.ts'],
};
/** A mutant that takes so many times as long as the unbroken file has made a loop without end: its tests do not pass. */
const LONGER = 6;
/** Milliseconds that it has in any case. */
const LEAST_MS = 20_000;
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
  const outcomes = [];
  let wrong;
  while (!wrong && outcomes.length < mutants.length) wrong = await judge(file, tests, mutants, outcomes);
  if (wrong) {
    results.push({ file, wrong });
    process.stdout.write(`${file}: not measured, ${wrong}\n`);
    continue;
  }
  const count = (outcome) => outcomes.filter((o) => o === outcome).length;
  const noticed = mutants.length - count('passed');
  results.push({ file, noticed, all: mutants.length });
  const how = `${count('failed')} by a test, ${count('endless')} by time, ${count('crashed')} by a crash`;
  process.stdout.write(`${file}: ${noticed} of ${mutants.length} noticed (${how})\n`);
  mutants.forEach((m, i) => {
    if (outcomes[i] === 'failed') return;
    const said = outcomes[i] === 'passed' ? 'not noticed' : outcomes[i];
    process.stdout.write(`  ${said}: ${file}:${m.line}  ${m.was}  →  ${m.by}\n`);
  });
}
const measured = results.filter((r) => !r.wrong);
const sum = (key) => measured.reduce((n, r) => n + r[key], 0);
const share = sum('noticed') / sum('all');
process.stdout.write(`${sum('noticed')} of ${sum('all')} noticed: ${(100 * share).toFixed(1)} %\n`);
const less = measured.filter((r) => r.noticed / r.all < ENOUGH);
for (const { file } of less) process.stdout.write(`less than ${100 * ENOUGH} %: ${file}\n`);
process.exitCode = measured.length === results.length && less.length === 0 ? 0 : 1;

/**
 * Tries the mutants that have no outcome yet in one process, until one of them hangs or ends it.
 *
 * @param outcomes are added to
 * @returns why nothing can be tried, if so
 */
function judge(file, tests, mutants, outcomes) {
  return new Promise((resolve) => {
    const child = fork(fileURLToPath(new URL('worker.mjs', import.meta.url)), {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    // Not before the unbroken file has shown how long its tests take on this machine, as busy as it is now.
    let limit;
    let timer;
    let wrong;
    const watch = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        outcomes.push('endless');
        limit = undefined;
        child.kill('SIGKILL');
      }, limit);
    };
    child.send({ file, tests, mutants: mutants.slice(outcomes.length) });
    child.on('message', ({ broken, took, outcome }) => {
      if (child.killed) return;
      if (broken) wrong = `its tests fail without a mutant: ${broken}`;
      if (took) limit = Math.max(LEAST_MS, LONGER * took);
      if (outcome) outcomes.push(outcome);
      if (limit && outcomes.length < mutants.length) return watch();
      clearTimeout(timer);
      limit = undefined;
      child.kill('SIGKILL');
    });
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      if (limit) outcomes.push('crashed');
      else if (outcomes.length < mutants.length && signal !== 'SIGKILL' && !wrong)
        wrong = `the process that tries them ended with ${signal ?? code}`;
      resolve(wrong);
    });
  });
}
