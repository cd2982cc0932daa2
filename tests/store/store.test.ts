/** The store gives back what was put into it, or nothing: whatever happened to its files. */

import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memo } from '../../src/cache/memo.ts';
import { NoteStore } from '../../src/cache/notes.ts';
import { sequenceOf } from '../../src/cache/pack.ts';
import { loadState, type State, saveState, stateTime } from '../../src/cache/state.ts';
import { Store } from '../../src/cache/store.ts';
import { drawingKey } from '../../src/drawings.ts';
import { type Packed, packBody, packIndex } from '../../src/packed.ts';
import type { NotePath } from '../../src/paths.ts';
import { folderOf, put } from '../support/folder.ts';

const bytes = (text: string) => Buffer.from(text);
const text = (found: Uint8Array | undefined) => found && Buffer.from(found).toString();
const packs = (folder: string) => readdirSync(folder).filter((n) => n.endsWith('.pack'));

function filled(entries: Record<string, string>, folder = join(folderOf(), 'store')): string {
  const store = new Store(folder);
  for (const [key, value] of Object.entries(entries)) store.put(key, bytes(value));
  store.commit();
  store.close();
  return folder;
}

/** What a fresh store finds of some keys. */
function found(folder: string, keys: string[]): (string | undefined)[] {
  const store = new Store(folder);
  try {
    return keys.map((key) => text(store.get(key)));
  } finally {
    store.close();
  }
}

