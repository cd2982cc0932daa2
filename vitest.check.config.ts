import { defineConfig } from 'vitest/config';
import tests from './vitest.config.ts';

/** `npm run check:site`: the budgets of the built site, which take too long for every `npm test`. */
export default defineConfig({
  ...tests,
  test: {
    ...tests.test,
    include: ['tests/budgets/*.check.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    // A machine with much else to do can keep Lighthouse waiting beyond its patience.
    retry: 1,
    // Two pages at a time, in one browser.
    sequence: { concurrent: true },
    maxConcurrency: 2,
  },
});
