/**
 * Case 34: a rebuild of 50 pages is killed at the calls that change the disk. No file is ever torn, and the next
 * build needs no help. A sample here; every call with `npm run test:long`. Most are killed in this process, by taking
 * the disk away from them; at some a process is killed in truth, which must leave the same site. Under strace it is
 * the system itself that kills and refuses, at a few calls of each kind.
 */

import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { snapshot } from '../support/sites.ts';
import { Rebuild } from './rebuild.ts';
import { type Call, hasStrace, strace } from './strace.ts';

const LONG = process.env.POSTIL_LONG === '1';
const TIMEOUT = LONG ? 3_600_000 : 300_000;

let rebuild: Rebuild;
beforeAll(async () => {
  rebuild = await Rebuild.make();
});

it(
  `case 34: killed at ${LONG ? 'all' : 'some'} calls that change the disk`,
  async () => {
    const all = rebuild.sample(LONG ? rebuild.calls.length : 10);
    for (const at of all) {
      rebuild.restore();
      await rebuild.die(at);
      rebuild.expectWhole();
      await rebuild.expectRecovery();
    }
    if (LONG) console.log(`killed at ${all.length} calls`);
  },
  TIMEOUT,
);

it(
  `case 34: a process that is killed in truth, at ${LONG ? 40 : 4} of these calls, leaves the same`,
  async () => {
    for (const at of rebuild.sample(LONG ? 40 : 4)) {
      rebuild.restore();
      await rebuild.die(at);
      const site = snapshot(rebuild.dist);
      rebuild.restore();
      expect([at, await rebuild.kill(at)]).toEqual([at, 'SIGKILL']);
      expect([at, ...snapshot(rebuild.dist)]).toEqual([at, ...site]);
      rebuild.expectWhole();
      await rebuild.expectRecovery();
    }
  },
  TIMEOUT,
);

it.skipIf(!LONG)(
  `case 34: killed at any moment, 200 times, also while threads write${LONG ? '' : ' (not run: npm run test:long)'}`,
  async () => {
    // So many that threads make and write the most of them.
    const larger = await Rebuild.make(80);
    larger.restore();
    const began = performance.now();
    await larger.killAfter(600_000);
    const whole = performance.now() - began;
    let killed = 0;
    for (let i = 0; i < 200; i++) {
      larger.restore();
      // Evenly from the beginning to the end; when the machine is busier than it was, never before.
      if (await larger.killAfter(1 + (whole * i) / 200)) killed++;
      larger.expectWhole();
      await larger.expectRecovery();
    }
    console.log(`killed at ${killed} of 200 moments, the others came too late`);
    expect(killed).toBeGreaterThan(100);
  },
  TIMEOUT,
);

describe.skipIf(!hasStrace)(
  hasStrace ? 'cases 34 to 36: by the system' : 'cases 34 to 36: by the system (not run: needs strace)',
  () => {
    const REASONS: Record<string, string> = {
      ENOSPC: 'no space left on the disk \\(\\d+ MB free\\)',
      EIO: 'the disk reports an input/output error',
      EACCES: 'permission denied',
    };
    let calls: Call[] = [];
    beforeAll(async () => {
      rebuild.restore();
      calls = (await strace(['build', rebuild.site], { follow: true })).calls;
    });

    it('the calls that are counted are those that there are', () => {
      const pid = (path: string) => path.replace(/(lock\.|\.writing-)\d+(?:-\d+)?/, '$1PID');
      const inSite = (lines: string[]) =>
        lines
          .filter((path) => path.startsWith(rebuild.site))
          .map(pid)
          .sort();
      const of = (name: string) =>
        calls.filter((c) => c.name === name).map((c) => /"([^"]*)"/.exec(c.line)![1]!);
      const counted = (...names: string[]) =>
        rebuild.calls.filter((c) => names.includes(c.name)).map((c) => c.path);
      expect(inSite(of('rename'))).toEqual(inSite(counted('renameSync')));
      expect(inSite(of('openat'))).toEqual(inSite(counted('writeFileSync', 'openSync')));
      // A folder of files on their way goes file by file; it is counted once.
      const single = (paths: string[]) => inSite(paths).filter((path) => !path.includes('/stage'));
      expect(single(of('unlink'))).toEqual(single(counted('unlinkSync', 'rmSync')));
    });

    it.each([
      ['rename', 'signal=SIGKILL'],
      ['openat', 'signal=SIGKILL'],
      ['unlink', 'signal=SIGKILL'],
      ['rename', 'error=ENOSPC'],
      ['openat', 'error=EIO'],
      ['unlink', 'error=EACCES'],
    ])('at a %s: %s', async (name, fault) => {
      const own = calls.filter((c) => c.name === name && c.line.includes(`${rebuild.site}/`));
      // A file is known by its path: what is opened before it comes in another order from run to run.
      const path = /"([^"]*)"/.exec(own[own.length >> 1]!.line)![1]!;
      rebuild.restore();
      const { code, stderr } = await strace(['build', rebuild.site], {
        inject: `${name}:${fault}:when=1`,
        only: path,
      });
      rebuild.expectWhole();
      if (fault === 'signal=SIGKILL') expect([path, code]).toEqual([path, 137]);
      else {
        const reason = REASONS[fault.slice(6)];
        expect(stderr).toMatch(new RegExp(`^error\\[environment\\] cannot [a-z ]+ /[^:\n]+: ${reason}`));
        expect(code).toBe(4);
      }
      await rebuild.expectRecovery();
    });

    it('ENOSPC in the middle of writing a page, and the last good site stays', async () => {
      rebuild.restore();
      const staged = join(rebuild.site, '.postil/stage/5');
      const { code, stderr } = await strace(['build', rebuild.site], {
        inject: 'write:error=ENOSPC:when=1+',
        only: staged,
      });
      expect(code).toBe(4);
      expect(stderr).toMatch(/^error\[environment\] cannot write \/.*\/dist\/[^ ]+: no space left/);
      expect([...snapshot(rebuild.dist)]).toEqual([...rebuild.before]);
      await rebuild.expectRecovery();
    });
  },
);
