import { defineConfig } from 'vitest/config';
import { aliases } from './vite.config.ts';

export default defineConfig({
  resolve: { alias: aliases },
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/browser/setup.ts',
    // An alias reaches a package only when Vite transforms it instead of leaving it to Node.
    server: { deps: { inline: ['rehype-katex', 'unist-util-visit'] } },
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
