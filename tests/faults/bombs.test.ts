/** Cases 4, 26 and 28: input that would take forever ends with a message, and the other notes are still told of. */

import { join } from 'node:path';
import { expect, it } from 'vitest';
import { postil } from '../support/folder.ts';
import { build, makeSite, snapshot } from '../support/sites.ts';

const yaml = 'bcdefghi'.split('').map((c, i) => `${c}: &${c} [${`*${'abcdefghi'[i]},`.repeat(9)}]`);
const BOMBS: Record<string, string> = {
  aliases: `---\na: &a [x,x,x,x,x,x,x,x,x]\n${yaml.join('\n')}\ntags: *i\n---\n`,
  flow: `---\ntags: ${'['.repeat(5000)}\n---\n`,
  fractions: `$${'\\frac{'.repeat(500)}1${'}{2}'.repeat(500)}$\n`,
  links: '[a]('.repeat(100_000),
};

it('case 4, case 26 and case 28: bombs', async () => {
  const site = makeSite({ 'posts/good.md': '# Good\n' });
  await build({ site });
  const before = snapshot(join(site, 'dist'));
  const notes = Object.entries(BOMBS).map(([name, text]) => [`posts/${name}.md`, text]);
  const bombed = makeSite({ ...Object.fromEntries(notes), 'posts/wrong.md': '---\ndate: never\n---\n' });
  const { code, stderr } = await postil(['build', bombed, '--out', join(site, 'dist')]);
  const said = [...stderr.matchAll(/^\w+\[([^\]]+)\] (\S+)/gm)].map((m) => `${m[1]} ${m[2]}`);
  expect(said).toEqual([
    expect.stringMatching(/^front-matter\/yaml posts\/aliases\.md:\d+:\d+$/),
    expect.stringMatching(/^front-matter\/yaml posts\/flow\.md:\d+:\d+$/),
    expect.stringMatching(/^math\/too-deep posts\/fractions\.md:1:1$/),
    'note/exhausted posts/links.md',
    expect.stringMatching(/^front-matter\/type posts\/wrong\.md:2:7$/),
  ]);
  expect(code).toBe(1);
  expect(snapshot(join(site, 'dist'))).toEqual(before);
}, 180_000);
