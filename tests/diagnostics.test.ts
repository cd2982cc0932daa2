/** How messages are printed: the frame shows the right place, whatever the line holds. */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test, vi } from 'vitest';
import { progressLine } from '../src/commands/progress.ts';
import { define, definitions } from '../src/diagnostics/messages/define.ts';
import { slugInvalid } from '../src/diagnostics/messages.ts';
import { jsonDiagnostic, printDiagnostic } from '../src/diagnostics/print.ts';
import { editDistance, suggest } from '../src/diagnostics/suggest.ts';
import type { Diagnostic } from '../src/model.ts';

const known = [...definitions];
const found = define('test/found', 'warning', '', () => ({ message: 'found', hint: 'look' }));
const print = (text: string, line: number, column: number, length = 1) =>
  printDiagnostic(found({ file: 'posts/a.md', text, line, column, length }), { color: false });

/** Columns of a text in a terminal, told by hand for what these tests use. */
const columns = (text: string) =>
  [...text].reduce(
    (n, c) => n + (/[\u3000-\u9fff\uff00-\uffef]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u.test(c) ? 2 : 1),
    0,
  );

/** The characters above the carets, as a reader of a terminal sees them. */
function pointedAt(printed: string): string {
  const lines = printed.split('\n');
  const i = lines.findIndex((l) => /\^/.test(l));
  const from = lines[i]!.indexOf('^');
  const to = lines[i]!.lastIndexOf('^') + 1;
  let column = 0;
  let out = '';
  for (const c of lines[i - 1]!) {
    if (column >= from && column < to) out += c;
    column += columns(c);
  }
  return out;
}

describe('the code frame', () => {
  test('case 28: thousands of places on one long line are shown in no time', () => {
    const line = 'ab中 '.repeat(20_000);
    const began = process.cpuUsage();
    for (let column = 1; column < 80_000; column += 40) {
      const printed = print(line, 1, column);
      expect(pointedAt(printed)).toBe('a');
      if (column < 79_000)
        expect(printed.split('\n')[0]!.length + printed.split('\n')[1]!.length).toBeLessThan(200);
    }
    // A quarter of a second; measured out from its beginning each time, the line took minutes.
    expect(process.cpuUsage(began).user).toBeLessThan(10_000_000);
  });
  test('shows the line, its neighbours and carets under the place', () => {
    expect(print('a\nbcd\ne', 2, 2, 2)).toBe(
      [
        'warning[test/found] posts/a.md:2:2 found',
        '  1 | a',
        '> 2 | bcd',
        '    |  ^^',
        '  3 | e',
        '  hint: look',
      ].join('\n'),
    );
  });

  test('counts columns, not characters', () => {
    expect(print('见 [[fpn]] 一文', 1, 3, 7)).toContain('\n    |    ^^^^^^^\n');
    expect(pointedAt(print('损失函数 $x$ 与焦点损失', 1, 11, 4))).toBe('焦点损失');
    expect(pointedAt(print('𠮷野家 abc', 1, 6, 3))).toBe('abc');
  });

  const long = `${'很长的一行中文'.repeat(40)}【这里】${'后面还有很多字'.repeat(40)}`;
  test('shows a long Chinese line around the place, carets under it', () => {
    const printed = print(long, 1, long.indexOf('【') + 1, 4);
    expect(pointedAt(printed)).toBe('【这里】');
    for (const line of printed.split('\n')) expect(columns(line)).toBeLessThanOrEqual(110);
    expect(printed).toContain('> 1 | …');
    expect(printed.split('\n')[1]).toMatch(/…$/);
  });

  test('keeps of a long line what is near its place', () => {
    const line = 'ab '.repeat(10_000);
    const { frame } = found({ file: 'posts/a.md', text: `${line}\n${line}`, line: 2, column: 15_001 });
    expect(frame).toEqual({
      first: 1,
      lines: [line.slice(0, 480), line.slice(14_760, 15_480)],
      from: 14_760,
    });
  });

  test('of a long line next to it, shows the beginning', () => {
    const printed = print(`${long}\nabc`, 2, 1);
    expect(printed.split('\n')[1]).toMatch(/^ {2}1 \| 很长的一行.*…$/);
    expect(columns(printed.split('\n')[1]!)).toBeLessThanOrEqual(110);
  });

  test.each([30, 40, 60])(
    'in a terminal of %i columns no line of it is longer, and the place is there',
    (width) => {
      const text = `${'x'.repeat(60)}\n${long}\n${'中'.repeat(60)}`;
      for (const [from, length, shown] of [
        [long.indexOf('【'), 4, '【这里】'],
        [0, 2, '很长'],
        [long.length, 1, ''],
      ] as const) {
        const at = found({ file: 'posts/a.md', text, line: 2, column: from + 1, length });
        const printed = printDiagnostic(at, { color: false, columns: width });
        expect(pointedAt(printed)).toBe(shown);
        const frame = printed.split('\n').slice(1, 5);
        expect(frame.map((line) => line.slice(0, 5))).toEqual(['  1 |', '> 2 |', '    |', '  3 |']);
        for (const line of frame) expect(columns(line), line).toBeLessThan(width);
      }
    },
  );

  test('a place that is longer than the terminal is marked as far as it is shown', () => {
    const at = found({ file: 'posts/a.md', text: long, line: 1, column: 30, length: 80 });
    const printed = printDiagnostic(at, { color: false, columns: 40 }).split('\n');
    expect(columns(printed[1]!)).toBeLessThan(40);
    expect(printed[2]!.length).toBeLessThan(40);
    expect(printed[2]).toMatch(/\^{10,}$/);
  });

  test('points at the end of a line, and of an empty one', () => {
    expect(print('abc', 1, 4)).toContain('> 1 | abc\n    |    ^');
    expect(print('', 1, 1)).toContain('> 1 |\n    | ^');
    expect(print(long, 1, long.length + 1)).toMatch(/很多字\n {4}\| +\^/);
  });

  test('neither tabs nor control characters move the carets, or the terminal', () => {
    const printed = print('\u001b[31m红\tabc', 1, 8, 3);
    expect(printed).not.toContain('\u001b');
    expect(pointedAt(printed)).toBe('abc');
    expect(print('\u202eabc', 1, 2, 3)).toContain('> 1 | \\u{202e}abc\n    |         ^^^');
  });
});

