/** The writer puts a site in place, and touches nothing that is not its own. */

import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { hash } from '../../src/hash.ts';
import { type Outputs, Writer } from '../../src/write/writer.ts';
import { arm, type Change, disarm } from '../faults/disk.mjs';
import { folderOf, put } from '../support/folder.ts';
import { snapshot } from '../support/snapshot.ts';

class Site {
  readonly root = folderOf();
  readonly out: string;
  outputs: Outputs = {};
  platform: string = process.platform;
  constructor(out?: string) {
    this.out = out ?? join(this.root, 'dist');
  }

  writer(): Writer {
    return new Writer(this.out, join(this.root, 'work'), this.outputs, this.platform);
  }

  /** Writes files, each with its text as its key. @returns messages, or what was done */
  write(files: Record<string, string>): string[] | { written: number; deleted: number } {
    const writer = this.writer();
    for (const [path, text] of Object.entries(files))
      if (!writer.keep(path, text)) writer.add(path, text, text);
    const problems = writer.check();
    if (problems.length > 0) {
      writer.abandon();
      return problems.map((d) => `${d.id} ${d.message}`);
    }
    const { outputs, ...done } = writer.finish();
    this.outputs = outputs;
    expect(existsSync(join(this.root, 'work', 'stage'))).toBe(false);
    return done;
  }

  files(): Record<string, string> {
    const paths = [...snapshot(this.out).keys()].filter((p) => p !== '.postil.json');
    return Object.fromEntries(paths.map((p) => [p, readFileSync(join(this.out, p), 'utf8')]));
  }
}

const LATER = 8_000_000_000_000;

/** Does something while the clock stands still: a file is young at 0, and old later. */
function at<T>(now: number, act: () => T): T {
  const clock = vi.spyOn(Date, 'now').mockReturnValue(now);
  try {
    return act();
  } finally {
    clock.mockRestore();
  }
}

