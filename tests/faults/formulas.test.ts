/** Cases 25 to 27: formulas that are wrong, that would take forever, or that ask for more than a formula may. */

import { describe, expect, it } from 'vitest';
import { compileText } from '../support/notes.ts';

const said = async (text: string) =>
  (await compileText(text)).diagnostics.map((d) => `${d.id} ${d.line}:${d.column}`);

describe('case 25: an invalid formula is named at its place inside, and shown as source', () => {
  it.each([
    ['a $\\nope$ b', '1:4'],
    ['$$\nx + \\nope\n$$', '2:5'],
    ['$$x\n\\\\\n\\nope$$', '3:1'],
    ['- a\n  - $$\n    x \\nope\n    $$', '3:7'],
    ['> > a $x \\nope$', '1:10'],
    ['> $$\n> x\n> \\nope\n> $$', '3:3'],
    ['| a |\n|---|\n| $\\nope$ |', '3:4'],
    ['a[^1]\n\n[^1]: b $\\nope$', '3:10'],
    ['## 标题 $\\nope$', '1:8'],
    ['\\(\\nope\\)', '1:3'],
    ['\\[\nx \\nope\n\\]', '2:3'],
    ['\\begin{align}\nx &= \\nope\n\\end{align}', '2:6'],
  ])('%j', async (text, place) => {
    expect(await said(text)).toEqual([`math/invalid ${place}`]);
    const note = await compileText(`${text}\n\n$y^2$\n`);
    // The source is shown, and the other formula is drawn.
    expect(JSON.stringify([note.sections, note.footnotes])).toContain('math-error');
    expect(note.math).toHaveLength(1);
  });
});

describe('case 26: formulas end, whatever they ask for', () => {
  it.each([
    ['a macro that calls itself', '\\def\\x{\\x}\\x', 'math/invalid'],
    ['two that call each other', '\\def\\x{\\y}\\def\\y{\\x}\\x', 'math/invalid'],
    ['a macro that grows', '\\def\\x{\\x\\x}\\x', 'math/invalid'],
    ['doubling', `\\edef\\x{xx}${'\\edef\\x{\\x\\x}'.repeat(20)}\\x`, 'math/invalid'],
    ['2,000 braces', `${'{'.repeat(2000)}x${'}'.repeat(2000)}`, 'math/too-deep'],
    ['500 fractions', `${'\\frac{'.repeat(500)}1${'}{2}'.repeat(500)}`, 'math/too-deep'],
    ['1,000 roots', `${'\\sqrt{'.repeat(1000)}1${'}'.repeat(1000)}`, 'math/too-deep'],
    ['100 kB', 'a+'.repeat(50_000), 'math/too-long'],
  ])('%s', async (_, tex, id) => {
    const note = await compileText(`$${tex}$\n\n$y^2$\n`);
    expect(note.diagnostics.map((d) => [d.id, d.line])).toEqual([[id, 1]]);
    expect(note.math).toHaveLength(1);
  });

  it('sizes are bounded', async () => {
    const note = await compileText('$\\rule{1e9em}{1e9em}$ $\\kern1e9em x$');
    const sizes = [...note.math.join('').matchAll(/(-?[\d.]+)em/g)].map((m) => Math.abs(Number(m[1])));
    expect(sizes.length).toBeGreaterThan(0);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
  });
});

describe('case 27: a formula makes no link, loads nothing and sets no attribute, and says so', () => {
  it.each([
    '\\href{https://a.b}{x}',
    '\\url{https://a.b}',
    '\\includegraphics{a.png}',
    '\\htmlId{a}{x}',
    '\\htmlClass{a}{x}',
    '\\htmlStyle{color: red}{x}',
    '\\htmlData{a=b}{x}',
  ])('%s', async (tex) => {
    const note = await compileText(`$${tex}$\n`);
    expect(note.diagnostics.map((d) => [d.id, d.line, d.column])).toEqual([['math/untrusted', 1, 1]]);
    // The source stands in an attribute of Postil's own, and cannot leave it.
    const math = note.math.map((html) => html.replace(/ data-tex="[^"<>]*"/, ''));
    expect(JSON.stringify([math, note.sections])).not.toMatch(
      /<a |<img|href=|id=|data-|style=\\"color: ?red/,
    );
  });
});
