/**
 * Runs once before all tests: makes a place for the site that they look at, and sees that there is a Chromium and a Chinese font. As root on Debian
 * (a bare container) it installs them; anywhere else a person decides, and the tests that need a browser say what to do.
 */

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADVICE, findChromium } from './chromium.ts';

export default function setup(): () => void {
  findOrInstall();
  const folder = mkdtempSync(join(tmpdir(), 'postil-own-'));
  process.env.POSTIL_OWN_SITE = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

function findOrInstall(): void {
  const lacking = [...(findChromium() ? [] : ['chromium']), ...(hasChinese() ? [] : ['fonts-noto-cjk'])];
  if (lacking.length === 0) return;
  if (!isRootOnDebian()) {
    if (lacking.includes('chromium')) process.stderr.write(`\n${ADVICE}\n\n`);
    return;
  }
  process.stderr.write(`For the pages in a browser: installing Debian’s ${lacking.join(' and ')} …\n`);
  apt('update');
  apt('install', '--yes', '--no-install-recommends', ...lacking);
  if (!findChromium()) throw new Error(ADVICE);
}

/** Without a Chinese font pages are as they look to nobody: other widths, other lines. Where none can be asked for, there may be one. */
function hasChinese(): boolean {
  const { stdout } = spawnSync('fc-list', [':lang=zh', 'family'], { encoding: 'utf8' });
  return process.platform !== 'linux' || (stdout ?? '').trim() !== '';
}

/** Ubuntu counts out: its chromium package is a pointer to a snap, which does not run in containers. */
function isRootOnDebian(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

/** @throws when apt-get fails; its last words are in the message */
function apt(...args: string[]): void {
  const { status, stderr, error } = spawnSync('apt-get', ['-q', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  if (status === 0) return;
  const why = error?.message ?? stderr.trim().split('\n').slice(-3).join('\n');
  throw new Error(`apt-get ${args[0]} failed: ${why}\n${ADVICE}`);
}