describe('the writer', () => {
  it('writes what is new, keeps what is as it was, deletes what is gone', () => {
    const site = new Site();
    expect(site.write({ 'a/index.html': '1', 'b/c/index.html': '2' })).toEqual({ written: 2, deleted: 0 });
    expect(site.write({ 'a/index.html': '1', 'd.html': '3' })).toEqual({ written: 1, deleted: 1 });
    expect(site.files()).toEqual({ 'a/index.html': '1', 'd.html': '3' });
    expect(readdirSync(site.out)).not.toContain('b');
    expect(site.write({ 'a/index.html': '1', 'd.html': '3' })).toEqual({ written: 0, deleted: 0 });
  });

  it('does not write again what has another key but the same bytes', () => {
    const site = new Site();
    site.write({ a: '1' });
    const writer = site.writer();
    expect(writer.keep('a', 'other')).toBe(false);
    writer.add('a', 'other', '1');
    expect(writer.finish()).toMatchObject({ written: 0 });
  });

  it('mends what was edited or deleted by hand, even with size and time of the old file', () => {
    const site = new Site();
    site.write({ a: '1', b: '2' });
    const time = new Date(1_600_000_000_000);
    utimesSync(join(site.out, 'a'), time, time);
    site.write({ a: '1', b: '2' });
    writeFileSync(join(site.out, 'a'), 'x');
    utimesSync(join(site.out, 'a'), time, time);
    rmSync(join(site.out, 'b'));
    expect(site.write({ a: '1', b: '2' })).toEqual({ written: 2, deleted: 0 });
    expect(site.files()).toEqual({ a: '1', b: '2' });
  });

  it.each([
    [{ x: '1' }, { 'x/y': '2' }],
    [{ 'x/y': '1' }, { x: '2' }],
    [{ 'x/y/z': '1', 'x/w': '2' }, { x: '3' }],
    [
      { x: '1', 'y/x': '2' },
      { 'x/x/x': '3', y: '4' },
    ],
  ])('turns files into folders and back: %j to %j', (before, after) => {
    const site = new Site();
    site.write(before);
    site.write(after);
    expect(site.files()).toEqual(after);
    site.write(before);
    expect(site.files()).toEqual(before);
  });

  it('takes no second file of one path', () => {
    const site = new Site();
    site.write({ a: '1' });
    const writer = site.writer();
    expect(writer.keep('a', '1')).toBe(true);
    expect(() => writer.keep('a', '1')).toThrow('a is made twice');
    expect(() => writer.add('a', '2', '2')).toThrow('a is made twice');
    writer.add('b', '1', '1');
    expect(() => writer.add('b', '1', '1')).toThrow('b is made twice');
    expect(() => writer.addStaged('b', '1', { staged: 'x', content: '', turn: 1 })).toThrow(
      'b is made twice',
    );
  });

  it('keeps all that was left, or nothing', () => {
    const site = new Site();
    site.write({ a: '1', b: '2' });
    expect(site.writer().keepAll()).toBe(true);
    rmSync(join(site.out, 'b'));
    const writer = site.writer();
    expect(writer.keepAll()).toBe(false);
    expect(writer.keep('a', '1')).toBe(true);
    expect(writer.finish()).toMatchObject({ deleted: 1 });
  });

  it('refuses a site in which a file is a folder too', () => {
    const site = new Site();
    expect(site.write({ x: '1', 'x/y': '2' })).toEqual([expect.stringContaining('url/file-and-folder')]);
    expect(existsSync(site.out)).toBe(false);
  });

  it('leaves files of others alone, and refuses to write over them', () => {
    const site = new Site();
    site.write({ a: '1' });
    put(site.out, 'mine.txt', 'm');
    put(site.out, 'b/mine.txt', 'm');
    put(site.out, 'd/e/mine.txt', 'm');
    mkdirSync(join(site.out, 'empty/folder'), { recursive: true });
    const all = snapshot(site.out);
    for (const files of [
      { a: '2', 'mine.txt': '2' },
      { a: '2', b: '3' },
      { a: '2', d: '3' },
      { a: '2', 'mine.txt/x': '2' },
    ]) {
      expect(site.write(files)).toEqual([expect.stringContaining('out/foreign-file')]);
      expect(snapshot(site.out)).toEqual(all);
    }
    expect(site.write({ 'b/c': '2', empty: '3' })).toEqual({ written: 2, deleted: 1 });
    expect(site.files()).toEqual({
      'b/c': '2',
      'b/mine.txt': 'm',
      'd/e/mine.txt': 'm',
      empty: '3',
      'mine.txt': 'm',
    });
  });

  it('makes a file of others its own when it has the same bytes', () => {
    const site = new Site();
    put(site.out, 'a', '1');
    put(site.out, '.postil.json', '{"files": {}}');
    expect(site.write({ a: '1' })).toMatchObject({ deleted: 0 });
    expect(site.write({})).toMatchObject({ deleted: 1 });
  });

  it('follows no symbolic link, to write or to delete', () => {
    const site = new Site();
    site.write({ 'a/b': '1' });
    const elsewhere = folderOf({ b: '1' });
    rmSync(join(site.out, 'a'), { recursive: true });
    symlinkSync(elsewhere, join(site.out, 'a'));
    for (const files of [{ 'a/b': '2' }, { 'a/c': '3' }, {}]) {
      expect(site.write(files as Record<string, string>)).toEqual([
        expect.stringContaining('out/foreign-file'),
      ]);
    }
    expect(readFileSync(join(elsewhere, 'b'), 'utf8')).toBe('1');
    expect(readdirSync(elsewhere)).toEqual(['b']);
  });

  it('deletes nothing outside, whatever the list of its files says', () => {
    const site = new Site();
    site.write({ a: '1' });
    put(site.root, 'precious', 'p');
    const paths = ['../precious', '/etc/hostname', 'x/../../precious', 'C:\\precious', '..\\precious', ''];
    const files = Object.fromEntries(paths.map((p) => [p, 'h']));
    put(site.out, '.postil.json', JSON.stringify({ files: { ...files, a: 'h' } }));
    site.outputs = {};
    expect(site.write({})).toEqual({ written: 0, deleted: 1 });
    expect(readFileSync(join(site.root, 'precious'), 'utf8')).toBe('p');
  });

  it('knows its files though their list is damaged', () => {
    const site = new Site();
    site.write({ a: '1', b: '2' });
    put(site.out, '.postil.json', '{"files": {');
    expect(site.write({ a: '1' })).toMatchObject({ deleted: 1 });
    expect(site.files()).toEqual({ a: '1' });
  });

  it('deletes no folder that took the place of its file', () => {
    const site = new Site();
    site.write({ a: '1', b: '2' });
    rmSync(join(site.out, 'a'));
    put(site.out, 'a/mine', 'm');
    site.write({ b: '2' });
    expect(site.files()).toEqual({ 'a/mine': 'm', b: '2' });
  });

  it('what is added when it is over is refused, and lies nowhere', () => {
    const site = new Site();
    const writer = site.writer();
    writer.abandon();
    expect(() => writer.add('a', '1', 'late')).toThrow('a comes after the build was over');
    expect(existsSync(join(site.root, 'work/stage'))).toBe(false);
  });

  it('moves nothing before everything is written', () => {
    const site = new Site();
    site.write({ a: '1' });
    const all = snapshot(site.out);
    const writer = site.writer();
    writer.add('a', '2', '2');
    writer.add('b', '3', '3');
    expect(snapshot(site.out)).toEqual(all);
    writer.abandon();
    expect(snapshot(site.root, (p) => p === 'dist')).toEqual(new Map());
  });

  it('goes on after a build that was killed between two moves', () => {
    const site = new Site();
    site.write({ a: '1', b: '1', gone: '1' });
    const writer = site.writer();
    for (const path of ['a', 'b', 'c']) writer.add(path, '2', '2');
    // What `finish` does first, and a part of the rest.
    const list = JSON.parse(readFileSync(join(site.out, '.postil.json'), 'utf8'));
    put(site.out, '.postil.json', JSON.stringify({ files: { ...list.files, c: 'h' } }));
    renameSync(join(site.root, 'work/stage/0'), join(site.out, 'a'));
    renameSync(join(site.root, 'work/stage/2'), join(site.out, 'c'));
    expect(site.write({ a: '1', b: '2' })).toEqual({ written: 2, deleted: 2 });
    expect(site.files()).toEqual({ a: '1', b: '2' });
  });

  it('begins without what a build that was killed had on its way', () => {
    const site = new Site();
    put(site.root, 'work/stage/0', 'half');
    put(site.out, '.postil-stage/0', 'half');
    site.writer();
    expect(existsSync(join(site.root, 'work/stage'))).toBe(false);
    expect(existsSync(join(site.out, '.postil-stage'))).toBe(false);
  });

  it('takes a folder of empty folders for no obstacle, and one with a file of others for one', () => {
    const site = new Site();
    site.write({ x: '1' });
    mkdirSync(join(site.out, 'a/b/c'), { recursive: true });
    expect(site.write({ a: '1', x: '1' })).toEqual({ written: 1, deleted: 0 });
    put(site.out, 'd/e', 'mine');
    expect(site.write({ a: '1', d: '1', x: '1' })).toEqual([expect.stringContaining('“d”')]);
    expect(readFileSync(join(site.out, 'd/e'), 'utf8')).toBe('mine');
  });

  it('has the keys of what the last build put below a folder', () => {
    const site = new Site();
    site.write({ 'search/a': '1', 'search/b/c': '2', 'searched/d': '3', e: '4' });
    expect(site.writer().keysBelow('search/')).toEqual(new Set(['1', '2']));
  });

  it('knows a file by its stamp once that is old enough, and says whether it had to hash', () => {
    const site = new Site();
    at(0, () => site.write({ a: '1' }));
    const young = site.writer();
    expect([young.hashed, at(LATER, () => young.keep('a', '1')), young.hashed]).toEqual([false, true, true]);
    const { outputs } = young.finish();
    expect(outputs).toEqual({
      a: ['1', [1, expect.any(Number), expect.any(Number), expect.any(Number), expect.any(String)]],
    });
    site.outputs = outputs;
    const old = site.writer();
    expect([old.keep('a', 'other'), old.keep('a', '1'), old.hashed]).toEqual([false, true, false]);
    expect(old.finish()).toEqual({ outputs, written: 0, deleted: 0 });
  });

  describe('looks in advance', () => {
    const paths = Array.from({ length: 130 }, (_, i) => `f${String(i).padStart(3, '0')}`);
    /** A site whose files can be known by their stamps. */
    const settled = (names: string[]) => {
      const site = new Site();
      at(LATER, () => site.write(Object.fromEntries(names.map((p) => [p, p]))));
      return site;
    };

    it('and keeps what it would keep without', async () => {
      const kept = [];
      for (const looks of [false, true]) {
        const site = settled(['same', 'touched', 'edited', 'longer', 'gone', 'folder']);
        utimesSync(join(site.out, 'touched'), new Date(0), new Date(0));
        put(site.out, 'edited', 'EDITED');
        put(site.out, 'longer', 'longer!');
        for (const path of ['gone', 'folder']) rmSync(join(site.out, path));
        mkdirSync(join(site.out, 'folder'));
        const writer = site.writer();
        if (looks) await writer.look();
        kept.push(Object.keys(site.outputs).filter((path) => writer.keep(path, path)));
        expect(writer.hashed).toBe(true);
      }
      expect(kept).toEqual([
        ['same', 'touched'],
        ['same', 'touched'],
      ]);
    });

    it.each([
      [true, [true, false]],
      [false, [true, true]],
    ])('a few at a time, and no longer when it is abandoned: %s', async (abandons, expected) => {
      const site = settled(paths);
      const writer = site.writer();
      let others = 0;
      setImmediate(() => others++);
      const looking = writer.look();
      if (abandons) writer.abandon();
      await looking;
      expect(others).toBe(1);
      // What was looked at is believed from then on: so it shows what was.
      rmSync(site.out, { recursive: true });
      expect(['f010', 'f120'].map((path) => writer.keep(path, path))).toEqual(expected);
    });
  });

  it('names every obstacle, in the order of paths', () => {
    const site = new Site();
    site.write({ a: '1' });
    for (const path of ['m', 'n', 'o']) put(site.out, path, 'm');
    const names = ['m', 'n', 'o/x'].map((path) => expect.stringContaining(`“${path.slice(0, 1)}”`));
    expect(site.write({ m: '1', n: '1', 'o/x': '1' })).toEqual([names[2], names[0], names[1]]);
  });

  it('leaves a file that has an old and a new spelling, where both are one file', () => {
    const site = new Site();
    site.write({ A: '1', a: '1', B: '2', b: '2' });
    rmSync(join(site.out, 'a'));
    linkSync(join(site.out, 'A'), join(site.out, 'a'));
    site.write({ a: '1', b: '2' });
    expect(site.files()).toEqual({ A: '1', a: '1', b: '2' });
  });

  /** The calls of a second build that change the disk, one of them failing. */
  const calls = (
    fault: string,
    pick: (calls: Change[]) => number,
    { platform = 'linux', forever = false } = {},
  ): { site: Site; calls: Change[]; error: unknown } => {
    const run = (at: number, site = new Site()) => {
      site.write({ a: '1', b: '1', gone: '1' });
      site.platform = platform;
      arm({ root: site.root, at, fault, forever });
      let error: unknown;
      try {
        site.write({ b: '2', c: '2' });
      } catch (thrown) {
        error = thrown;
      }
      return { site, calls: disarm(), error };
    };
    return run(1 + pick(run(Number.POSITIVE_INFINITY).calls));
  };

  it('lists old and new, moves in the order given, deletes, lists what is left', () => {
    const { calls: all } = calls('', () => Number.POSITIVE_INFINITY);
    const steps = all.map(({ name, path }) => `${name} ${path.split('/').slice(-2).join('/')}`);
    const moves = steps.filter((s) => /^(?:rename|unlink)/.test(s));
    expect(moves).toEqual([
      'renameSync stage/list',
      'renameSync stage/0',
      'renameSync stage/1',
      'unlinkSync dist/a',
      'unlinkSync dist/gone',
      'renameSync stage/list',
    ]);
  });

  it('moves files in the order of their turns, whenever they were added', () => {
    const site = new Site();
    mkdirSync(site.out);
    arm({ root: site.root, at: Number.POSITIVE_INFINITY, fault: '' });
    const writer = site.writer();
    const [early, earlier] = [writer.turn(), writer.turn()].reverse() as [number, number];
    for (const path of ['c', 'd', 'e']) writer.add(path, path, path);
    writer.add('b', 'b', 'b', early);
    writer.add('a', 'a', 'a', earlier);
    writer.add('f', 'f', 'f', writer.turn());
    const { written } = writer.finish();
    const moved = disarm().flatMap(({ name, path }) => (name === 'renameSync' ? [path.slice(-1)] : []));
    // By the number under which each was written, after the list of files.
    expect([written, moved.join('')]).toEqual([6, 't430125']);
    expect(site.files()).toEqual(Object.fromEntries([...'abcdef'].map((c) => [c, c])));
  });

  it('takes files that were written elsewhere, and those of a build that is over reach no other', () => {
    const site = new Site();
    site.write({ a: '1', same: '1' });
    const late = site.writer();
    const { folder, names } = late.stage(['e']);
    const lost = join(folder, names[0]!);
    late.abandon();
    expect(() => writeFileSync(lost, 'late')).toThrow('ENOENT');

    const writer = site.writer();
    const staged = [writer.stage(['b/c', 'a']), writer.stage(['same'])].flatMap((places) =>
      places.names.map((name) => join(places.folder, name)),
    );
    expect(new Set([lost, ...staged]).size).toBe(4);
    // Threads write to different folders.
    const [one, two, other] = staged.map((path) => dirname(path));
    expect([two === one, other === one]).toEqual([true, false]);
    const put = (path: string, text: string, turn: number) => {
      const file = staged.shift()!;
      writeFileSync(file, text);
      writer.addStaged(path, text, { staged: file, content: hash(text), turn });
    };
    put('b/c', '2', writer.turn());
    put('a', '2', writer.turn());
    // It lies there already.
    put('same', '1', writer.turn());
    writer.add('d', '2', '2');
    const { outputs, written } = writer.finish();
    expect(written).toBe(3);
    expect(site.files()).toEqual({ a: '2', 'b/c': '2', d: '2', same: '1' });
    expect(outputs['b/c']![1][4]).toBe(hash('2'));
    expect(() => writer.addStaged('e', '', { staged: lost, content: '', turn: 9 })).toThrow(
      'after the build',
    );
  });

  describe('a site that is all new', () => {
    /** Files that threads wrote, and one that was added. */
    const begin = (site: Site) => {
      const writer = site.writer();
      const paths = ['a/b', 'c'];
      const { folder, names } = writer.stage(paths);
      expect(names).toEqual(paths);
      for (const path of paths) {
        put(folder, path, path);
        const file = { staged: join(folder, path), content: hash(path), turn: writer.turn() };
        writer.addStaged(path, path, file);
      }
      writer.add('a/d', 'a/d', 'a/d');
      expect(writer.check()).toEqual([]);
      return writer;
    };
    const files = { 'a/b': 'a/b', 'a/d': 'a/d', c: 'c' };
    const renames = () => disarm().filter((c) => c.name === 'renameSync').length;

    it('is renamed as one folder', () => {
      const site = new Site(join(folderOf(), 'build/site'));
      const writer = begin(site);
      arm({ root: site.root, at: Number.POSITIVE_INFINITY, fault: 'EIO' });
      const { outputs, written } = writer.finish();
      // What was added, the list, the folder.
      expect([renames(), written]).toEqual([3, 3]);
      expect(site.files()).toEqual(files);
      site.outputs = outputs;
      expect(site.write(files)).toEqual({ written: 0, deleted: 0 });
    });

    it('is moved file by file where somebody made something meanwhile', () => {
      const site = new Site();
      const writer = begin(site);
      put(site.out, 'mine', 'm');
      writer.finish();
      expect(site.files()).toEqual({ ...files, mine: 'm' });
      expect(existsSync(join(site.root, 'work/stage'))).toBe(false);
    });

    it('leaves nothing when it is given up', () => {
      const site = new Site();
      begin(site).abandon();
      expect([existsSync(site.out), readdirSync(join(site.root, 'work'))]).toEqual([false, []]);
    });
  });

  it('deletes nothing but what stands in the way before everything is in place', () => {
    const run = (at: number) => {
      const site = new Site();
      site.write({ a: '1', ab: '1', z: '1' });
      arm({ root: site.root, at, fault: 'EIO' });
      try {
        site.write({ 'a/b': '2', c: '2' });
      } catch {}
      return { site, calls: disarm() };
    };
    const all = run(Number.POSITIVE_INFINITY).calls;
    const { site } = run(1 + all.findLastIndex((c) => c.name === 'renameSync' && /stage\/1$/.test(c.path)));
    expect(site.files()).toEqual({ 'a/b': '2', ab: '1', z: '1' });
  });

  it('copies where no rename leads across, and leaves nothing of it', () => {
    const {
      site,
      error,
      calls: done,
    } = calls('EXDEV', (all) => all.findIndex((c) => /stage\/0$/.test(c.path) && c.name === 'renameSync'));
    expect(error).toBeUndefined();
    const near = done.findIndex((c) => c.name === 'copyFileSync');
    expect(done.slice(near + 1).map((c) => c.path)).toContain(join(site.out, '.postil-stage/moving'));
    expect(site.files()).toEqual({ b: '2', c: '2' });
    expect(readdirSync(site.out).sort()).toEqual(['.postil.json', 'b', 'c']);
  });

  it.each([
    ['write', (c: Change) => c.name === 'writeFileSync' && /stage\/1$/.test(c.path)],
    ['write', (c: Change) => c.name === 'renameSync' && /stage\/1$/.test(c.path)],
    ['delete', (c: Change) => c.name === 'unlinkSync'],
  ])('says what it could not %s, and what failed', (operation, wanted) => {
    for (const [fault, reason] of [
      ['EIO', 'input/output error'],
      ['ENOSPC', 'no space left'],
    ] as const) {
      const { error } = calls(fault, (all) => all.findIndex(wanted));
      expect(String(error)).toMatch(new RegExp(`^DiskError: cannot ${operation} /.*/dist/[ac]: .*${reason}`));
    }
  });

  describe('on Windows', () => {
    const steps: [string, (c: Change) => boolean][] = [
      ['moved', (c) => c.name === 'renameSync' && /stage\/1$/.test(c.path)],
      ['listed', (c) => c.name === 'renameSync' && /stage\/list$/.test(c.path)],
      ['deleted', (c) => c.name === 'unlinkSync'],
    ];

    it.each(steps)('a file that is open in another program for a moment is %s yet', (_, wanted) => {
      for (const fault of ['EPERM', 'EACCES', 'EBUSY']) {
        const { site, error } = calls(fault, (all) => all.findIndex(wanted), { platform: 'win32' });
        expect(error).toBeUndefined();
        expect(site.files()).toEqual({ b: '2', c: '2' });
      }
    });

    it.each(steps)('one that stays open is told after a while: not %s', (_, wanted) => {
      const begin = performance.now();
      const { error } = calls('EBUSY', (all) => all.findIndex(wanted), { platform: 'win32', forever: true });
      expect(String(error)).toMatch(/^DiskError: cannot (?:write|delete) /);
      expect(performance.now() - begin).toBeGreaterThan(1000);
      expect(performance.now() - begin).toBeLessThan(4000);
    });

    it.each(steps)('and nowhere else is anything waited for: %s', (_, wanted) => {
      const { error, calls: done } = calls('EPERM', (all) => all.findIndex(wanted));
      expect(String(error)).toMatch(/^DiskError: cannot (?:write|delete) .*: permission denied/);
      expect(done.filter((c) => c.path === done.find(wanted)!.path && wanted(c)).length).toBe(1);
    });

    it('an old folder gives way to a file, though the system says that it is not permitted', () => {
      const run = (at: number) => {
        const site = new Site();
        site.write({ 'x/y': '1', z: '1' });
        site.platform = 'win32';
        arm({ root: site.root, at, fault: 'EPERM' });
        site.write({ x: '2', z: '1' });
        return { site, calls: disarm() };
      };
      const move = (c: Change) => c.name === 'renameSync' && /stage\/0$/.test(c.path);
      const { site, calls: done } = run(1 + run(Number.POSITIVE_INFINITY).calls.findIndex(move));
      // Not once more before there is room.
      const second = done.findLastIndex(move);
      expect(done.slice(done.findIndex(move), second).map((c) => c.name)).toContain('unlinkSync');
      expect(done.filter(move)).toHaveLength(2);
      expect(site.files()).toEqual({ x: '2', z: '1' });
    });
  });

  it.skipIf(!existsSync('/dev/shm'))('writes to another file system', () => {
    const shm = '/dev/shm/postil-writer-test';
    rmSync(shm, { recursive: true, force: true });
    const site = new Site(shm);
    try {
      site.write({ a: '1', 'b/c': '2' });
      site.write({ a: '2', b: '3' });
      expect(site.files()).toEqual({ a: '2', b: '3' });
      expect(readdirSync(shm).sort()).toEqual(['.postil.json', 'a', 'b']);
    } finally {
      rmSync(shm, { recursive: true, force: true });
    }
  });
});
