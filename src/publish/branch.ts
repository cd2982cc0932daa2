/** A built site as a commit on a branch, without touching the author's checkout: git's plumbing on an index of its own. */

import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** In the message of every commit made here: a branch whose tip has it is ours. */
const MARK = 'Published-By: postil';

/** Git refused, or there is nothing that it could do; the message says it to the author. */
export class GitError extends Error {
  readonly code = 'EGIT';
}

/** The branch that a site is published on; where it is not there yet, publishing makes it. */
export class Branch {
  readonly #site: string;
  readonly #remote: string;
  readonly #name: string;

  /** @throws GitError when the folder is no git repository or has no such remote */
  constructor(site: string, remote: string, name: string) {
    this.#site = site;
    this.#remote = remote;
    this.#name = name;
    try {
      this.#git(['rev-parse', '--git-dir']);
    } catch (error) {
      if (error instanceof GitError && /not a git repository/.test(error.message))
        throw new GitError(`${site} is no git repository: make one with “git init”`);
      throw error;
    }
    const remotes = this.#git(['remote']).split('\n');
    if (!remotes.includes(remote))
      throw new GitError(`git knows no remote “${remote}”: name one with “git remote add ${remote} ADDRESS”`);
  }

  /** The commit that is published now, whether it is ours, and its HTML files; `undefined` when there is none. */
  published(): { commit: string; ours: boolean; pages: number } | undefined {
    const ref = `refs/heads/${this.#name}`;
    // The whole name: for `gh-pages` git lists `old/gh-pages` too.
    if (this.#git(['ls-remote', this.#remote, ref]) === '') return undefined;
    this.#git(['fetch', '--quiet', '--no-tags', this.#remote, ref]);
    const commit = this.#git(['rev-parse', 'FETCH_HEAD']);
    const ours = this.#git(['log', '-1', '--format=%B', commit]).includes(MARK);
    const files = this.#git(['ls-tree', '-r', '--name-only', '-z', commit]).split('\0');
    return { commit, ours, pages: files.filter((f) => f.endsWith('.html')).length };
  }

  /**
   * Makes a commit of a folder on top of what is published and pushes it; never by force.
   *
   * @returns the commit, or `undefined` when the published site has the same files
   */
  publish(out: string, parent: string | undefined): string | undefined {
    const index = join(this.#site, '.postil', 'deploy-index');
    rmSync(index, { force: true });
    const env = { GIT_INDEX_FILE: resolve(index), GIT_WORK_TREE: resolve(out) };
    this.#git(['add', '--all', '--force', '.'], env, resolve(out));
    // Without it GitHub would run Jekyll over the site.
    const empty = this.#git(['hash-object', '-w', '--stdin'], {}, undefined, '');
    this.#git(['update-index', '--add', '--cacheinfo', `100644,${empty},.nojekyll`], env, resolve(out));
    const tree = this.#git(['write-tree'], env);
    rmSync(index, { force: true });
    if (parent && this.#git(['rev-parse', `${parent}^{tree}`]) === tree) return undefined;
    const commit = this.#git([
      'commit-tree',
      tree,
      ...(parent ? ['-p', parent] : []),
      '-m',
      `Publish the site\n\n${MARK}`,
    ]);
    this.#git(['push', '--quiet', this.#remote, `${commit}:refs/heads/${this.#name}`]);
    return commit;
  }

  #git(args: string[], env: Record<string, string> = {}, cwd = this.#site, input?: string): string {
    const gitDir = env.GIT_WORK_TREE ? { GIT_DIR: this.#git(['rev-parse', '--absolute-git-dir']) } : {};
    const { status, stdout, stderr } = spawnSync('git', args, {
      cwd,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
      ...(input !== undefined && { input }),
      env: { ...process.env, GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C', ...gitDir, ...env },
    });
    if (status !== 0)
      throw new GitError(
        `git ${args[0]} failed: ${said(stderr ?? '') || 'git is not installed, or not on the path'}`,
      );
    return stdout.trim();
  }
}

/** What git said, without its hints on how to use it and the empty lines. */
function said(stderr: string): string {
  return stderr
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('hint:'))
    .join('\n  ');
}
