import { defineConfig } from 'vitest/config';
import { aliases } from './vite.config.ts';

export default defineConfig({
  resolve: { alias: aliases },
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/browser/setup.ts',
    // An alias reaches a package only when Vite transforms it instead of leaving it to Node.
    server: { deps: { inline: ['rehype-katex', 'unist-util-visit'] } },
    // `npm run test:long` tries everything, which takes as long as it takes.
    testTimeout: process.env.POSTIL_LONG === '1' ? 3_600_000 : 60_000,
    hookTimeout: process.env.POSTIL_LONG === '1' ? 3_600_000 : 180_000,
  },
});
