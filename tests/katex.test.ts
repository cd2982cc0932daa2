/** rehype-katex by the short cut gives the tree that stock rehype-katex gives, on one KaTeX. */

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Root } from 'hast';
import rehypeKatex from 'rehype-katex';
import { VFile } from 'vfile';
import { describe, expect, test } from 'vitest';
import { printTex } from '../src/compile/print-tex.ts';
import { slimKatex } from '../src/compile/slim-katex.ts';
import { FORMULAS } from './support/formulas.ts';
import { compileText } from './support/notes.ts';

const root = fileURLToPath(new URL('../', import.meta.url));

/** The real parser, by its file: the package's name is an alias here, as in the bundle. */
const parser = `${root}node_modules/hast-util-from-html-isomorphic/index.js`;
const { fromHtmlIsomorphic } = (await import(/* @vite-ignore */ parser)) as {
  fromHtmlIsomorphic(html: string, options: { fragment: boolean }): Root;
};

const version = '0.19.1';

/** Stock rehype-katex in a Node of its own, where nothing is replaced. */
function stock(formulas: { tex: string; display: boolean }[]): unknown[] {
  const script = `
    import rehypeKatex from 'rehype-katex';
    import { VFile } from 'vfile';
    import { readFileSync } from 'node:fs';
    console.warn = () => {};
    const run = rehypeKatex({ strict: 'ignore', maxSize: 50 });
    const out = JSON.parse(readFileSync(0, 'utf8')).map(({ tex, display }) => {
      const code = { type: 'element', tagName: 'code', properties: { className: [display ? 'math-display' : 'math-inline'] },
        children: [{ type: 'text', value: tex }] };
      const tree = { type: 'root', children: [code] };
      run(tree, new VFile());
      return tree.children;
    });
    process.stdout.write(JSON.stringify(out));`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
    cwd: root,
    input: JSON.stringify(formulas),
    maxBuffer: 1 << 28,
  });
  return JSON.parse(printed.toString()) as unknown[];
}

/** A tree without the places in the source, as plain data. */
const bare = (tree: unknown) =>
  JSON.parse(
    JSON.stringify(tree, (key, value) => (key === 'position' || key === 'data' ? undefined : value)),
  );

const countNodes = (tree: unknown): number =>
  Array.isArray(tree)
    ? tree.reduce((n: number, t) => n + countNodes(t), 0)
    : 1 + countNodes((tree as { children?: unknown[] }).children ?? []);

