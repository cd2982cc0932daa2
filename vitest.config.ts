import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { aliases, katexTrees } from './vite.config.ts';

const LONG = process.env.POSTIL_LONG === '1';

/** Of `npm run test:long`: what takes long, then all that is short, then the two that take longest, side by side. */
const LONG_ONES = ['disk', 'direct', 'crash', 'determinism', 'properties', 'damage', 'bombs'];
const LAST = ['incremental', 'injection'];

class InOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const name = moduleId.replace(/^.*\/|\.test\.ts$/g, '');
      const at = LONG_ONES.indexOf(name);
      return LAST.includes(name) ? 100 : at === -1 ? 50 : at;
    };
    return files.sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  plugins: [katexTrees],
  resolve: { alias: aliases },
  test: {
    include: ['tests/**/*.test.ts'],
    // Vitest leaves one core free: of two it would use one, and a tenth more time.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    globalSetup: 'tests/browser/setup.ts',
    // An alias reaches a package only when Vite transforms it instead of leaving it to Node.
    server: { deps: { inline: ['rehype-katex', 'unist-util-visit'] } },
    // `npm run test:long` tries everything, which takes as long as it takes.
    testTimeout: LONG ? 3_600_000 : 60_000,
    hookTimeout: LONG ? 3_600_000 : 180_000,
    ...(LONG && { sequence: { sequencer: InOrder } }),
  },
});
