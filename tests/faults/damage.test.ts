/**
 * Case 31: whatever happens to what a build left for the next one, the next site is right: first the files of the
 * store alone, then whole builds.
 */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadState, type State, saveState } from '../../src/cache/state.ts';
import { Store } from '../../src/cache/store.ts';
import { put, quickFolder, readFolder } from '../support/folder.ts';
import { build, makeSite, snapshot } from '../support/sites.ts';

const LONG = process.env.POSTIL_LONG === '1';

/** What may happen to a file. */
const damage = fc
  .record({
    kind: fc.constantFrom('cut', 'flip', 'junk', 'zeros', 'append', 'twice', 'empty'),
    place: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    bit: fc.nat(7),
    junk: fc.uint8Array({ minLength: 1, maxLength: 40 }),
    which: fc.nat(),
  })
  .map((d) => ({ ...d, spoil: (bytes: Buffer) => spoil(bytes, d) }));

function spoil(bytes: Buffer, d: { kind: string; place: number; bit: number; junk: Uint8Array }): Buffer {
  const at = Math.floor(d.place * bytes.length);
  const copy = Buffer.from(bytes);
  switch (d.kind) {
    case 'cut':
      return copy.subarray(0, at);
    case 'flip':
      copy[at]! ^= 1 << d.bit;
      return copy;
    case 'junk':
      copy.set(d.junk.subarray(0, copy.length - at), at);
      return copy;
    case 'zeros':
      return copy.fill(0, at);
    case 'append':
      return Buffer.concat([copy, d.junk]);
    case 'twice':
      return Buffer.concat([copy.subarray(0, at), copy]);
    default:
      return Buffer.alloc(0);
  }
}

describe('case 31: random damage', () => {
  const RUNS = LONG ? 10_000 : 300;
  it(`of files of the store and of the state, ${RUNS} times: right, or not there`, () => {
    const folder = join(quickFolder(), 'store');
    const entries = Object.fromEntries(
      Array.from({ length: 6 }, (_, i) => [`k${i}`, `v${i}`.repeat(9 ** i % 90)]),
    );
    const first = new Store(folder);
    for (const [key, value] of Object.entries(entries)) first.put(key, Buffer.from(value));
    first.commit();
    first.close();
    const state: State = {
      key: 'k',
      inputs: {},
      outputs: {},
      diagnostics: [],
      counts: { notes: 1, pages: 1 },
      out: '',
    };
    const statePath = join(dirname(folder), 'state.json');
    saveState(statePath, state);
    const [[name, pack]] = [...readFolder(folder)] as [[string, Buffer]];
    const kept = readFileSync(statePath);
    let lost = 0;
    fc.assert(
      fc.property(damage, ({ spoil }) => {
        writeFileSync(join(folder, name), spoil(pack));
        writeFileSync(statePath, spoil(kept));
        const store = new Store(folder);
        const found = Object.keys(entries).map((key) => store.get(key)?.toString());
        store.close();
        for (const [i, value] of Object.values(entries).entries()) {
          expect([undefined, value]).toContain(found[i]);
          if (found[i] === undefined) lost++;
        }
        expect([undefined, state]).toContainEqual(loadState(statePath));
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
    expect(lost).toBeGreaterThan(RUNS);
  });

  const BUILDS = LONG ? 1000 : 4;
  it(
    `of what a build left, ${BUILDS} times: the next site is right`,
    async () => {
      const site = makeSite({ 'posts/b.md': '# B\n\nSee [[a]] and $x$.\n' }, quickFolder());
      // Both sites are known, and so is all that makes them.
      const sites: Map<string, string>[] = [];
      const edit = (turn: number) => put(site, 'posts/a.md', `# A${turn}\n\nIn turn ${turn}, see [[b]].\n`);
      for (const turn of [0, 1]) {
        edit(turn);
        await build({ site, jobs: 1 });
        sites.push(snapshot(join(site, 'dist')));
      }
      expect(sites[0]).not.toEqual(sites[1]);
      const left = [...readFolder(join(site, '.postil'))];
      let turn = 1;
      await fc.assert(
        fc.asyncProperty(damage, async ({ spoil, which }) => {
          rmSync(join(site, '.postil'), { recursive: true, force: true });
          for (const [i, [path, bytes]] of left.entries()) {
            mkdirSync(dirname(join(site, '.postil', path)), { recursive: true });
            writeFileSync(join(site, '.postil', path), i === which % left.length ? spoil(bytes) : bytes);
          }
          turn = 1 - turn;
          edit(turn);
          expect(await build({ site, jobs: 1 })).toMatchObject({ published: true, diagnostics: [] });
          expect(snapshot(join(site, 'dist'))).toEqual(sites[turn]);
        }),
        { numRuns: BUILDS, endOnFailure: true },
      );
    },
    LONG ? 3_600_000 : 120_000,
  );
});
