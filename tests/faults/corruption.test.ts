/**
 * One wrong character anywhere in one of the repository's ten notes: what is said names that note, nearly always the
 * line, and never a fault of Postil's own. A few here, 500 with `npm run test:long`.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/model.ts';
import { repository, TEN_NOTES } from '../support/folder.ts';
import { compileText } from '../support/notes.ts';

const LONG = process.env.POSTIL_LONG === '1';
/** Marks that mean something in a note, and a few letters. */
const CHARACTERS = [...'$`[]{}|*<>#\\:"\'-_!@%&~ \t\n中a1'];

const corruption = fc.tuple(
  fc.nat(),
  fc.constantFrom('replace', 'delete', 'insert'),
  fc.constantFrom(...CHARACTERS),
);

const saying = ({ id, message }: Diagnostic) => `${id} ${message}`;

test('one wrong character: the right file always, the right line in 95 %, no fault of Postil’s own', async () => {
  let tried = 0;
  const reported: string[] = [];
  const elsewhere: string[] = [];
  for (const name of TEN_NOTES) {
    const text = readFileSync(join(repository, `posts/${name}.md`), 'utf8');
    const path = `${name}.md`;
    const before = new Set((await compileText(text, path)).diagnostics.map(saying));
    for (const [n, how, character] of fc.sample(corruption, { numRuns: LONG ? 50 : 3, seed: 12 })) {
      const at = n % text.length;
      const rest = text.slice(how === 'insert' ? at : at + 1);
      const corrupt = text.slice(0, at) + (how === 'delete' ? '' : character) + rest;
      const line = text.slice(0, at).split('\n').length;
      const { diagnostics } = await compileText(corrupt, path);
      tried++;
      for (const { id, file, message, hint } of diagnostics) {
        expect([id, file]).toEqual([expect.not.stringMatching(/^note\/failed$/), `posts/${path}`]);
        expect(`${message} ${hint}`).not.toMatch(/\n\s+at |node_modules|TypeError|RangeError/);
      }
      const found = diagnostics.filter((d) => !before.has(saying(d)));
      if (found.length === 0) continue;
      const said = `${name} ${how} ${JSON.stringify(character)} in line ${line}: ${found.map((d) => `${d.line} ${saying(d)}`).join('; ')}`;
      reported.push(said);
      // A line broken in two is wrong in both.
      const lines = how !== 'delete' && character === '\n' ? [line, line + 1] : [line];
      if (!found.some((d) => lines.includes(d.line!))) elsewhere.push(said);
    }
  }
  if (LONG) {
    const right = reported.length - elsewhere.length;
    console.log(`${tried} corruptions: ${reported.length} reported, ${right} of them at the right line`);
  }
  expect(tried).toBe(LONG ? 500 : 30);
  expect(reported.length).toBeGreaterThan(0);
  // Of a few, one is more than 5 %.
  const most = LONG ? reported.length * 0.05 : 1;
  expect(elsewhere.length, elsewhere.join('\n')).toBeLessThanOrEqual(most);
});