describe('formulas', () => {
  test('there are more than a hundred, all different', () => {
    expect(new Set(FORMULAS).size).toBe(FORMULAS.length);
    expect(FORMULAS.length).toBeGreaterThan(100);
  });

  for (const display of [false, true]) {
    test(`${display ? 'display' : 'inline'}: the same tree as stock rehype-katex, node by node`, async () => {
      const expected = stock(FORMULAS.map((tex) => ({ tex, display })));
      let nodes = 0;
      for (const [i, tex] of FORMULAS.entries()) {
        // Each with macros of its own: what one defines must not reach the next.
        const html = printTex(tex, display, { macros: {} }).tree?.toMarkup();
        const ours =
          html === undefined
            ? undefined
            : bare(fromHtmlIsomorphic(html, { fragment: true }).children as unknown);
        const theirs = bare(expected[i]);
        // What KaTeX refuses, stock rehype-katex shows as an error too.
        if (html === undefined) {
          expect(JSON.stringify(theirs), tex).toContain('katex-error');
          continue;
        }
        expect(ours, tex).toEqual(theirs);
        nodes += countNodes(theirs);
      }
      expect(nodes).toBeGreaterThan(5000);
    });
  }

  test('a page has them with less markup', async () => {
    for (const tex of ['x', String.raw`\frac{a}{b}`, String.raw`\hat{\sigma}_{i}^{2}`]) {
      const { tree } = printTex(tex, false, { macros: {} });
      const note = await compileText(`$${tex}$`);
      expect(note.math).toEqual([slimKatex(tree!)]);
      expect(note.math[0]!.length).toBeLessThan(tree!.toMarkup().length * 0.95);
    }
  });

  test('a number beside a formula is not read out as a table with it', async () => {
    const { math } = await compileText('$$\nx = y \\tag{7}\n$$');
    expect(math[0]).toContain(
      '<math display="block"><mi>x</mi><mo>=</mo><mi>y</mi><mspace width="2em"/><mtext>(7)</mtext></math>',
    );
    // A table that is one stays one.
    const matrix = await compileText('$$\n\\begin{matrix} a & b \\end{matrix} \\tag{8}\n$$');
    expect(matrix.math[0]!.match(/<(?:mtable|mtr|mtd)\b/g)).toEqual(['<mtable', '<mtr', '<mtd', '<mtd']);
  });

  test('MathML is as its rules ask: characters alone in tokens, two or three parts where there are two or three', async () => {
    const specials = [
      'T_{\\max}=x^{\\lim}',
      'a\\bmod b',
      '\\mathop{\\rm arg\\,max}_x \\mathbin{\\frac{a}{b}} \\mathrel{ab} \\mathop{argmin}',
      '\\frac{\\max}{\\min}\\sqrt[\\max]{x}',
    ];
    const parts = { msub: 2, msup: 2, munder: 2, mover: 2, mfrac: 2, mroot: 2, msubsup: 3, munderover: 3 };
    const faults: string[] = [];
    const look = (node: { tagName?: string; children?: never[] }, tex: string) => {
      const { tagName = '', children = [] } = node;
      const wanted = parts[tagName as keyof typeof parts];
      if (wanted !== undefined && children.length !== wanted) faults.push(`${tagName} of ${tex}`);
      for (const child of children as (typeof node)[]) {
        if (/^m[ino]$|^mtext$/.test(tagName) && child.tagName) faults.push(`${tagName} of ${tex}`);
        look(child, tex);
      }
    };
    for (const tex of [...FORMULAS, ...specials]) {
      const { math } = await compileText(`$$\n${tex}\n$$`);
      for (const html of math) look(fromHtmlIsomorphic(html, { fragment: true }) as never, tex);
    }
    expect(faults).toEqual([]);
    const { math } = await compileText('$a\\bmod b$ $T_{\\max}$');
    expect(math[0]).toContain('<mo lspace="0.22em" rspace="0.22em">mod</mo>');
    expect(math[1]).toContain('<msub><mi>T</mi><mrow><mi>max</mi><mo>\u2061</mo></mrow></msub>');
  });

  test('no size is below nothing', async () => {
    const { math } = await compileText('$\\left(\\begin{matrix}a\\\\b\\\\c\\end{matrix}\\right)_2$');
    expect(math[0]).toContain('--d:');
    expect(math[0]).not.toMatch(/(?:padding-top|height):-/);
  });

  test('all are drawn as display formulas, all but two environments inline', async () => {
    const refused = [];
    for (const tex of FORMULAS) {
      expect((await compileText(`$$\n${tex}\n$$`)).diagnostics, tex).toEqual([]);
      if ((await compileText(`$${tex}$`)).diagnostics.length > 0) refused.push(/\{(\w+)\}/.exec(tex)![1]);
    }
    expect(refused).toEqual(['split', 'CD']);
  });

  test('the short cut is taken: rehype-katex leaves KaTeX’s own tree', () => {
    const code = {
      type: 'element' as const,
      tagName: 'code',
      properties: { className: ['math-inline'] },
      children: [{ type: 'text' as const, value: 'x' }],
    };
    const tree = { type: 'root' as const, children: [code] };
    rehypeKatex()(tree as never, new VFile());
    expect(tree.children).toMatchObject([{ type: 'katex', tree: { classes: ['katex'] } }]);
  });
});

describe('one KaTeX', () => {
  test('is installed', () => {
    const lock = JSON.parse(readFileSync(`${root}package-lock.json`, 'utf8')) as {
      packages: Record<string, { version: string }>;
    };
    const found = Object.entries(lock.packages).filter(([path]) => /(?:^|\/)node_modules\/katex$/.test(path));
    expect(found.map(([path, { version }]) => [path, version])).toEqual([['node_modules/katex', version]]);
  });

  test('is what rehype-katex, micromark-extension-math and Postil resolve', () => {
    const from = (name: string) =>
      realpathSync(createRequire(`${root}node_modules/${name}/index.js`).resolve('katex'));
    const ours = realpathSync(createRequire(`${root}package.json`).resolve('katex'));
    expect(from('rehype-katex')).toBe(ours);
    expect(from('micromark-extension-math')).toBe(ours);
  });

  test('is in the bundle, once, without the parser it does not need', () => {
    const files = readdirSync(`${root}bundle`).filter((n) => n.endsWith('.cjs'));
    const code = files.map((n) => readFileSync(`${root}bundle/${n}`, 'utf8'));
    const versions = code.flatMap((c) => c.match(/["'`]0\.(?:1[0-9])\.\d+["'`]/g) ?? []);
    expect(new Set(versions.map((v) => v.slice(1, -1)))).toEqual(new Set([version]));
    expect(code.filter((c) => c.includes('KaTeX parse error: '))).toHaveLength(1);
    // A class name that 0.18 introduced: the markup fits the style sheet.
    expect(code.some((c) => c.includes('katex-base'))).toBe(true);
  });
});
