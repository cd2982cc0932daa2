/** Messages about publishing. */

import { define } from './define.ts';

export const deployEmpty = define(
  'deploy/missing-page',
  'error',
  'A site without `index.html` or `404.html` was not built by Postil, or its build failed.',
  (file: string) => ({
    message: `the site has no ${file}`,
    hint: 'run “postil build” and look at what it says',
  }),
);

export const deployLost = define(
  'deploy/lost-pages',
  'error',
  'The site has far fewer pages than the one that is published. That is what a wrong folder, a wrong branch or a configuration mistake looks like.',
  (before: number, now: number) => ({
    message: `${now} HTML ${now === 1 ? 'file' : 'files'} would replace the ${before} that are published`,
    hint: 'if that is meant, say so with --force-fewer',
  }),
);

export const deployLarge = define(
  'deploy/too-large',
  'error',
  'GitHub Pages takes sites up to 1 GB, and git on GitHub files up to 100 MB.',
  (what: string, limit: string) => ({
    message: `${what}; GitHub takes ${limit}`,
    hint: 'make pictures smaller, or link to large files elsewhere',
  }),
);

export const deployLink = define(
  'deploy/symlink',
  'error',
  'GitHub Pages refuses sites with symbolic links.',
  () => ({ message: 'a symbolic link cannot be published', hint: 'put the file itself there' }),
);

export const deployCase = define(
  'deploy/case',
  'error',
  'Two files differ only in case or Unicode form: on many machines one of them would replace the other.',
  (a: string, b: string) => ({
    message: `“${a}” and “${b}” are one name on many file systems`,
    hint: 'rename one',
  }),
);

export const deployBase = define(
  'deploy/base',
  'error',
  'The base path does not fit the place where the site will be served, so every link would be wrong.',
  (message: string) => ({ message, hint: 'set “url:” in postil.yml to the address of the published site' }),
);

export const deployForeign = define(
  'deploy/foreign-branch',
  'error',
  'The branch to publish to holds commits that Postil did not make. Deploying would replace their files.',
  (branch: string) => ({
    message: `the branch ${branch} was not made by Postil`,
    hint: 'choose another with --branch, or delete it yourself',
  }),
);
