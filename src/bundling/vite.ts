/** Vite, told to bundle what a site has of its own: what comes out depends on files alone. */

import type { InlineConfig } from 'vite';
import { importModule } from '../bundled.ts';

/** How many bundles are being made, and what the environment said before the first of them. */
let running = 0;
let before: string | undefined;

/**
 * Vite's `build` without what it takes from elsewhere: its configuration file, `.env`, variables of the environment.
 *
 * @throws what Vite throws; see `faultOf`
 */
export async function runVite(config: InlineConfig) {
  const { build } = await importModule<typeof import('vite')>('vite');
  if (running++ === 0) {
    before = process.env.NODE_ENV;
    // Vite asks it all the time which of a package's files to take. There is no option.
    process.env.NODE_ENV = 'production';
  }
  try {
    return await build({
      configFile: false,
      logLevel: 'silent',
      publicDir: false,
      envDir: false,
      envPrefix: [],
      ...config,
    });
  } finally {
    if (--running === 0) {
      if (before === undefined) delete process.env.NODE_ENV;
      else process.env.NODE_ENV = before;
    }
  }
}
