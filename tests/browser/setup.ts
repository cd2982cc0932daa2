/**
 * Runs once before all tests: makes a place for the site that they look at, and sees that there is a Chromium. As root on Debian (a bare container) it installs
 * one with a Chinese font; anywhere else a person decides, and the tests that need a browser say what to do.
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
  if (findChromium()) return;
  if (!isRootOnDebian()) {
    process.stderr.write(`\n${ADVICE}\n\n`);
    return;
  }
  process.stderr.write('No Chromium here: installing Debian’s chromium and fonts-noto-cjk …\n');
  apt('update');
  apt('install', '--yes', '--no-install-recommends', 'chromium', 'fonts-noto-cjk');
  if (!findChromium()) throw new Error(ADVICE);
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
