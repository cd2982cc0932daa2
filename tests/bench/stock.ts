/**
 * The same notes through the stock packages alone and through compile, in pairs. Bundled by `additions.ts`, since
 * both sides need the short cut by which no printed formula is parsed (vite.config.ts).
 */

import type { Element, Root } from 'hast';
import rehypeKatex from 'rehype-katex';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import rehypeStringify from 'rehype-stringify';
import remarkGfm from 'remark-gfm';
import remarkMath from 'remark-math';
import remarkParse from 'remark-parse';
import remarkRehype from 'remark-rehype';
import { unified } from 'unified';
import { visit } from 'unist-util-visit';
import { VFile } from 'vfile';
import { begin, compile, transform } from '../../src/compile/compile.ts';
import { toFragments } from '../../src/compile/fragments.ts';
import { splitFrontMatter } from '../../src/compile/front-matter.ts';
import type { KatexTree } from '../../src/compile/katex-raw.ts';
import type { CompileOptions } from '../../src/compile/options.ts';
import type { Source } from '../../src/model.ts';
import type { NotePath } from '../../src/paths.ts';
import { note, slugOf } from './corpus.ts';

/** Formulas printed before, as `src/compile/katex.ts` keeps them: else its memory would be measured, not the additions. */
const printed = new Map<string, Root['children']>();

/** hast: rehype-katex, with the memory that Postil has too. */
function rehypeRememberedKatex() {
  return (tree: Root) => {
    visit(tree, 'element', (node, index, parent) => {
      const names = node.properties.className;
      if (!Array.isArray(names) || !names.some((n) => n === 'math-inline' || n === 'math-display')) return;
      const key = JSON.stringify([names, node.children]);
      let out = printed.get(key);
      if (!out) {
        const one: Root = { type: 'root', children: [structuredClone(node) as Element] };
        rehypeKatex({ strict: 'ignore' })(one, new VFile());
        out = one.children.map((built) => {
          const { tree } = built as unknown as Partial<KatexTree>;
          return tree ? ({ type: 'raw', value: tree.toMarkup() } as never) : built;
        });
        printed.set(key, out);
      }
      (parent as Root).children.splice(index!, 1, ...out);
      return index! + out.length;
    });
  };
}

const stock = unified()
  .use(remarkParse)
  .use(remarkGfm)
  .use(remarkMath)
  .use(remarkRehype)
  .use(rehypeSanitize, {
    ...defaultSchema,
    attributes: {
      ...defaultSchema.attributes,
      code: [['className', /^language-./, 'math-inline', 'math-display']],
    },
  })
  .use(rehypeRememberedKatex)
  .use(rehypeStringify, { allowDangerousHtml: true })
  .freeze();

/** @returns what the stock packages make of a note's body */
export async function stockHtml(text: string): Promise<string> {
  return String(await stock.process(splitFrontMatter(text, 'note.md').body));
}

/** Milliseconds of processor time a note. */
export interface Cost {
  /** To HTML, by the stock packages. */
  stock: number;
  /** To HTML, with all constructs of Postil. */
  html: number;
  /** All of compile: contents, excerpt, sentences around links, words for the search. */
  all: number;
}

const OPTIONS: CompileOptions = { macros: {}, lang: 'zh-CN', dialects: ['obsidian'] };

const SIDES: Record<keyof Cost, (source: Source) => Promise<unknown>> = {
  stock: ({ text }) => stockHtml(text),
  html: async (source) => {
    const { note } = begin(source, OPTIONS);
    const tree = await transform(note, undefined);
    return toFragments(tree.children);
  },
  all: (source) => compile(source, OPTIONS),
};

/**
 * The sides in turn. Of many short rounds the least counts: what else the machine does only ever adds.
 *
 * @param count notes a round; every round compiles the same ones
 */
export async function costs(count: number, rounds: number): Promise<Cost> {
  const sources = Array.from({ length: count }, (_, i) => ({
    path: `${slugOf(i)}.md` as NotePath,
    text: note(i, count, (title) => `[[${title}]]`),
    hash: '',
  }));
  const least: Cost = {
    stock: Number.POSITIVE_INFINITY,
    html: Number.POSITIVE_INFINITY,
    all: Number.POSITIVE_INFINITY,
  };
  for (let round = 0; round < rounds; round++) {
    for (const side of ['stock', 'html', 'all'] as const) {
      const from = process.cpuUsage();
      for (const source of sources) await SIDES[side](source);
      const { user, system } = process.cpuUsage(from);
      least[side] = Math.min(least[side], (user + system) / 1000 / count);
    }
  }
  return least;
}
