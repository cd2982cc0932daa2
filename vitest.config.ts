import { defineConfig } from 'vitest/config';
import { katexAlias } from './vite.config.ts';

export default defineConfig({
  resolve: { alias: katexAlias },
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: 'tests/browser/setup.ts',
    // The alias reaches rehype-katex only when Vite transforms it instead of leaving it to Node.
    server: { deps: { inline: ['rehype-katex'] } },
    testTimeout: 60_000,
    hookTimeout: 180_000,
  },
});
