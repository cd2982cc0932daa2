/**
 * Whatever is edited: the build that follows is, byte for byte, the build of a clean checkout. Random edits of
 * small sites, each followed by a build in place and one of a copy. What was found wrong stands in FOUND.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { put } from '../support/folder.ts';
import { build, makeSite, snapshot } from '../support/sites.ts';
import { EDITS, type Edit, Editor } from './editor.ts';

const LONG = process.env.POSTIL_LONG === '1';
const RUNS = LONG ? 1000 : 30;

const edit: fc.Arbitrary<Edit> = fc.record({
  kind: fc.constantFrom(...EDITS),
  a: fc.nat(11),
  b: fc.nat(11),
  n: fc.nat(1000),
});

/** Edits after which a build once went wrong, shrunk to what it takes. */
const FOUND: [what: string, edits: Edit[]][] = [
  ['a relation that names a page', [{ kind: 'write note', a: 6, b: 0, n: 164 }]],
];

/** Edits a new site one by one and compares after each. */
async function follow(edits: Edit[]): Promise<void> {
  const editor = new Editor();
  try {
    await editor.compare();
    for (const edit of edits) {
      editor.apply(edit);
      await editor.compare();
    }
  } finally {
    editor.remove();
  }
}

describe('case 30: incremental builds', () => {
  it(
    `equal clean ones, ${RUNS} times eight edits`,
    async () => {
      await fc.assert(fc.asyncProperty(fc.array(edit, { minLength: 8, maxLength: 8 }), follow), {
        numRuns: RUNS,
        ...(LONG ? {} : { seed: 20_260_923 }),
        endOnFailure: false,
      });
    },
    LONG ? 6 * 3_600_000 : 600_000,
  );

  it.each(FOUND)('after %s', (_, edits) => follow(edits));

  // Random edits seldom change nothing of a note but words that another shows.
  it('after an edit of words that another note embeds', async () => {
    const a = (words: string) => `---\ntitle: A\n---\n\nOne.\n\n## Part\n\n${words}\n`;
    const b = '---\ntitle: B\n---\n\nIntro.\n\n![[a#Part]]\n';
    const here = makeSite({ 'posts/a.md': a('old words'), 'posts/b.md': b });
    await build({ site: here });
    put(here, 'posts/a.md', a('new words'));
    await build({ site: here });
    const there = makeSite({ 'posts/a.md': a('new words'), 'posts/b.md': b });
    await build({ site: there });
    expect([...snapshot(`${here}/dist`)]).toEqual([...snapshot(`${there}/dist`)]);
  });

  it('and the comparison would notice', async () => {
    const editor = new Editor();
    await editor.compare();
    editor.spoil();
    await expect(editor.compare()).rejects.toThrow();
    editor.remove();
  });
});