describe('case 31: the store', () => {
  it('keeps what was put into it, and gives it back before and after commit', () => {
    const folder = join(folderOf(), 'store');
    const store = new Store(folder);
    const large = 'x'.repeat(3_000_000);
    store.put('a', bytes('1'));
    store.put('large', bytes(large));
    store.put('b', bytes('2'));
    expect([text(store.get('a')), text(store.get('large')), text(store.get('b'))]).toEqual(['1', large, '2']);
    expect(packs(folder)).toEqual([]);
    store.commit();
    expect(text(store.get('b'))).toBe('2');
    store.close();
    expect(found(folder, ['a', 'large', 'b', 'c'])).toEqual(['1', large, '2', undefined]);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it('leaves no file when it is closed without commit', () => {
    const folder = join(folderOf(), 'store');
    const store = new Store(folder);
    store.put('a', bytes('1'));
    store.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('lays small packs together and leaves a large one alone', () => {
    const folder = filled({ large: 'x'.repeat(500_000) });
    const [large] = packs(folder);
    for (let i = 0; i < 40; i++) filled({ [`k${i}`]: `v${i}` }, folder);
    expect(packs(folder).length).toBeLessThanOrEqual(9);
    expect(packs(folder)).toContain(large);
    const keys = Array.from({ length: 40 }, (_, i) => `k${i}`);
    expect(found(folder, keys)).toEqual(keys.map((k) => k.replace('k', 'v')));
  });

  it('throws out what the last build did not use, once there is no room', () => {
    const folder = join(folderOf(), 'store');
    for (let i = 0; i < 10; i++) {
      const store = new Store(folder, 5_000);
      store.get('kept');
      if (!store.has('kept')) store.put('kept', bytes('k'));
      store.put(`k${i}`, bytes('x'.repeat(1_000)));
      store.commit();
      store.close();
    }
    const size = packs(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
    expect(size).toBeLessThan(6_000);
    expect(found(folder, ['kept', 'k0'])).toEqual(['k', undefined]);
  });

  it('may be cut off anywhere', () => {
    const entries = { a: 'one', b: 'two', c: 'x'.repeat(300) };
    const folder = filled(entries);
    const [name] = packs(folder);
    const whole = readFileSync(join(folder, name!));
    for (let length = 0; length < whole.length; length++) {
      writeFileSync(join(folder, name!), whole.subarray(0, length));
      expect(found(folder, ['a', 'b', 'c'])).toEqual([undefined, undefined, undefined]);
    }
  });

  it('may have any bit flipped', () => {
    const entries: Record<string, string> = { a: 'one', b: 'two', c: 'x'.repeat(300) };
    const folder = filled(entries);
    const [name] = packs(folder);
    const whole = readFileSync(join(folder, name!));
    for (let bit = 0; bit < whole.length * 8; bit += 11) {
      const flipped = Buffer.from(whole);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      writeFileSync(join(folder, name!), flipped);
      for (const [key, value] of Object.entries(entries)) {
        expect([undefined, value]).toContain(found(folder, [key])[0]);
      }
    }
  });

  it('may hold anything else under the name of a pack', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (junk) => {
        const folder = folderOf({ '00000001-0123456789abcdef.pack': junk });
        expect(found(folder, ['a'])).toEqual([undefined]);
        rmSync(folder, { recursive: true });
      }),
      { numRuns: 100 },
    );
    const folder = folderOf();
    mkdirSync(join(folder, '00000001-0123456789abcdef.pack'));
    expect(found(folder, ['a'])).toEqual([undefined]);
    filled({ b: '2' }, folder);
    expect(found(folder, ['b'])).toEqual(['2']);
  });

  it('may be deleted while it is in use', () => {
    const folder = filled({ a: '1' });
    const store = new Store(folder);
    store.put('b', bytes('2'));
    rmSync(folder, { recursive: true });
    store.commit();
    expect([text(store.get('a')), text(store.get('b'))]).toEqual(['1', '2']);
    store.close();
    expect(existsSync(folder)).toBe(false);
  });

  it('keeps nothing but goes on where it cannot be written', () => {
    const file = join(folderOf({ store: 'a file' }), 'store');
    const store = new Store(file);
    for (let i = 0; i < 3; i++) store.put(`k${i}`, bytes(`v${i}`));
    store.commit();
    expect(text(store.get('k2'))).toBe('v2');
    store.close();
  });

  it.skipIf(process.getuid?.() === 0)('may be read-only', () => {
    const folder = filled({ a: '1' });
    chmodSync(folder, 0o500);
    expect(found(filled({ b: '2' }, folder), ['a', 'b'])).toEqual(['1', undefined]);
    chmodSync(folder, 0o700);
  });

  it('may be shared by two builds at once, and merged with that of another machine', () => {
    const folder = filled({ a: '1' });
    const [one, two] = [new Store(folder), new Store(folder)];
    one.put('b', bytes('2'));
    two.put('c', bytes('3'));
    two.put('b', bytes('2'));
    one.commit();
    two.commit();
    for (const store of [one, two]) {
      expect([text(store.get('a')), text(store.get('b'))]).toEqual(['1', '2']);
      store.close();
    }
    const other = filled({ d: '4' });
    cpSync(other, folder, { recursive: true });
    expect(found(folder, ['a', 'b', 'c', 'd'])).toEqual(['1', '2', '3', '4']);
  });

  it('knows what was put into it at once, and uses it', () => {
    const folder = filled({ old: 'x'.repeat(5_000) });
    const store = new Store(folder, 10);
    expect(store.has('a')).toBe(false);
    store.put('a', bytes('x'.repeat(500)));
    store.put('a', bytes('twice'));
    expect([store.has('a'), store.has('old'), text(store.get('a'))?.length]).toEqual([true, true, 500]);
    store.commit();
    store.close();
    expect(found(folder, ['a', 'old']).map((t) => t?.length)).toEqual([500, undefined]);
  });

  it('throws out nothing while most of it is in use, whatever its size', () => {
    const folder = filled({ b: 'x'.repeat(5_000) }, filled({ a: 'x'.repeat(5_000) }));
    const store = new Store(folder, 10);
    store.touch('a');
    store.put('c', bytes('3'));
    store.commit();
    store.close();
    expect(packs(folder)).toHaveLength(3);
    expect(found(folder, ['b'])[0]).toHaveLength(5_000);
  });

  it('asks what else is in use only when something is to be thrown out, and keeps it', () => {
    const folder = filled({ a: 'a'.repeat(100), b: 'b'.repeat(1_000) });
    const build = (room: number) => {
      const store = new Store(folder, room);
      let asked = 0;
      store.keepInUse(() => {
        asked++;
        return ['a'];
      });
      store.put(`c${room}`, bytes('c'));
      store.commit();
      store.close();
      return asked;
    };
    expect([build(1_000_000), found(folder, ['a', 'b']).map((t) => t?.length)]).toEqual([0, [100, 1_000]]);
    expect([build(10), found(folder, ['a', 'b']).map((t) => t?.length)]).toEqual([1, [100, undefined]]);
  });

  it('opens the forty newest of its packs, and removes the others', () => {
    const folder = folderOf();
    for (let i = 0; i < 45; i++) {
      const one = filled({ [`k${i}`]: `v${i}` });
      for (const name of packs(one))
        cpSync(join(one, name), join(folder, `${String(100 + i).padStart(8, '0')}${name.slice(8)}`));
    }
    expect(found(folder, ['k4', 'k5', 'k44'])).toEqual([undefined, 'v5', 'v44']);
    filled({ new: '1' }, folder);
    expect(packs(folder).length).toBeLessThanOrEqual(9);
    expect(found(folder, ['k4', 'k5', 'k44', 'new'])).toEqual([undefined, 'v5', 'v44', '1']);
  });

  it('reads no pack of another version, none behind a link, and none under another name', () => {
    const folder = filled({ a: '1' });
    const [name] = packs(folder);
    const whole = readFileSync(join(folder, name!));
    expect(whole.toString('latin1', whole.length - 8)).toMatch(/^POSTIL\d\d$/);
    const other = Buffer.from(whole);
    other.write('99', other.length - 2);
    expect(found(folderOf({ [name!]: other }), ['a'])).toEqual([undefined]);
    const linked = folderOf();
    symlinkSync(join(folder, name!), join(linked, name!));
    expect(found(linked, ['a'])).toEqual([undefined]);
    for (const wrong of [`x${name}`, `${name}x`, `1${name}`, name!.replace('-', '')]) {
      expect(sequenceOf(wrong)).toBeUndefined();
      expect(found(folderOf({ [wrong]: whole }), ['a'])).toEqual([undefined]);
    }
    expect(sequenceOf(name!)).toBe(1);
  });

  it.skipIf(!existsSync('/proc/self/fd'))('leaves no file open, of damaged packs either', () => {
    const folder = filled({ a: '1' });
    put(folder, '00000001-0123456789abcdef.pack', 'junk that is no pack at all, but long enough for one');
    const open = () => readdirSync('/proc/self/fd').length;
    const before = open();
    for (let i = 0; i < 5; i++) found(folder, ['a']);
    const store = new Store(folder);
    store.put('b', bytes('2'));
    store.close();
    expect(open()).toBe(before);
  });

  it('removes what killed builds were writing, not what living ones are', () => {
    const folder = folderOf({ '.writing-4190000-0': 'half', [`.writing-${process.ppid}-0`]: 'half' });
    filled({ a: '1' }, folder);
    expect(readdirSync(folder).filter((n) => n.startsWith('.'))).toEqual([`.writing-${process.ppid}-0`]);
  });
});

describe('case 31: the state of the last build', () => {
  const state: State = {
    key: 'k',
    inputs: { 'posts/a.md': [1, 2, 3, 4, 'h'] },
    outputs: { 'index.html': ['k', [1, 2, 3, 4, 'h']] },
    diagnostics: [],
    counts: { notes: 1, pages: 1 },
    out: '/dist',
  };

  it('comes back whole or not at all', () => {
    const path = join(folderOf(), 'state.json');
    saveState(path, state);
    expect(loadState(path)).toEqual(state);
    const { size } = statSync(path);
    for (let length = size - 1; length >= 0; length--) {
      truncateSync(path, length);
      expect(loadState(path)).toBeUndefined();
    }
    expect(loadState(join(path, 'none'))).toBeUndefined();
  });

  it('of another version, or changed by hand, is none', () => {
    const path = join(folderOf(), 'state.json');
    saveState(path, state);
    const kept = readFileSync(path, 'utf8');
    expect(kept).toMatch(/^postil-state-\d+ [0-9a-f]{32,} ?\n\{/);
    for (const other of [kept.replace(/state-\d+/, 'state-0'), kept.replace('"notes":1', '"notes":2')]) {
      expect(other).not.toBe(kept);
      writeFileSync(path, other);
      expect(loadState(path)).toBeUndefined();
    }
    expect(readdirSync(dirname(path))).toEqual(['state.json']);
  });

  it('says when that build ended: before everything when there was none', () => {
    const path = join(folderOf(), 'state.json');
    expect(stateTime(path)).toBe(Number.NEGATIVE_INFINITY);
    saveState(path, state);
    expect(stateTime(path)).toBe(statSync(path).mtimeMs);
  });

  it('costs nothing when it cannot be kept', () => {
    const folder = folderOf({ file: '' });
    expect(() => saveState(join(folder, 'file', 'state.json'), state)).not.toThrow();
  });
});

describe('case 31: compiled notes in the store', () => {
  const body = (n: number) => ({ sections: [], footnotes: [], math: [`formula ${n}`, 'of all'] });
  const keysOf = (n: number) => Object.keys(packBody(body(n)).formulas);
  const packed = (n: number): Packed => ({
    index: packIndex({
      index: { n, prose: [[1, `text ${n}`]] } as never,
      diagnostics: [],
      drawings: ['drawn'],
      formulas: keysOf(n).join(''),
    }),
    ...packBody(body(n)),
    words: bytes(`words ${n}`),
    sections: bytes(`sections ${n}`),
    drawings: { drawn: { svg: `picture ${n}` } as never },
  });
  const path = 'a.md' as NotePath;

  it('have a key of all that goes into them', () => {
    const store = new Store(join(folderOf(), 'store'));
    const keys = [
      new NoteStore(store, 'code', { a: 1 }).key(path, 'h'),
      new NoteStore(store, 'other', { a: 1 }).key(path, 'h'),
      new NoteStore(store, 'code', { a: 2 }).key(path, 'h'),
      new NoteStore(store, 'code', { a: 1 }).key('b.md' as NotePath, 'h'),
      new NoteStore(store, 'code', { a: 1 }).key(path, 'i'),
    ];
    expect(new Set(keys).size).toBe(5);
    expect(new NoteStore(store, 'code', { a: 1 }).key(path, 'h')).toBe(keys[0]);
  });

  it('come back whole, from the store and from memory', () => {
    const folder = join(folderOf(), 'store');
    const store = new Store(folder);
    const notes = new NoteStore(store, 'code', {});
    expect(notes.put('k', packed(1))).toMatchObject({ index: { n: 1 } });
    store.commit();
    store.close();
    const again = new Store(folder);
    const memory = new Map();
    const kept = new NoteStore(again, 'code', {}, memory);
    expect([kept.has('k'), kept.has('l'), kept.index('l')]).toEqual([true, false, undefined]);
    expect(kept.index('k')).toEqual({
      index: { n: 1, prose: [[1, 'text 1']] },
      diagnostics: [],
      drawings: ['drawn'],
      formulas: keysOf(1).join(''),
    });
    expect(kept.index('k')).toBe(memory.get('k'));
    expect(kept.body('k')).toEqual(body(1));
    expect(text(kept.search('k', 'words'))).toBe('words 1');
    expect(text(kept.search('k', 'sections'))).toBe('sections 1');
    expect(kept.put('m', packed(2))).toBe(memory.get('m'));
    again.close();
  });

  it.each(['index', 'body', 'words', 'sections'])('are not there without their %s', (part) => {
    const folder = join(folderOf(), 'store');
    const store = new Store(folder);
    new NoteStore(store, 'code', {}).put('k', packed(1));
    const parts = ['index', 'body', 'words', 'sections'].filter((p) => p !== part);
    const less = filled(Object.fromEntries(parts.map((p) => [`k.${p}`, text(store.get(`k.${p}`))!])));
    store.close();
    const other = new Store(less);
    const notes = new NoteStore(other, 'code', {});
    expect([notes.has('k'), notes.index('k')]).toEqual([false, undefined]);
    other.close();
  });

  it('keep a formula once, whichever note has it', () => {
    const store = new Store(join(folderOf(), 'store'));
    const notes = new NoteStore(store, 'code', {});
    notes.put('k', packed(1));
    notes.put('l', packed(2));
    expect(keysOf(1)[1]).toBe(keysOf(2)[1]);
    expect(new Set([...keysOf(1), ...keysOf(2)].map((key) => text(store.get(key))))).toEqual(
      new Set(['formula 1', 'formula 2', 'of all']),
    );
    expect([notes.body('k'), notes.body('l')]).toEqual([body(1), body(2)]);
    store.close();
  });

  it.each([0, 1])('have no body without each of their formulas', (which) => {
    // Keys of no formula that this process has printed: it would know those.
    const keys = ['a', 'b'].map((name) => `${name}${which}`.repeat(16));
    const { formulas: _, ...rest } = packed(1);
    const put = (folder: string, formulas: Packed['formulas']) => {
      const store = new Store(folder);
      new NoteStore(store, 'code', {}).put('k', {
        ...rest,
        index: packIndex({ index: { prose: [] } as never, diagnostics: [], formulas: keys.join('') }),
        body: bytes(JSON.stringify({ sections: [], footnotes: [], math: keys })),
        formulas,
      });
      store.commit();
      store.close();
      return new Store(folder);
    };
    const all = { [keys[0]!]: 'first', [keys[1]!]: 'second' };
    const { [keys[which]!]: lost, ...others } = all;
    expect(lost).toBeTruthy();
    const without = put(join(folderOf(), 'store'), others);
    const notes = new NoteStore(without, 'code', {});
    expect([notes.has('k'), notes.index('k')?.formulas, notes.body('k')]).toEqual([
      true,
      keys.join(''),
      undefined,
    ]);
    without.close();
    const whole = put(join(folderOf(), 'store'), all);
    expect(new NoteStore(whole, 'code', {}).body('k')?.math).toEqual(['first', 'second']);
    whole.close();
  });

  it('keep the formulas that they name, when those came with another note before', () => {
    const folder = join(folderOf(), 'store');
    const before = new Store(folder, 10);
    new NoteStore(before, 'code', {}).put('k', packed(1));
    before.put('nobody asks for this', bytes('x'.repeat(20_000)));
    before.commit();
    before.close();
    const store = new Store(folder, 10);
    new NoteStore(store, 'code', {}).put('l', { ...packed(1), formulas: {} });
    store.commit();
    store.close();
    const after = new Store(folder, 10);
    expect([after.has('nobody asks for this'), ...keysOf(1).map((key) => after.has(key))]).toEqual([
      false,
      true,
      true,
    ]);
    after.close();
  });

  it('stay, with all their parts, while their index is asked for', () => {
    const folder = join(folderOf(), 'store');
    for (let build = 0; build < 6; build++) {
      const store = new Store(folder, 10);
      const notes = new NoteStore(store, 'code', {});
      if (build === 0) notes.put('k', packed(1));
      expect(notes.index('k')).toBeDefined();
      store.put(`junk ${build}`, bytes('x'.repeat(2_000)));
      store.commit();
      store.close();
    }
    const store = new Store(folder);
    expect(new NoteStore(store, 'code', {}).body('k')).toEqual(body(1));
    expect(store.has('junk 0')).toBe(false);
    store.close();
  });

  it('have drawings beside them, which are found by the text of a note and stay with it', () => {
    const folder = join(folderOf(), 'store');
    const drawing = drawingKey('dot', 'digraph { a }');
    const drawn = { svg: 'picture', width: 1, warnings: [] };
    const index = packIndex({ index: { prose: [] } as never, diagnostics: [], drawings: [drawing] });
    const note = '```dot\ndigraph { a }\n```\n\n```dot\nanother\n```\n';
    for (let build = 0; build < 3; build++) {
      const store = new Store(folder, 10);
      const notes = new NoteStore(store, 'code', {});
      if (build === 0) notes.put('k', { ...packed(1), index, drawings: { [drawing]: drawn } });
      expect(notes.index('k')).toBeDefined();
      store.put(`junk ${build}`, bytes('x'.repeat(2_000)));
      store.commit();
      store.close();
    }
    const store = new Store(folder);
    expect(new NoteStore(store, 'code', {}).drawings(note)).toEqual({ [drawing]: drawn });
    expect(new NoteStore(store, 'other code', {}).drawings(note)).toEqual({});
    store.close();
  });

  it('a value is made once for its key', async () => {
    const store = new Store(join(folderOf(), 'store'));
    let made = 0;
    const make = async () => ({ made: ++made });
    expect([
      await memo(store, 'k', make),
      await memo(store, 'k', make),
      await memo(store, 'l', make),
    ]).toEqual([{ made: 1 }, { made: 1 }, { made: 2 }]);
    store.close();
  });
});
