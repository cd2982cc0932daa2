/** The repository's own site, built and served for tests that look at its pages. */

import { cpSync, existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
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
 * The site below a base path: built by the first test file that asks, for all of a run. Nobody may change it.
 *
 * @param base path below which it is built and served
 * @throws when the site has an error
 */
export async function serveOwnSite(base = '/'): Promise<ServedSite> {
  const folder = process.env.POSTIL_OWN_SITE;
  if (!folder) throw new Error('tests/browser/setup.ts has not run');
  const out = join(folder, base.replaceAll('/', '_'));
  const done = `${out}.json`;
  // Both bases share one store, so whoever comes second only prints.
  for (const lock = join(folder, 'lock'); !existsSync(done); ) {
    if (!take(lock)) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      continue;
    }
    try {
      if (!existsSync(done)) await buildOwnSite(folder, base, out, done);
    } finally {
      rmdirSync(lock);
    }
  }
  const { notes } = JSON.parse(readFileSync(done, 'utf8')) as { notes: number };
  return { ...(await serve(out, base, 0)), notes };
}

async function buildOwnSite(folder: string, base: string, out: string, done: string): Promise<void> {
  const site = join(folder, 'site');
  for (const name of ['posts', 'public', 'postil.yml'])
    cpSync(join(root, name), join(site, name), { recursive: true, preserveTimestamps: true });
  const { published, notes, diagnostics } = await build({ site, base, out, jobs: 1 });
  if (!published) throw new Error(diagnostics.map((d) => `${d.file}: ${d.message}`).join('\n'));
  writeFileSync(done, JSON.stringify({ notes }));
}

/** Makes a folder that says that somebody is at work; false when it is there. */
function take(lock: string): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
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

/**
 * Opens an address in a fresh context and writes down what goes wrong there.
 *
 * @param prepare done to the page before it goes anywhere
 */
export async function open(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
  prepare: (page: Page) => Promise<void> = async () => {},
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
  await prepare(page);
  await page.goto(url, { waitUntil: 'load' });
  return { page, errors, foreign, broken };
}
