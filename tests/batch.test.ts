import { BroadcastChannel } from 'node:worker_threads';
import { expect, test } from 'vitest';
import { compileBatch, type Outcome } from '../src/compile/batch.ts';
import { PrintedFormulas } from '../src/compile/printed-formulas.ts';
import { codeKey, type Drawings, drawingKeys } from '../src/drawings.ts';
import { type Packed, unpackIndex } from '../src/packed.ts';
import type { NotePath } from '../src/paths.ts';

/** Compiles two notes, each with a formula of its own and one that both have, for a build. */
async function formulasFor(build: number): Promise<{ sent: string[]; named: number }[]> {
  const sources = ['a', 'b'].map((name) => ({
    path: `${name}.md` as NotePath,
    text: `$${name}_1$ and $x^2$`,
    hash: name,
  }));
  const begun = new Int32Array(new SharedArrayBuffer(4));
  const options = { macros: {}, lang: 'en', dialects: [] };
  const outcomes: Outcome[] = await compileBatch({ sources, options, drawn: {}, begun, build });
  return (outcomes as Packed[]).map(({ index, formulas }) => ({
    sent: Object.values(formulas).map((html) => /data-tex="([^"]*)"/.exec(html)?.[1] ?? html),
    named: (unpackIndex(index).formulas?.length ?? 0) / 32,
  }));
}

test('a build is sent each formula once, by a thread; who keeps nothing is sent all', async () => {
  const first = await formulasFor(1);
  expect(first.map((n) => n.named)).toEqual([2, 2]);
  expect(first.map((n) => n.sent.length)).toEqual([2, 1]);
  expect((await formulasFor(1)).map((n) => n.sent.length)).toEqual([0, 0]);
  expect((await formulasFor(2)).map((n) => n.sent.length)).toEqual([2, 1]);
  expect((await formulasFor(0)).map((n) => n.sent.length)).toEqual([2, 2]);
  expect((await formulasFor(0)).map((n) => n.sent.length)).toEqual([2, 2]);
});

test('threads tell each other what they printed, with the settings that it was printed with', () => {
  const channels = [1, 2, 3].map(() => new BroadcastChannel('printed formulas'));
  const [one, two, alone] = [
    new PrintedFormulas(channels[0]),
    new PrintedFormulas(channels[1]),
    new PrintedFormulas(undefined),
  ] as const;
  one.set('html', 'Tx', '<x>');
  one.set('mathml', 'Tx', '<math>');
  two.hear();
  expect(two.get('html', 'Tx')).toBeUndefined();
  one.tell();
  two.hear();
  alone.hear();
  expect(two.get('html', 'Tx')).toBe('<x>');
  expect(two.get('mathml', 'Tx')).toBe('<math>');
  expect(two.get('html', 'Dx')).toBeUndefined();
  expect(alone.get('html', 'Tx')).toBeUndefined();
  for (const channel of channels) channel.close();
});

test('code is coloured once: the store is told of it, and what it says is taken', async () => {
  const text = '- in a list:\n\n  ~~~ Python {1}\n  x = 1\n\n  y = 2\n  ~~~\n';
  const code = 'x = 1\n\ny = 2';
  const compiled = async (drawn: Drawings) => {
    const begun = new Int32Array(new SharedArrayBuffer(4));
    const options = { macros: {}, lang: 'en', dialects: [] };
    const sources = [{ path: 'a.md' as NotePath, text, hash: 'h' }];
    const [outcome] = await compileBatch({ sources, options, drawn, begun, build: 0 });
    const { body, drawings, index } = outcome as Packed;
    return { body: JSON.parse(Buffer.from(body).toString()), drawings, index: unpackIndex(index) };
  };
  const first = await compiled({});
  const key = codeKey('Python', code);
  // What the store is asked for, before the note is parsed.
  expect(drawingKeys(text)).toEqual([key]);
  expect(first.index.drawings).toEqual([key]);
  expect(first.drawings).toEqual({
    [key]: [
      [
        ['', 'x '],
        ['k', '= '],
        ['n', '1'],
      ],
      [],
      [
        ['', 'y '],
        ['k', '= '],
        ['n', '2'],
      ],
    ],
  });
  const again = await compiled(first.drawings);
  expect(again).toEqual({ ...first, drawings: {} });
  const other = await compiled({ [key]: [[['s', 'from the store']]] });
  expect(JSON.stringify(other.body)).toContain('class=\\"s\\">from the store<');
});
