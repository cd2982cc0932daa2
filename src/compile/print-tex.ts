/** One formula through rehype-katex, with the settings that all formulas are printed with. */

import type { Root } from 'hast';
import rehypeKatex from 'rehype-katex';
import { VFile } from 'vfile';
import { element } from './context.ts';

export interface TexOptions {
  /** What `\\gdef` in the formula defines is added. */
  macros: Record<string, string>;
  /** Whether a command that can do harm may; those that may not are listed in the result. */
  trusts?: (command: string, url: string | undefined) => boolean;
}

/** A formula as KaTeX printed it, or why it did not. */
export interface PrintedTex {
  html?: string;
  untrusted: string[];
  cause?: Error & { position?: number; length?: number; rawMessage?: string };
}

/**
 * Prints TeX as KaTeX does, as HTML and MathML.
 *
 * @throws when the bundle's short cut (see katex-raw.ts) is not in place
 */
export function printTex(tex: string, display: boolean, { macros, trusts }: TexOptions): PrintedTex {
  const untrusted: string[] = [];
  const code = element('code', { className: [display ? 'math-display' : 'math-inline'] }, [
    { type: 'text', value: tex },
  ]);
  const tree: Root = { type: 'root', children: [code] };
  const file = new VFile();
  quietly(() =>
    rehypeKatex({
      macros,
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
  const raw = tree.children[0] as unknown as { type: string; value: string };
  // Under a stock parser (no alias) this would be an element: the short cut was lost.
  if (raw?.type !== 'raw')
    throw new Error('rehype-katex returned a tree: the katex-raw alias is not in place');
  return { html: raw.value, untrusted };
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
