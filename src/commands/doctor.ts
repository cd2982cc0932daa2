/** `postil doctor [site]`: versions, and what would keep a site from being built or published. */

import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readConfigOf } from '../config/on-disk.ts';
import { printDiagnostic } from '../diagnostics/print.ts';
import { engine, version } from '../package.ts';
import { find } from '../read/scan.ts';
import { checkOutput } from '../write/output-folder.ts';
import { defineCommand } from './command.ts';

const LEAST_NODE = [20, 19];
const LEAST_SPACE = 200_000_000;

export const command = defineCommand({
  name: 'doctor',
  usage: '[site]',
  summary: 'say what versions are here and what is wrong with a site',
  options: {},
  run: async (_values, [given = '.']) => {
    const site = resolve(given);
    let bad = 0;
    const say = (good: boolean, name: string, text: string) => {
      if (!good) bad++;
      process.stdout.write(`${good ? 'ok ' : 'BAD'}  ${name.padEnd(14)} ${text}\n`);
    };
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
    say(true, 'postil', version);
    say(
      major > LEAST_NODE[0]! || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]!),
      'node',
      `${process.versions.node} (${LEAST_NODE.join('.')} or later is needed)`,
    );
    say(...attempt('bundle', () => `code ${engine().hash.slice(0, 12)}`));
    const git = spawnSync('git', ['--version'], { encoding: 'utf8' });
    say(
      true,
      'git',
      git.status === 0
        ? git.stdout.trim().replace('git version ', '')
        : 'not here: only `postil deploy` needs it',
    );
    const { bavail, bsize } = statfsSync(existsSync(site) ? site : '.');
    const free = bavail * bsize;
    say(free > LEAST_SPACE, 'disk', `${(free / 1e9).toFixed(1)} GB free`);
    const { posts, publics, themes } = find(site);
    for (const [name, { diagnostics }] of Object.entries({ posts, public: publics, templates: themes })) {
      const folder = join(site, name);
      const wrong = diagnostics.find((d) => d.severity === 'error');
      if (wrong) say(false, name, `${wrong.file}: ${wrong.message}`);
      else if (name === 'posts')
        say(existsSync(folder), name, existsSync(folder) ? folder : `${site} has no posts/ folder`);
    }
    say(
      ...attempt('writable', () => {
        accessSync(site, constants.W_OK);
        return site;
      }),
    );
    const out = join(site, 'dist');
    const refused = checkOutput(site, out);
    say(!refused, 'output', refused ? `${refused.message}; ${refused.hint}` : out);
    const { config, diagnostics } = readConfigOf(site);
    say(
      !diagnostics.some((d) => d.severity === 'error'),
      'configuration',
      config.origin ? `${config.origin}${config.base}` : 'no address (url) given',
    );
    for (const d of diagnostics) process.stdout.write(`${printDiagnostic(d, { color: false })}\n`);
    return bad > 0 ? 1 : 0;
  },
});

function attempt(name: string, run: () => string): [good: boolean, name: string, text: string] {
  try {
    return [true, name, run()];
  } catch (error) {
    return [false, name, error instanceof Error ? error.message : String(error)];
  }
}
