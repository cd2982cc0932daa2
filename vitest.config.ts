import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { aliases, katexTrees } from './vite.config.ts';

const LONG = process.env.POSTIL_LONG === '1';

/** What takes longest in `npm run test:long`: begun first, so that no one file is waited for at the end. */
const LONGEST = [
  'incremental',
  'injection',
  'disk',
  'direct',
  'determinism',
  'crash',
  'damage',
  'bombs',
  'properties',
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const at = LONGEST.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return at === -1 ? LONGEST.length : at;
    };
    return files.sort((a, b) => place(a) - place(b));
  }
}

export default defineConfig({
  plugins: [katexTrees],
  resolve: { alias: aliases },
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/browser/setup.ts',
    // An alias reaches a package only when Vite transforms it instead of leaving it to Node.
    server: { deps: { inline: ['rehype-katex', 'unist-util-visit'] } },
    // `npm run test:long` tries everything, which takes as long as it takes.
    testTimeout: LONG ? 3_600_000 : 60_000,
    hookTimeout: LONG ? 3_600_000 : 180_000,
    ...(LONG && { sequence: { sequencer: LongestFirst } }),
  },
});
