/** Completion, asked of the shells themselves; of one that is not here, nothing is. */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { allCommands } from '../src/commands/help.ts';
import { postilIn } from './support/command.ts';
import { folderOf, put } from './support/folder.ts';

const all = await allCommands();
const zshDriver = fileURLToPath(new URL('./support/complete.zsh', import.meta.url));

/** A folder with a script for each shell, and a few things of its own. */
const folder = folderOf({ 'notes/posts/a.md': '# A\n', 'file.txt': '' });
for (const shell of ['bash', 'zsh', 'fish'])
  put(folder, `postil.${shell}`, (await postilIn(folder, ['completion', shell])).stdout);

function run(program: string, args: string[]): { said: string; words: string[] } {
  const { stdout, stderr } = spawnSync(program, args, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 20_000,
    // Shells keep what they find out at home.
    env: { PATH: process.env.PATH, HOME: folder, LANG: 'C.UTF-8', TERM: 'dumb' },
  });
  return {
    said: stdout + stderr,
    words: stdout
      .split('\n')
      .map((l) => l.split('\t')[0]!)
      .filter(Boolean)
      .sort(),
  };
}

/** By shell: sourcing the script, and what is offered at the end of a line. */
const SHELLS: Record<string, { source: string[][]; offered: (line: string) => string[] }> = {
  bash: {
    source: [['--norc', '-c', 'source postil.bash']],
    offered: (line) =>
      run('bash', [
        '--norc',
        '-c',
        `source postil.bash; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _postil; printf "%s\\n" "\${COMPREPLY[@]}"`,
        'bash',
        ...line.split(' '),
      ]).words,
  },
  zsh: {
    source: [
      ['-f', '-c', 'source ./postil.zsh'],
      ['-f', '-c', 'autoload -Uz compinit; compinit -u; source ./postil.zsh'],
    ],
    offered: (line) => run('zsh', ['-f', zshDriver, join(folder, 'postil.zsh'), line]).words,
  },
  fish: {
    source: [['--no-config', '-c', 'source postil.fish']],
    offered: (line) => run('fish', ['--no-config', '-c', `source postil.fish; complete -C '${line}'`]).words,
  },
};

const flagsOf = (name: string) => Object.keys(all.find((c) => c.name === name)!.options).map((o) => `--${o}`);

describe.each(Object.entries(SHELLS))('%s', (shell, { source, offered }) => {
  const here = spawnSync(shell, ['--version']).status === 0;

  test.skipIf(!here)('says nothing when the script is sourced', () => {
    for (const args of source) expect(run(shell, args).said).toBe('');
  });

  test.skipIf(!here)(
    'offers commands, options and what stands behind them',
    () => {
      expect(offered('postil bu')).toEqual(['build']);
      expect(offered('postil ex')).toEqual(['explain', 'export']);
      // Of another name of a command too; short names are offered where a shell shows what they do.
      for (const line of ['build', 'g', 'check'])
        expect(offered(`postil ${line} --`)).toEqual(flagsOf(line === 'g' ? 'build' : line).sort());
      expect(offered('postil build --dr')).toEqual(['--drafts']);
      expect(offered('postil check --format ')).toEqual(['json', 'sarif', 'text']);
      expect(offered('postil completion ')).toEqual(['bash', 'fish', 'zsh']);
      expect(offered('postil theme ')).toEqual(['eject', 'list', 'mark', 'show']);
      expect(offered('postil import h')).toEqual(['hexo', 'hugo']);
      expect(offered('postil explain plugin/')).toEqual(['plugin/failed', 'plugin/load', 'plugin/message']);
      expect(offered('postil new buil')).toEqual([]);
    },
    60_000,
  );
});

test.skipIf(spawnSync('fish', ['--version']).status !== 0)(
  'fish offers folders and files where they belong',
  () => {
    const offered = SHELLS.fish!.offered;
    expect(offered('postil build ')).toEqual(['notes/']);
    expect(offered('postil build --out ')).toEqual(['notes/']);
    expect(offered('postil export --out f')).toEqual(['file.txt']);
    expect(offered('postil theme show f')).toEqual(['file.txt']);
    expect(offered('postil build --jobs ')).toEqual([]);
  },
);

test.skipIf(spawnSync('zsh', ['--version']).status !== 0)('zsh finds the script among its functions', () => {
  put(folder, 'functions/_postil', readFileSync(join(folder, 'postil.zsh')));
  put(folder, 'rc.zsh', 'fpath=( $HOME/functions $fpath )\nautoload -Uz compinit && compinit -u\n');
  expect(run('zsh', ['-f', zshDriver, join(folder, 'rc.zsh'), 'postil bu']).words).toEqual(['build']);
});
