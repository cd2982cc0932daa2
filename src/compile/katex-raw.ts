/**
 * Stands in for KaTeX where rehype-katex asks for it (see vite.config.ts): KaTeX would print its tree as HTML, which
 * rehype-katex would parse back into a tree, three quarters of a formula's cost. Here it gets KaTeX's own tree.
 */

import katex, { type KatexOptions } from 'katex';

/**
 * A node of KaTeX's tree, as far as it is read here (its `domTree.ts`, `mathMLTree.ts`): an element, a symbol (which has
 * a text), a fragment, a drawing, or MathML (which has a type).
 */
export interface KatexNode {
  type?: string;
  classes?: string[];
  style?: Record<string, string | undefined>;
  attributes?: Record<string, string>;
  children?: KatexNode[];
  text?: string;
  /** By how much a slanted symbol reaches over its right edge, in em. */
  italic?: number;
  /** As KaTeX itself prints it. */
  toMarkup(): string;
}

/** What rehype-katex puts in the place of a formula. */
export interface KatexTree {
  type: 'katex';
  tree: KatexNode;
}

const { __renderToDomTree: toTree } = katex as unknown as {
  __renderToDomTree(tex: string, options: KatexOptions): KatexNode;
};

type NodeClass = abstract new () => object;
/** KaTeX's nodes tell themselves apart by their class alone. */
export const { Anchor, Span, SymbolNode, SvgNode } = (
  katex as unknown as { __domTree: Record<'Anchor' | 'Span' | 'SymbolNode' | 'SvgNode', NodeClass> }
).__domTree;

export default {
  ...katex,
  /** @returns a formula as the list of nodes that rehype-katex puts into its tree */
  renderToString: (tex: string, options: KatexOptions): KatexTree[] => [
    { type: 'katex', tree: toTree(tex, options) },
  ],
};

/** Stands in for what rehype-katex would parse HTML with (`hast-util-from-html-isomorphic`), and has no need to. */
export function fromHtmlIsomorphic(): never {
  throw new Error('KaTeX printed a formula as HTML: katex-raw.ts is not in its place');
}
