/** Word files against the plainest way to make them: every gram of every note, in strings. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OwnWords } from '../../src/search/own-words.ts';
import { type IndexedNote, wordFiles } from '../../src/search/word-files.ts';
import { eachGram, PARTS, partOf, sectionMark, sectionsOf } from '../../templates/client/search-words.ts';

interface Made {
  /** Grams of its text: gram → sections, the first is 1. */
  own: Map<string, number[]>;
  names: string;
  /** What each of its references is called; all stand in its third section, and behind a 由. */
  refs: string[];
}

/** As `searchable` packs them. */
function packed({ own, refs }: Made): Buffer {
  const lines = Array<string>(PARTS).fill('');
  for (const [gram, sections] of own)
    lines[partOf(gram)] += `${gram}\t${sections.map(sectionMark).join('')}\n`;
  return Buffer.from([JSON.stringify([[], [], refs.map((_, i) => [i, '由', ''])]), ...lines].join('\f'));
}

/** gram → number of the note → its sections, in order. */
function expected(notes: Made[]): Map<string, Map<number, number[]>> {
  const all = new Map<string, Map<number, number[]>>();
  const add = (gram: string, note: number, section: number) => {
    if (!all.has(gram)) all.set(gram, new Map());
    const sections = all.get(gram)!.get(note) ?? [];
    all.get(gram)!.set(
      note,
      [...new Set([...sections, section])].sort((a, b) => a - b),
    );
  };
  notes.forEach(({ own, names, refs }, n) => {
    for (const [gram, sections] of own) for (const s of sections) add(gram, n, s);
    eachGram(names, (gram) => add(gram, n, 0));
    for (const ref of refs) {
      eachGram(ref, (gram) => add(gram, n, 3));
      eachGram(`${ref} 著`, (gram) => add(gram, n, 3));
      if (/^[检知]/.test(ref)) add(`由${ref[0]}`, n, 3);
    }
  });
  return all;
}

function read(files: string[]): Map<string, Map<number, number[]>> {
  const all = new Map<string, Map<number, number[]>>();
  for (const [, gram, places] of files.join('').matchAll(/^([^\t]+)\t(.+)$/gm)) {
    let note = 0;
    const found = new Map<number, number[]>();
    for (const [, step, marks] of places!.matchAll(/([0-9a-z]+)([A-Z_]+)/g)) {
      note += Number.parseInt(step!, 36);
      found.set(note, sectionsOf(marks!));
    }
    all.set(gram!, found);
  }
  return all;
}

const gram = fc.oneof(
  fc.constantFrom('蒸馏', '馏', '检测', '𠮷野', 'detr', 'a', '2005.1', '$xy2', '$y2', 'ü'),
  fc.string({ minLength: 1, maxLength: 4, unit: fc.constantFrom(...'知识集合detr09') }),
);
const made: fc.Arbitrary<Made> = fc.record({
  own: fc
    .array(fc.tuple(gram, fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 })))
    .map((pairs) => new Map(pairs.map(([g, sections]) => [g, sections.sort((a, b) => a - b)]))),
  names: fc.constantFrom('', '蒸馏', 'DETR 检测', '知识集合'),
  refs: fc.array(fc.constantFrom('知识', 'detr', '检测 a'), { maxLength: 2 }),
});

/** @param order of their ages, as places in the order of paths */
function filesOf(notes: Made[], count = notes.length) {
  const names = (i: number) => `n${String(i).padStart(5, '0')}.md`;
  const ages = notes.map((_, i) => (i * 7) % notes.length);
  const own = new OwnWords();
  for (const n of notes) own.add(packed(n));
  own.close();
  const indexed = ages.map(
    (i): IndexedNote => ({
      path: names(i) as IndexedNote['path'],
      key: '',
      names: notes[i]!.names,
      refs: { shown: notes[i]!.refs, cited: notes[i]!.refs.map((ref) => `${ref} 著`) },
    }),
  );
  const files = [...wordFiles({ notes: indexed, engine: '', known: new Set() }, own)];
  expect(files).toHaveLength(count <= 40 ? 16 : count <= 160 ? 64 : PARTS);
  return { files, aged: ages.map((i) => notes[i]!) };
}

// Primes with 7: every place is an age.
describe.each([1, 5, 41, 163])('of %i notes', (count) => {
  test('every gram has its notes and their sections, and lines are sorted', () => {
    fc.assert(
      fc.property(fc.array(made, { minLength: count, maxLength: count }), (notes) => {
        const { files, aged } = filesOf(notes);
        const texts = files.map(({ contents }) => Buffer.from(contents!).toString());
        expect(read(texts)).toEqual(expected(aged));
        for (const text of texts) {
          const lines = text.split('\n').slice(0, -1);
          expect(lines).toEqual([...new Set(lines)].sort());
        }
      }),
      { numRuns: count > 100 ? 3 : 40 },
    );
  });
});

test('a file with hundreds of grams', () => {
  const grams = Array.from({ length: 500 }, (_, i) => `蒸${String.fromCharCode(0x4e00 + i)}`);
  const note = (own: string[]): Made => ({ own: new Map(own.map((g) => [g, [2]])), names: '', refs: [] });
  const { files, aged } = filesOf([note(grams), note(grams.slice(200).reverse())]);
  expect(read(files.map(({ contents }) => Buffer.from(contents!).toString()))).toEqual(expected(aged));
});

test('a key changes when what notes have in the part does, and not when a note comes that has nothing there', () => {
  const note = (own: string[], names = ''): Made => ({
    own: new Map(own.map((g) => [g, [1]])),
    names,
    refs: [],
  });
  const keys = (notes: Made[]) => filesOf(notes).files.map((f) => f.key);
  const base = keys([note(['蒸馏']), note(['检测'])]);
  const part = (g: string) => partOf(g) % 16;
  const changed = (notes: Made[]) => keys(notes).flatMap((key, i) => (key === base[i] ? [] : [i]));
  expect(changed([note(['蒸馏']), note(['检测'])])).toEqual([]);
  expect(changed([note(['蒸馏']), note(['检验'])])).toEqual([part('检')]);
  expect(changed([note(['蒸馏']), note(['检测'], 'detr')])).toEqual([part('detr')]);
  expect(changed([note(['蒸馏']), note(['检测']), note([])])).toEqual([]);
  expect(changed([note(['蒸馏']), note(['检测']), note(['detr'])])).toEqual([part('detr')]);
  // The same words of the other note.
  expect(changed([note(['检测']), note(['蒸馏'])]).sort()).toEqual([part('蒸'), part('检')].sort());
});

test('of some notes, it is the same as if they alone had been read', () => {
  const notes = ['a', 'b', 'c', 'd'].map(
    (name): Made => ({
      own: new Map([
        [`${name}蒸`, [1]],
        ['蒸馏', [2]],
      ]),
      names: '',
      refs: [],
    }),
  );
  const all = new OwnWords();
  for (const n of notes) all.add(packed(n));
  all.close();
  const few = new OwnWords();
  for (const i of [3, 1]) few.add(packed(notes[i]!));
  few.close();
  const some = all.only([3, 1]);
  expect(some.refs).toEqual(few.refs);
  const parts = Array.from({ length: PARTS }, (_, part) => part);
  const seen = (own: OwnWords) => parts.map((part) => [own.keyOf(part, [1, 0]), own.lines(part, [1, 0])]);
  expect(seen(some)).toEqual(seen(few));
  expect(seen(some)).not.toEqual(seen(all));
});
