/** `npm run test:faults`: a table of the 42 cases of the fault model, by the numbers in the names of tests. */

import type { Reporter, TestCase, TestModule } from 'vitest/node';

const CASES = [
  'front matter in another language',
  'YAML syntax',
  'duplicate and unknown keys',
  'YAML bombs',
  'control characters',
  'types of values',
  'names of Object.prototype',
  'front matter of other shapes',
  'bytes and line ends',
  'Unicode forms',
  'names hostile to Windows',
  'symbolic links',
  'traversal',
  'duplicate output',
  'dangerous output folders',
  'active addresses',
  'raw HTML',
  'escaping in every sink',
  'feeds as XML',
  'active files',
  'search',
  'previews',
  'aliases',
  'code fences',
  'invalid formulas',
  'formula bombs',
  'untrusted commands in formulas',
  'pathological Markdown',
  'workers that hang or die',
  'random edits',
  'damaged store',
  'time and races',
  'determinism',
  'killed at any moment',
  'full and failing disk',
  'permissions and open files',
  'two builds at once',
  'signals and closed ends',
  'development server',
  'deploy',
  'supply chain',
  'code of the user',
];
const NUMBERS = /\bcases? (\d+)(?: (and|to) (\d+))?/g;

export default class FaultTable implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const results = new Map<number, { passed: number; failed: number; skipped: string[] }>();
    for (const module of modules) {
      for (const test of module.children.allTests()) this.#count(test, results);
    }
    for (const [i, title] of CASES.entries()) {
      const found = results.get(i + 1);
      const said = !found
        ? 'no test has this number'
        : found.failed > 0
          ? `FAILED (${found.failed} of ${found.failed + found.passed})`
          : found.passed === 0
            ? found.skipped[0]!
            : `pass (${found.passed})${found.skipped.length > 0 ? `; ${[...new Set(found.skipped)].join('; ')}` : ''}`;
      process.stdout.write(`${String(i + 1).padStart(2)}  ${title.padEnd(36)}  ${said}\n`);
    }
  }

  #count(test: TestCase, results: Map<number, { passed: number; failed: number; skipped: string[] }>): void {
    for (const [, first, word, last] of test.fullName.matchAll(NUMBERS)) {
      const numbers =
        word === 'to' ? range(Number(first), Number(last)) : [Number(first), ...(last ? [Number(last)] : [])];
      for (const number of numbers) {
        const entry = results.get(number) ?? { passed: 0, failed: 0, skipped: [] };
        results.set(number, entry);
        const { state } = test.result();
        if (state === 'passed') entry.passed++;
        else if (state === 'failed') entry.failed++;
        else entry.skipped.push(/not run: [^)]*/.exec(test.fullName)?.[0] ?? 'not run');
      }
    }
  }
}

const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, i) => first + i);
