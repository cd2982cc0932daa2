/**
 * Cases 35 and 36: the calls of a rebuild of 50 pages that change the disk fail, one or all from there on. Either the
 * build could do without, or it says what failed where; no file is torn, and the next build needs no help. A sample
 * here; every call with `npm run test:long`.
 */

import { beforeAll, describe, expect, it } from 'vitest';
import { snapshot } from '../support/sites.ts';
import { Rebuild } from './rebuild.ts';

const LONG = process.env.POSTIL_LONG === '1';
const TIMEOUT = LONG ? 3_600_000 : 300_000;

/** What fails, whether once or from there on, and the reason that is given. */
const FAULTS: [fault: string, how: string, reason: string][] = [
  ['ENOSPC', 'once', 'no space left on the disk \\(\\d+ MB free\\)'],
  ['EIO', 'once', 'the disk reports an input/output error'],
  ['EIO', 'from then on', 'the disk reports an input/output error'],
  ['EACCES', 'once', 'permission denied'],
];
if (LONG)
  FAULTS.push(
    ['ENOSPC', 'from then on', 'no space left on the disk \\(\\d+ MB free\\)'],
    ['EACCES', 'from then on', 'permission denied'],
  );

let rebuild: Rebuild;
beforeAll(async () => {
  rebuild = await Rebuild.make();
});

describe('cases 35 and 36: the disk fails', () => {
  it.each(FAULTS)(
    'with %s, %s',
    async (fault, how, reason) => {
      // The second page on its way, when threads are still making others: their pages once came into the next build.
      const second = 1 + rebuild.calls.findIndex(({ path }) => path.endsWith('/stage/1'));
      expect(second).toBeGreaterThan(1);
      const all = LONG ? rebuild.sample(rebuild.calls.length) : [second, ...rebuild.sample(6)];
      let refused = 0;
      for (const at of all) {
        rebuild.restore();
        const { error, call } = await rebuild.fail(at, fault, how !== 'once');
        expect([at, call]).toEqual([at, expect.anything()]);
        rebuild.expectWhole();
        if (error) {
          refused++;
          expect(error.message).toMatch(new RegExp(`^cannot [a-z ]+ /[^:\n]+: ${reason}`));
        } else expect([...snapshot(rebuild.dist)]).toEqual([...rebuild.after]);
        await rebuild.expectRecovery();
      }
      expect(refused).toBeGreaterThan(0);
      if (LONG) console.log(`${fault} ${how}: ${all.length} calls, ${refused} builds refused`);
    },
    TIMEOUT,
  );
});