test('JSON has its fields in one order and no frame', () => {
  expect(jsonDiagnostic(found({ file: 'posts/a.md', text: 'abc', line: 1, column: 2 }))).toBe(
    '{"severity":"warning","id":"test/found","file":"posts/a.md","line":1,"column":2,"length":1,"message":"found","hint":"look"}',
  );
});

describe('definitions', () => {
  test('ids are unique and say where the fault is', () => {
    const ids = known.map((d) => d.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-z-]+\/[a-z0-9-]+$/);
  });
  test('each is named by a test', () => {
    const folder = fileURLToPath(new URL('.', import.meta.url));
    const tests = (readdirSync(folder, { recursive: true }) as string[])
      .filter((file) => /\.(?:test\.ts|txt)$/.test(file))
      .map((file) => readFileSync(join(folder, file), 'utf8'))
      .join('\n');
    const named = new Set(tests.match(/[a-z-]+\/[a-z0-9-]+/g));
    expect(known.map((d) => d.id).filter((id) => !named.has(id))).toEqual([]);
  });
  test('each has an explanation of at least a sentence', () => {
    for (const d of known) expect(d.explanation, d.id).toMatch(/[.:)`]$/);
  });
});

describe('did you mean', () => {
  test('edit distance counts insertions, deletions, substitutions and swaps', () => {
    expect(editDistance('detr', 'detr', 3)).toBe(0);
    expect(editDistance('dter', 'detr', 3)).toBe(1);
    expect(editDistance('det', 'detr', 3)).toBe(1);
    expect(editDistance('fpn', 'fcn', 3)).toBe(1);
    expect(editDistance('abc', 'xyzw', 2)).toBe(3);
  });
  test('the nearest names, best first, at most three', () => {
    expect(suggest('retinanat', ['fpn', 'retinanet', 'resnet'])).toEqual(['retinanet']);
    expect(suggest('Focal Loss', ['focal-loss', 'DETR'])).toEqual(['focal-loss']);
    expect(suggest('ab', ['aa', 'ac', 'ad', 'ae'])).toEqual(['aa', 'ac', 'ad']);
    expect(suggest('完全不同', ['fpn'])).toEqual([]);
    expect(suggest('', ['fpn'])).toEqual([]);
  });
});

test('a message that names no place is one line', () => {
  const d: Diagnostic = { id: 'x/y', severity: 'error', message: 'bad' };
  expect(printDiagnostic(d, { color: false })).toBe('error[x/y] bad');
});

test('the line of progress stays one line in a terminal of 40 columns', () => {
  let written = '';
  const write = (text: string) => {
    written += text;
    return true;
  };
  vi.spyOn(performance, 'now').mockReturnValueOnce(0).mockReturnValueOnce(1e6).mockReturnValue(2e6);
  const stream = { isTTY: true, columns: 40, write } as unknown as NodeJS.WriteStream;
  const line = progressLine(stream, true);
  line.show('wait', 0, 0, '进程 123，在一台名字很长很长很长很长很长很长的机器上');
  line.show('compile', 12, 1000);
  line.clear();
  line.clear();
  vi.restoreAllMocks();
  const shown = written.split('\r\u001b[K');
  expect(shown).toEqual(['', 'waiting for 进程 123，在一台名字很长很…', 'compiling 12/1000', '']);
  expect(columns(shown[1]!)).toBeLessThan(40);
});

test('a name that is too long is told as that, and cut', () => {
  const { message, hint } = slugInvalid({ file: 'posts/a.md' }, 'slug', `a/${'蒸馏'.repeat(40)}`);
  expect(message).toBe(`slug “${'蒸馏'.repeat(12)}…” cannot be an address on the site: it has 240 bytes`);
  expect(hint).toContain('at most 200 bytes');
  expect(slugInvalid({}, 'slug', 'a b?').message).toBe('slug “a b?” cannot be an address on the site');
});
