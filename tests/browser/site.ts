/** The repository's own site, built and served for tests that look at its pages. */

import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { build } from '../../src/build.ts';
import { root } from '../../src/package.ts';
import { serve } from '../../src/serve/preview.ts';

export interface ServedSite {
  /** Address of the front page, with `/` at the end. */
  url: string;
  notes: number;
  close(): Promise<void>;
}

/**
 * Builds a copy of the site in a folder of its own, so that no two tests share a store or wait for each other.
 *
 * @param base path below which it is built and served
 * @throws when the site has an error
 */
export async function serveOwnSite(base = '/'): Promise<ServedSite> {
  const folder = mkdtempSync(join(tmpdir(), 'postil-site-'));
  for (const name of ['posts', 'public', 'postil.yml'])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  const { published, notes, out, diagnostics } = await build({ site: folder, base, jobs: 1 });
  if (!published) throw new Error(diagnostics.map((d) => `${d.file}: ${d.message}`).join('\n'));
  const { url, close } = await serve(out, base, 0);
  return {
    url,
    notes,
    close: async () => {
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface Watched {
  page: Page;
  /** What the console reported as an error, and what was thrown. */
  errors: string[];
  /** Addresses asked for outside the site's own server. */
  foreign: string[];
  /** Answers of 400 and more, other than the page's own. */
  broken: string[];
}

/** Opens an address in a fresh context and writes down what goes wrong there. */
export async function open(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  // Only the test of reading offline wants a worker between page and server.
  const context = await browser.newContext({ serviceWorkers: 'block', ...options });
  const page = await context.newPage();
  const { origin } = new URL(url);
  const errors: string[] = [];
  const foreign: string[] = [];
  const broken: string[] = [];
  page.on('pageerror', (error) => {
    // A busy Chromium gives up the fade between two pages, and says so as if a script had thrown; none runs there.
    if (!/^InvalidStateError: Transition was aborted/.test(String(error))) errors.push(String(error));
  });
  page.on('console', (message) => {
    // That the page itself is not found is what a test of the 404 page asked for.
    if (message.type() === 'error' && message.location().url !== page.url()) errors.push(message.text());
  });
  page.on('request', (request) => {
    const asked = new URL(request.url());
    if (asked.protocol !== 'data:' && asked.origin !== origin) foreign.push(request.url());
  });
  page.on('response', (response) => {
    if (response.status() >= 400 && response.url() !== page.url() && response.url() !== url)
      broken.push(`${response.status()} ${response.url()}`);
  });
  await page.goto(url, { waitUntil: 'load' });
  return { page, errors, foreign, broken };
}
