/** `postil deploy [site]`: builds, checks, and pushes the site to a branch, for those who do not use Actions. */

import { join, resolve } from 'node:path';
import { build } from '../build.ts';
import { readConfigOf } from '../config/on-disk.ts';
import { counted } from '../counted.ts';
import { deployForeign } from '../diagnostics/messages.ts';
import { Branch, GitError } from '../publish/branch.ts';
import { preflight } from '../publish/preflight.ts';
import { lock } from '../write/lock.ts';
import { checkSite, printAll } from './build.ts';
import { defineCommand } from './command.ts';
import { exitCodeOf } from './exit-code.ts';
import { progressLine } from './progress.ts';
import { Usage } from './usage.ts';

export const command = defineCommand({
  name: 'deploy',
  aliases: ['d'],
  usage: '[site]',
  summary: 'build the site and push it to a branch, gh-pages by default; never by force',
  options: {
    branch: { type: 'string', value: 'NAME', doc: 'branch to push to (default: gh-pages)' },
    remote: { type: 'string', value: 'NAME', doc: 'remote to push to (default: origin)' },
    'dry-run': { type: 'boolean', doc: 'build and check, push nothing' },
    'force-fewer': { type: 'boolean', doc: 'publish though many pages are gone' },
  },
  run: async (values, [given = '.']) => {
    const site = resolve(given);
    checkSite(site);
    const name = values.branch ?? 'gh-pages';
    if (!/^[\w][\w./-]*$/.test(name) || name.includes('..'))
      throw new Usage(`“${name}” is no name of a branch`, 'deploy');
    const line = progressLine(process.stderr, true);
    const result = await build({ site, progress: line.show }).finally(line.clear);
    const say = (text: string) => process.stdout.write(`${text}\n`);
    const problems = result.diagnostics.filter((d) => d.severity === 'error');
    printAll(problems);
    if (!result.published) return exitCodeOf(problems);
    const unlock = await lock(join(site, '.postil'), {
      patience: 60_000,
      waiting: (owner) => say(`waiting for ${owner}`),
    });
    try {
      const branch = new Branch(site, values.remote ?? 'origin', name);
      const before = branch.published();
      const { config, cname } = readConfigOf(site);
      const found = preflight({
        out: result.out,
        config,
        cname,
        pagesBefore: values['force-fewer'] ? undefined : before?.pages,
      });
      if (before && !before.ours) found.push(deployForeign({}, name));
      printAll(found);
      if (found.length > 0) return 1;
      if (values['dry-run']) {
        say(`${counted(result.pages, 'page')} ready for ${name}; nothing was pushed`);
        return 0;
      }
      const commit = branch.publish(result.out, before?.commit);
      say(
        commit
          ? `${counted(result.pages, 'page')} pushed to ${name} (${commit.slice(0, 12)})`
          : `${name} has these pages already`,
      );
      return 0;
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      process.stderr.write(`error[environment] ${error.message}\n`);
      return 4;
    } finally {
      unlock();
    }
  },
});
