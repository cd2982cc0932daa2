/** Finds Chromium and starts it, for every test that looks at a page. */

import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** Names that Chromium and its relatives have on PATH, best first. */
const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge',
];

/** Places outside PATH, on systems where applications do not stand there. */
const PLACES = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** Folders in which Playwright keeps the browsers that it fetched, below the home folder. */
const CACHES = ['.cache/ms-playwright', 'Library/Caches/ms-playwright', 'AppData/Local/ms-playwright'];

/** Ways to the program in such a folder: one pattern for each step. */
const CACHED = [
  [/^chromium-\d+$/, /^chrome-/, /^chrome(\.exe)?$/],
  [/^chromium-\d+$/, /^chrome-/, /\.app$/, /^Contents$/, /^MacOS$/, /./],
  [/^chromium_headless_shell-\d+$/, /^chrome-/, /^(chrome-headless-shell|headless_shell)(\.exe)?$/],
];

export const ADVICE = `Some tests open the built pages in Chromium, and none was found.
  Debian, Ubuntu:  apt-get install chromium fonts-noto-cjk
  Fedora:          dnf install chromium google-noto-sans-cjk-fonts
  macOS:           brew install --cask chromium
  anywhere:        npx playwright-core install chromium
Or set CHROMIUM_PATH to the program of a Chromium, Chrome or Edge that you have.`;

/**
 * Looks at `CHROMIUM_PATH`, then along PATH, at the usual places and in Playwright's own caches.
 *
 * @returns the program, or `undefined` when there is none
 * @throws when `CHROMIUM_PATH` is set and no program is there: a wish is not passed over in silence
 */
export function findChromium(env: NodeJS.ProcessEnv = process.env, home = homedir()): string | undefined {
  const wish = env.CHROMIUM_PATH;
  if (wish) {
    if (!isProgram(wish)) throw new Error(`CHROMIUM_PATH is “${wish}”, but no program is there`);
    return wish;
  }
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const folders = (env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name + suffix)));
  const caches = [
    ...(env.PLAYWRIGHT_BROWSERS_PATH ? [env.PLAYWRIGHT_BROWSERS_PATH] : []),
    ...CACHES.map((cache) => join(home, cache)),
  ];
  const cached = caches.flatMap((cache) => CACHED.flatMap((steps) => walk(cache, steps)));
  return [...onPath, ...PLACES, ...cached].find(isProgram);
}

/**
 * Starts Chromium without a window. It never asks the network for anything by itself.
 *
 * @param more further arguments
 */
export async function launch(more: string[] = []): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error(ADVICE);
  return chromium.launch({
    executablePath,
    args: [
      // As root, and in most containers, Chromium's own sandbox cannot start.
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      ...more,
    ],
  });
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** Files below a folder whose path fits the patterns step by step, the highest revision first. */
function walk(folder: string, [step, ...rest]: RegExp[]): string[] {
  if (!step) return [folder];
  const revision = (name: string) => Number(/\d+$/.exec(name)?.[0] ?? 0);
  return readNames(folder)
    .filter((name) => step.test(name))
    .sort((a, b) => revision(b) - revision(a) || (a < b ? -1 : 1))
    .flatMap((name) => walk(join(folder, name), rest));
}

function readNames(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
