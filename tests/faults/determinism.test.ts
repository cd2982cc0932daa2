/** Cases 33 and 37: one site, wherever, whenever and however often at once it is built. */

import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderOf, postil, put, quickFolder } from '../support/folder.ts';
import { build, makeSite, snapshot } from '../support/sites.ts';

const LONG = process.env.POSTIL_LONG === '1';

const PLACES = ['a', 'b/longer'];
const ZONES = ['UTC', 'Asia/Shanghai', 'America/Los_Angeles'];
/** ICU takes the locale from the environment, whether or not the system has it. */
const LOCALES = ['C', 'tr_TR.UTF-8', 'sv_SE.UTF-8'];
const JOBS = ['1', '4'];
/** Each value at least once; with `npm run test:long` every combination. */
const COMBINATIONS = LONG
  ? PLACES.flatMap((place) =>
      ZONES.flatMap((zone) =>
        LOCALES.flatMap((locale) => JOBS.map((jobs) => [place, zone, locale, jobs] as const)),
      ),
    )
  : ([
      ['a', 'UTC', 'C', '1'],
      ['b/longer', 'Asia/Shanghai', 'tr_TR.UTF-8', '4'],
      ['b/longer', 'America/Los_Angeles', 'sv_SE.UTF-8', '1'],
    ] as const);

describe('case 33: one hash', () => {
  it(
    `for ${COMBINATIONS.length} combinations of place, time zone, locale and number of workers, in any order of names`,
    async () => {
      const files: Record<string, string> = { 'postil.yml': 'title: T\nurl: https://example.org/\n' };
      for (let i = 0; i < 24; i++)
        files[`posts/n${i}.md`] =
          `---\ntitle: N${i}\ndate: 2024-0${1 + (i % 9)}-03\ntags: [t${i % 3}, 标签, İ, ß, ä, z]\n---\n# H\n\n$x_${i}$ [[n${(i + 1) % 24}]]\n\n\`\`\`js\nlet a = ${i}\n\`\`\`\n`;
      const names = Object.keys(files);
      const sites = new Map<string, string>();
      for (const [place, TZ, locale, jobs] of COMBINATIONS) {
        const root = quickFolder();
        const site = join(root, place);
        // The order in which names were made is that in which some file systems list them.
        for (const name of place === 'a' ? names : [...names].reverse()) put(site, name, files[name]!);
        const { code } = await postil(['build', site, '--jobs', jobs], {
          env: { TZ, LC_ALL: locale, LANG: locale, HOME: folderOf() },
        });
        expect(code).toBe(0);
        sites.set(JSON.stringify([...snapshot(join(site, 'dist'))]), `${place} ${TZ} ${locale} ${jobs}`);
        rmSync(root, { recursive: true });
      }
      // Those that differ are named.
      expect([...sites.values()]).toEqual([COMBINATIONS.at(-1)!.join(' ')]);
    },
    LONG ? 3_600_000 : 120_000,
  );
});

describe('case 37: two builds at once', () => {
  const ROUNDS = LONG ? 100 : 1;
  it(
    `one waits for the other, and the site is right, ${ROUNDS} times`,
    async () => {
      const count = LONG ? 4 : 30;
      const files: Record<string, string> = {};
      for (let i = 0; i < count; i++) files[`posts/n${i}.md`] = `# N${i}\n\nSee [[n${(i + 1) % count}]].\n`;
      const [here, there] = [makeSite(files, quickFolder()), makeSite(files, quickFolder())];
      await build({ site: here });
      for (let round = 0; round < ROUNDS; round++) {
        for (const site of [here, there]) {
          put(site, 'postil.yml', `title: Other ${round}\nurl: https://example.org/\n`);
          put(site, 'posts/n0.md', `# N0\n\nIn round ${round}, see [[n1]].\n`);
        }
        const runs = await Promise.all(Array.from({ length: LONG ? 2 : 3 }, () => postil(['build', here])));
        const said = runs.map((r) =>
          r.stderr.replace(/^waiting for another build \(process \d+ on \S+\)\n/, ''),
        );
        expect([runs.map((r) => r.code), said.join('')]).toEqual([runs.map(() => 0), '']);
        const left = readdirSync(join(here, '.postil'));
        expect(left.filter((n) => !/^(?:store|state-\w+\.json)$/.test(n))).toEqual([]);
        for (const folder of ['.postil', 'dist'])
          rmSync(join(there, folder), { recursive: true, force: true });
        await build({ site: there, jobs: 1 });
        expect(snapshot(join(here, 'dist'))).toEqual(snapshot(join(there, 'dist')));
      }
    },
    LONG ? 3_600_000 : 120_000,
  );
});
