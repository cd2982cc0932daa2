/** What a process that builds all day holds on to: with `npm run test:long`, a thousand builds of a site of 30 notes. */

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { folderOf } from '../support/folder.ts';

const LONG = process.env.POSTIL_LONG === '1';
const program = fileURLToPath(new URL('drift.mjs', import.meta.url));

it.skipIf(!LONG)(
  `a thousand builds leave no objects behind${LONG ? '' : ' (not run: npm run test:long)'}`,
  async () => {
    const args = ['--expose-gc', program, join(folderOf(), 'site'), '1000'];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    console.log(stdout);
    const seen = JSON.parse(stdout) as { builds: number; rss: number; objects: number }[];
    expect(seen.at(-1)!.builds).toBe(1000);
    // From the second hundred on: the first loads what all need.
    const settled = seen[1]!;
    // What the thread has, and what was freed and not given back, is in `rss`: that is printed, and said in the docs.
    for (const { objects } of seen.slice(2)) expect(objects).toBeLessThan(settled.objects * 1.05 + 1);
  },
);
