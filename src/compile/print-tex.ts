/** One formula through rehype-katex, with the settings that all formulas are printed with. */

import type { Element, Root } from 'hast';
import rehypeKatex from 'rehype-katex';
import { VFile } from 'vfile';
import type { MathOutput } from '../model.ts';
import { element } from './context.ts';
import type { KatexNode, KatexTree } from './katex-raw.ts';

export interface TexOptions {
  /** What the formula defines for others is added. */
  macros: Record<string, string>;
  /** Whether that is also what `\\def` and `\\newcommand` define, outside of braces. */
  keeps?: boolean;
  /** Default: `htmlAndMathml`. */
  output?: MathOutput;
  /** Whether a command that can do harm may; those that may not are listed in the result. */
  trusts?: (command: string, url: string | undefined) => boolean;
}

/** A formula as KaTeX built it, or why it did not. */
export interface PrintedTex {
  tree?: KatexNode;
  untrusted: string[];
  cause?: Error & { position?: number; length?: number; rawMessage?: string };
}

/**
 * Has KaTeX build what it would print for TeX, as HTML and MathML.
 *
 * @throws when the bundle's short cut (see katex-raw.ts) is not in place
 */
export function printTex(
  tex: string,
  display: boolean,
  { macros, keeps = false, output = 'htmlAndMathml', trusts }: TexOptions,
): PrintedTex {
  const untrusted: string[] = [];
  const code = element('code', { className: [display ? 'math-display' : 'math-inline'] }, [
    { type: 'text', value: tex },
  ]);
  const tree: Root = { type: 'root', children: [code] };
  const file = new VFile();
  quietly(() =>
    rehypeKatex({
      macros,
      globalGroup: keeps,
      output,
      strict: 'ignore',
      trust: ({ command, url }: { command: string; url?: string }) => {
        if (trusts?.(command, url)) return true;
        untrusted.push(command);
        return false;
      },
      maxExpand: 1000,
      maxSize: 50,
    })(tree, file),
  );
  const cause = file.messages[0]?.cause as PrintedTex['cause'];
  if (cause) return { untrusted, cause };
  const built = tree.children[0] as unknown as KatexTree | Element | undefined;
  // From stock KaTeX this would be an element: the short cut was lost.
  if (built?.type !== 'katex')
    throw new Error('rehype-katex printed a formula: katex-raw.ts is not in the place of its KaTeX');
  return { tree: built.tree, untrusted };
}

/** KaTeX says on the console which glyphs it cannot measure: noise for authors, who see the page. */
function quietly(run: () => void): void {
  const { warn } = console;
  console.warn = () => {};
  try {
    run();
  } finally {
    console.warn = warn;
  }
}
