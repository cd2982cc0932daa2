/** `postil init [dir]`: a site from nothing. Files that are already there stay as they are. */

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import first from '../../templates/init/first.md?raw';
import gitignore from '../../templates/init/gitignore?raw';
import pages from '../../templates/init/pages.yml?raw';
import postilYml from '../../templates/init/postil.yml?raw';
import { META_FIELDS } from '../compile/meta.ts';
import { CONFIG_FIELDS } from '../config/config.ts';
import { version } from '../package.ts';
import { jsonSchema } from '../schema.ts';
import { makeWhole } from '../whole-file.ts';
import { isFolder } from './build.ts';
import { defineCommand, wholeNumber } from './command.ts';
import { withShards } from './init-shards.ts';
import { shellWord } from './shell-word.ts';
import { Usage } from './usage.ts';

export const command = defineCommand({
  name: 'init',
  usage: '[dir]',
  summary: 'make a new site: a first note, configuration, GitHub Pages workflow, editor settings',
  options: {
    from: {
      type: 'string',
      value: 'SPEC',
      doc: 'where package.json takes Postil from: a tarball, which is copied into the site, a git address, a version',
    },
    shards: {
      type: 'string',
      value: 'N',
      doc: 'a workflow that compiles on N machines, for very large sites',
    },
  },
  run: async (values, [dir = '.']) => {
    const root = resolve(dir);
    if (existsSync(root) && !isFolder(root)) throw new Usage(`“${dir}” is a file, not a folder`, 'init');
    const machines = wholeNumber('shards', values.shards, 1);
    const made: string[] = [];
    const kept: string[] = [];
    for (const [path, contents] of Object.entries(filesOf(root, values.from, machines))) {
      const file = join(root, path);
      if (existsSync(file)) {
        kept.push(path);
        continue;
      }
      makeWhole(file, contents);
      made.push(path);
    }
    for (const path of made) process.stdout.write(`made  ${path}\n`);
    for (const path of kept) process.stdout.write(`kept  ${path}\n`);
    const there = relative(process.cwd(), root);
    process.stdout.write(
      `\nNext: ${there ? `cd ${shellWord(there)} && ` : ''}npm install && npx postil build && npx postil preview\n`,
    );
    return 0;
  },
});

/**
 * Every file of a new site, by path.
 *
 * @throws Usage when Postil is to come from a file that is not there
 */
export function filesOf(root: string, from?: string, machines = 1): Record<string, string | Uint8Array> {
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  const { spec, file } = from === undefined ? { spec: version } : sourceOf(root, from);
  return {
    ...file,
    'posts/first.md': first,
    'postil.yml': postilYml.replace('ADDRESS', addressOf(root)),
    'package.json': json({
      name: packageName(root),
      private: true,
      type: 'module',
      scripts: { build: 'postil build', preview: 'postil preview' },
      dependencies: { postil: spec },
    }),
    '.gitignore': gitignore,
    '.github/workflows/pages.yml': machines > 1 ? withShards(pages, machines) : pages,
    '.vscode/settings.json': json({
      'yaml.schemas': {
        './.vscode/postil.schema.json': 'postil.yml',
        './.vscode/front-matter.schema.json': 'posts/**/*.md',
      },
      'editor.wordWrap': 'on',
      'files.eol': '\n',
    }),
    '.vscode/extensions.json': json({ recommendations: ['redhat.vscode-yaml'] }),
    '.vscode/postil.schema.json': json(jsonSchema(CONFIG_FIELDS, 'postil.yml', true)),
    '.vscode/front-matter.schema.json': json(jsonSchema(META_FIELDS, 'Front matter of a Postil note', false)),
  };
}

/** How package.json names where Postil comes from; a tarball comes along, since a workflow finds nothing beside the site. */
function sourceOf(root: string, from: string): { spec: string; file?: Record<string, Uint8Array> } {
  if (!existsSync(from)) {
    if (/^(?:\.{0,2}[\\/]|~[\\/])|^[^:]*\.(?:tgz|tar\.gz)$/.test(from))
      throw new Usage(`there is no file “${from}”`, 'init');
    return { spec: from };
  }
  const path = relative(root, resolve(from));
  if (!/^\.\.(?:[\\/]|$)/.test(path) || isFolder(from))
    return { spec: `file:${path.replaceAll('\\', '/') || '.'}` };
  const name = basename(from);
  return { spec: `file:${name}`, file: { [name]: readFileSync(from) } };
}

/** Address that GitHub Pages will give, when the folder is a clone of a repository there. */
function addressOf(root: string): string {
  const git = spawnSync('git', ['-C', root, 'remote', 'get-url', 'origin'], { encoding: 'utf8' });
  const [, user, repository] =
    /github\.com[:/]([\w-]+)\/([\w.-]+?)(?:\.git)?\s*$/.exec(git.stdout ?? '') ?? [];
  if (!user || !repository) return 'https://example.org/';
  const host = `${user.toLowerCase()}.github.io`;
  return `https://${host}/${repository.toLowerCase() === host ? '' : `${repository}/`}`;
}

/** npm's rules for names: lower case, no blanks, no leading dot. */
function packageName(root: string): string {
  return (
    basename(root)
      .toLowerCase()
      .replace(/[^a-z0-9-_.]+/g, '-')
      .replace(/^[-_.]+|[-.]+$/g, '') || 'notes'
  );
}
