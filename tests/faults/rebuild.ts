/** A rebuild of some pages in which every page changes, some come and some go; and what must hold after any fault. */

import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { cli, put, quickFolder, readFolder } from '../support/folder.ts';
import { build, snapshot } from '../support/sites.ts';
import { arm, type Change, disarm } from './disk.mjs';

const LIST = '.postil.json';
/** No process has this number. */
const DEAD = 4_190_000;
const layer = fileURLToPath(new URL('disk.mjs', import.meta.url));

export class Rebuild {
  readonly site: string;
  readonly dist: string;
  /** The calls of the rebuild that change the disk, in order. */
  calls: Change[] = [];
  before = new Map<string, string>();
  after = new Map<string, string>();
  #base = new Map<string, Buffer>();

  private constructor(root: string) {
    this.site = join(root, 'site');
    this.dist = join(this.site, 'dist');
  }

  /** Builds 50 notes, or more, edits, and builds once without a fault, which must give the site of a clean build. */
  static async make(notes = 50): Promise<Rebuild> {
    const rebuild = new Rebuild(quickFolder());
    const { site, dist } = rebuild;
    for (let i = 0; i < notes; i++)
      put(
        site,
        `posts/n${i}.md`,
        `---\ntitle: N${i}\ntags: [t${i % 3}]\n---\nBody ${i}, see [[n${(i + 1) % notes}]].\n`,
      );
    put(site, 'postil.yml', 'title: Old\nurl: https://example.org/\n');
    put(site, 'public/x', 'a file');
    expect(await build({ site })).toMatchObject({ published: true });
    rebuild.before = snapshot(dist);
    put(site, 'postil.yml', 'title: New\nurl: https://example.org/\n');
    put(site, 'posts/new.md', 'A new one.\n');
    put(site, 'posts/n1.md', 'Another text.\n');
    for (const path of ['posts/n7.md', 'posts/n8.md', 'public/x']) rmSync(join(site, path));
    put(site, 'public/x/y', 'a file in a folder');
    rebuild.#base = readFolder(site);
    arm({ root: site, at: Number.POSITIVE_INFINITY, fault: '' });
    await build({ site });
    rebuild.calls = disarm();
    rebuild.after = snapshot(dist);
    rmSync(join(site, '.postil'), { recursive: true });
    rmSync(dist, { recursive: true });
    expect(await build({ site })).toMatchObject({ published: true });
    expect(snapshot(dist)).toEqual(rebuild.after);
    return rebuild;
  }

  /** The numbers of some calls, evenly spread, the first and the last among them. */
  sample(count: number): number[] {
    const last = this.calls.length - 1;
    return Array.from({ length: count }, (_, i) => 1 + Math.round((i * last) / (count - 1)));
  }

  /** The site as it was before the rebuild. */
  restore(): void {
    rmSync(this.site, { recursive: true, force: true });
    for (const [path, bytes] of this.#base) put(this.site, path, bytes);
  }

  /** Rebuilds in a process of its own, killed at one call. @returns the signal that ended it, or what it said */
  kill(at: number): Promise<string> {
    const fault = JSON.stringify({ root: this.site, at, fault: 'SIGKILL' });
    const env = { ...process.env, POSTIL_TEST_FAULT: fault };
    return new Promise((resolve) => {
      execFile(process.execPath, ['--import', layer, cli, 'build', this.site], { env }, (error, out, err) =>
        resolve(error?.signal ?? out + err),
      );
    });
  }

  /** Rebuilds in a process of its own, killed after some milliseconds. @returns whether it was still at work */
  killAfter(ms: number): Promise<boolean> {
    const options = { timeout: Math.ceil(ms), killSignal: 'SIGKILL' as const };
    return new Promise((resolve) => {
      execFile(process.execPath, [cli, 'build', this.site], options, (error) =>
        resolve(error?.signal === 'SIGKILL'),
      );
    });
  }

  /**
   * Rebuilds in this process, of which nothing reaches the disk from the middle of one call on: what lies there then
   * is what a process that is killed at this call leaves, at a seventh of the price.
   */
  async die(at: number): Promise<void> {
    arm({ root: this.site, at, fault: 'EIO', dead: true });
    const result = await build({ site: this.site }).catch(() => undefined);
    // Where .postil may not be written, it works elsewhere.
    if (result && !result.work.startsWith(this.site)) rmSync(result.work, { recursive: true });
    expect([at, disarm()[at - 1]]).toEqual([at, expect.anything()]);
    this.#end();
  }

  /**
   * Rebuilds in this process, with one call failing, or all from there on.
   *
   * @returns what the build threw, if it did, and the call
   */
  async fail(
    at: number,
    fault: string,
    forever: boolean,
  ): Promise<{ error?: Error; call: Change | undefined }> {
    arm({ root: this.site, at, fault, forever });
    let error: Error | undefined;
    try {
      const { work, published } = await build({ site: this.site });
      expect(published).toBe(true);
      // Where .postil may not be written, it works elsewhere.
      if (!work.startsWith(this.site)) expect(work.startsWith(tmpdir())).toBe(true);
      if (!work.startsWith(this.site)) rmSync(work, { recursive: true });
    } catch (thrown) {
      error = thrown as Error;
    }
    const call = disarm()[at - 1];
    this.#end();
    return { ...(error && { error }), call };
  }

  /** What names this process is given to one that is over: the next build is another process. */
  #end(): void {
    const work = join(this.site, '.postil');
    const lock = join(work, 'lock');
    if (existsSync(lock)) writeFileSync(lock, JSON.stringify({ pid: DEAD, host: hostname(), started: '' }));
    for (const folder of [work, join(work, 'store')]) {
      if (!existsSync(folder)) continue;
      for (const name of readdirSync(folder)) {
        const other = name.replace(new RegExp(`\\b${process.pid}\\b`), String(DEAD));
        if (other !== name) renameSync(join(folder, name), join(folder, other));
      }
    }
  }

  /** Every file is wholly old or wholly new, none that both have is missing, and the list can be read. */
  expectWhole(): void {
    const now = snapshot(this.dist, (path) => path === LIST || path.startsWith('.postil-stage'));
    for (const [path, content] of now)
      expect([path, this.before.get(path), this.after.get(path)]).toContain(content);
    for (const path of this.before.keys())
      if (path !== LIST && this.after.has(path)) expect([path, now.has(path)]).toEqual([path, true]);
    expect(() => JSON.parse(readFileSync(join(this.dist, LIST), 'utf8'))).not.toThrow();
  }

  /** The next build needs no help, gives what a clean one gives, and leaves nothing lying about. */
  async expectRecovery(): Promise<void> {
    expect(await build({ site: this.site })).toMatchObject({ published: true });
    expect([...snapshot(this.dist)]).toEqual([...this.after]);
    const own = [...snapshot(join(this.site, '.postil')).keys()];
    expect(
      own.filter((path) => !/^(?:store\/\d{8}-[0-9a-f]{16}\.pack|state-[0-9a-f]{8}\.json)$/.test(path)),
    ).toEqual([]);
  }
}
