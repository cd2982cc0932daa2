/** Case 38 at a real terminal: what stands there, and Ctrl-C, which reaches all processes of the terminal at once. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { cli, put } from '../support/folder.ts';
import { build, makeSite, snapshot } from '../support/sites.ts';

/** A pseudo-terminal, as util-linux makes one. */
const hasTerminal = /util-linux/.test(spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout ?? '');

const running: ChildProcess[] = [];
afterAll(() => {
  for (const child of running) child.kill();
});

/**
 * Runs `postil` in a terminal of 40 columns and presses Ctrl-C there.
 *
 * @param ready whether it is time for that, told what the terminal shows so far
 */
function atTerminal(
  args: string[],
  ready: (shown: string) => boolean,
): Promise<{ code: number | null; shown: string }> {
  const command = ['stty cols 40;', 'exec', ...[process.execPath, cli, ...args].map((a) => `'${a}'`)].join(
    ' ',
  );
  return new Promise((resolve) => {
    const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
      env: { ...process.env, NO_COLOR: '1', SHELL: '/bin/sh' },
    });
    running.push(child);
    let shown = '';
    child.stdout.on('data', (d) => (shown += d));
    const look = setInterval(() => {
      if (!ready(shown)) return;
      clearInterval(look);
      child.stdin.write('\u0003');
    }, 20);
    child.on('close', (code) => {
      clearInterval(look);
      resolve({ code, shown });
    });
  });
}

const title = 'case 38: Ctrl-C at a terminal';
describe.skipIf(!hasTerminal)(hasTerminal ? title : `${title} (not run: needs script of util-linux)`, () => {
  it('ends the development server cleanly, and no line of a frame was wider than the terminal', async () => {
    const site = makeSite({
      'posts/a.md': `# A\n\n${'很长的一行'.repeat(20)}[[没有]]${'还有'.repeat(20)}\n`,
    });
    const { code, shown } = await atTerminal(['dev', site, '--port', '0'], (s) => /^http:\S+\s$/m.test(s));
    expect(code, shown).toBe(0);
    expect(readdirSync(join(site, '.postil'))).not.toContain('lock');
    expect(shown).toMatch(/^> 3 \| ….*\[\[没有\]\].*…\s$/m);
    const columns = (line: string) => [...line].reduce((n, c) => n + (c > '\u2e80' ? 2 : 1), 0);
    const frame = shown.split('\r\n').filter((line) => /^[> ] *\d* \|/.test(line));
    expect(frame.length).toBeGreaterThan(2);
    for (const line of frame) expect(columns(line), line).toBeLessThan(40);
  });

  it('gives up a build, with the last site as it was', async () => {
    const site = makeSite({ 'posts/a.md': '# A\n' });
    await build({ site });
    const before = snapshot(join(site, 'dist'));
    // A note that takes as long as a note may.
    put(site, 'fault.mjs', 'export default () => () => { for (;;); };\n');
    put(site, 'postil.yml', 'title: T\nplugins: [./fault.mjs]\n');
    const { code } = await atTerminal(['build', site], () =>
      existsSync(join(site, '.postil/plugins/record.json')),
    );
    expect(code).toBe(130);
    expect(snapshot(join(site, 'dist'))).toEqual(before);
    expect(readdirSync(join(site, '.postil'))).not.toContain('lock');
  });
});
