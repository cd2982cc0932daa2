/**
 * Cases 4, 26, 28 and 29: input that would take forever ends with a message at its place, and the other notes are
 * still told of. Four at once here; with `npm run test:long` all of them one by one, with the processor time and
 * memory that each takes.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderOf, postil } from '../support/folder.ts';
import { build, makeSite, snapshot } from '../support/sites.ts';
import { FORMULA_BOMBS, MARKDOWN_BOMBS, PLUGIN_BOMBS, YAML_BOMBS } from './bombs.ts';

const LONG = process.env.POSTIL_LONG === '1';
const WRONG = '---\ndate: never\n---\n';

/** The messages of a build: `id path:line:column`. */
const told = (stderr: string) =>
  [...stderr.matchAll(/^\w+\[([^\]]+)\] (\S+)/gm)].map((m) => `${m[1]} ${m[2]}`);

/** Milliseconds that a bomb may take, and the memory of the whole process with it. */
const LIMIT_MS = 10_000;
const LIMIT_MB = 512;

/** What a process writes down of itself when it ends. */
const MEASURE = `data:text/javascript,${encodeURIComponent(
  `import { writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
if (isMainThread) process.on('exit', () => writeFileSync(process.env.POSTIL_TEST_MEASURE, JSON.stringify({
  ...process.resourceUsage(), wall: performance.now(),
})));`,
)}`;

/** Builds in one thread. @returns also the milliseconds of processor time or of the clock, and megabytes, taken */
async function measured(args: string[]) {
  const file = join(folderOf(), 'measured');
  const ran = await postil(['build', ...args, '--jobs', '1'], {
    node: ['--import', MEASURE],
    env: { POSTIL_TEST_MEASURE: file },
  });
  const { userCPUTime, systemCPUTime, maxRSS, wall } = JSON.parse(readFileSync(file, 'utf8'));
  // What other programs took of the clock is not the bomb's; several threads may take more than the clock shows.
  return { ...ran, time: Math.min(wall, (userCPUTime + systemCPUTime) / 1000), memory: maxRSS / 1024 };
}

it('case 4, case 26 and case 28: bombs', async () => {
  const site = makeSite({ 'posts/good.md': '# Good\n' });
  await build({ site });
  const before = snapshot(join(site, 'dist'));
  const bombed = makeSite({
    'posts/aliases.md': YAML_BOMBS.aliases!,
    'posts/brackets.md': YAML_BOMBS.brackets!,
    'posts/fractions.md': FORMULA_BOMBS.fractions!,
    'posts/links.md': MARKDOWN_BOMBS.destinations!,
    'posts/merges.md': YAML_BOMBS.merges!,
    'posts/wrong.md': WRONG,
  });
  const { code, stderr, time } = await measured([bombed, '--out', join(site, 'dist')]);
  expect(told(stderr)).toEqual([
    expect.stringMatching(/^front-matter\/yaml posts\/aliases\.md:\d+:\d+$/),
    expect.stringMatching(/^front-matter\/yaml posts\/brackets\.md:\d+:\d+$/),
    expect.stringMatching(/^math\/too-deep posts\/fractions\.md:1:1$/),
    'note/exhausted posts/links.md',
    expect.stringMatching(/^front-matter\/yaml posts\/merges\.md:\d+:\d+$/),
    expect.stringMatching(/^front-matter\/type posts\/wrong\.md:2:7$/),
  ]);
  expect(code).toBe(1);
  expect(snapshot(join(site, 'dist'))).toEqual(before);
  // All of it. Where others waited for a thread, the note that does not end was once given twice its time.
  expect(time).toBeLessThan(1.3 * LIMIT_MS);
}, 180_000);

describe.skipIf(!LONG)(`bombs one by one${LONG ? '' : ' (not run: npm run test:long)'}`, () => {
  const table: string[] = [];
  /** What the build takes without a bomb. */
  let without = 0;
  beforeAll(async () => {
    without = (await measured([makeSite({ 'posts/bomb.md': 'Text.\n', 'posts/wrong.md': WRONG })])).time;
    table.push(`| without a bomb | | | ${(without / 1000).toFixed(1)} s | |`);
  });
  afterAll(() => console.log(table.join('\n')));

  describe.each([
    ['case 4', YAML_BOMBS],
    ['case 26', FORMULA_BOMBS],
    ['case 28', MARKDOWN_BOMBS],
    ['case 29', PLUGIN_BOMBS],
  ] as const)('%s', (number, bombs) => {
    it.each(Object.entries(bombs))('%s', async (name, bomb) => {
      const site = makeSite({ 'posts/good.md': '# Good\n' });
      await build({ site });
      const before = snapshot(join(site, 'dist'));
      const plugin = `export default () => (tree, file) => {\n  if (String(file.value).includes('BAD')) { ${bomb} }\n};\n`;
      const bombed = makeSite({
        ...(number === 'case 29'
          ? {
              'plugin.mjs': plugin,
              'postil.yml': 'title: T\nurl: https://example.org/\nplugins: [./plugin.mjs]\n',
              'posts/bomb.md': 'BAD\n',
            }
          : { 'posts/bomb.md': bomb }),
        'posts/wrong.md': WRONG,
      });
      const { code, stderr, time, memory } = await measured([bombed, '--out', join(site, 'dist')]);
      const said = told(stderr).filter((line) => !line.startsWith('front-matter/type posts/wrong.md'));
      for (const line of said) expect(line).toMatch(/^[a-z-]+\/[a-z-]+ posts\/bomb\.md(?::\d+:\d+)?$/);
      expect(told(stderr)).toContain('front-matter/type posts/wrong.md:2:7');
      expect(code).toBe(1);
      expect(stderr).not.toMatch(/^\s+at /m);
      expect(snapshot(join(site, 'dist'))).toEqual(before);
      const ids = new Set(said.map((line) => line.split(' ')[0]));
      table.push(
        `| ${number} | ${name} | ${[...ids].join(', ') || 'compiled'} | ${(time / 1000).toFixed(1)} s | ${memory.toFixed(0)} MB |`,
      );
      expect(time - without).toBeLessThan(LIMIT_MS);
      expect(memory).toBeLessThan(LIMIT_MB);
    });
  });
});
