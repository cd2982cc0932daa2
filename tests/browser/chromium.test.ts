import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADVICE, findChromium } from './chromium.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'postil-chromium-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function program(path: string, mode = 0o755): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  chmodSync(file, mode);
  return file;
}

describe.skipIf(process.platform !== 'linux')('finding Chromium', () => {
  it('takes CHROMIUM_PATH before anything else', () => {
    const wish = program('mine/browser');
    program('bin/chromium');
    expect(findChromium({ CHROMIUM_PATH: wish, PATH: join(folder, 'bin') }, folder)).toBe(wish);
  });

  it('says so when nothing is at CHROMIUM_PATH', () => {
    program('bin/chromium');
    const env = { CHROMIUM_PATH: join(folder, 'absent'), PATH: join(folder, 'bin') };
    expect(() => findChromium(env, folder)).toThrow('no program is there');
  });

  it('knows the usual names on PATH, whichever folder they are in', () => {
    const chrome = program('second/google-chrome-stable');
    program('first/chromium', 0o644);
    const PATH = `${join(folder, 'first')}:${join(folder, 'second')}`;
    expect(findChromium({ PATH }, folder)).toBe(chrome);
  });

  it('knows Playwright’s caches and takes the highest revision', () => {
    program('.cache/ms-playwright/chromium-999/chrome-linux/chrome');
    const newest = program('.cache/ms-playwright/chromium-1228/chrome-linux64/chrome');
    expect(findChromium({ PATH: '' }, folder)).toBe(newest);
    const shell = program(
      'own/chromium_headless_shell-1228/chrome-headless-shell-linux64/chrome-headless-shell',
    );
    expect(findChromium({ PATH: '', PLAYWRIGHT_BROWSERS_PATH: join(folder, 'own') }, folder)).toBe(shell);
  });

  it('finds nothing where nothing is, and the advice names a way for each system', () => {
    expect(findChromium({ PATH: '' }, folder)).toBeUndefined();
    for (const way of ['apt-get', 'dnf', 'brew', 'CHROMIUM_PATH']) expect(ADVICE).toContain(way);
  });
});
