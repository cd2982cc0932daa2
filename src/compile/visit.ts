/**
 * Stands in for `unist-util-visit` (see vite.config.ts). The library makes a list of ancestors for each depth and
 * calls two functions for each node; most visitors want one type of node, and its parent alone. A note's trees are
 * walked some forty times: what is done for a node that nobody asked for decides what that costs.
 */

import type { Node, Parent } from 'unist';
import { convert, type Test } from 'unist-util-is';
import { CONTINUE, EXIT, type Result, SKIP, toTuple, type Visitors, visitParents } from './visit-parents.ts';

export { CONTINUE, EXIT, SKIP };

/**
 * Blocks of mdast: none of them stands in a paragraph or a heading (https://github.com/syntax-tree/mdast#content-model),
 * which hold most of a note's nodes and are not entered for one. Code is looked for everywhere: a shortcode of Hexo or Hugo in
 * running text is some.
 */
const BLOCKS = new Set([
  'blockquote',
  'definition',
  'footnoteDefinition',
  'heading',
  'list',
  'listItem',
  'math',
  'paragraph',
  'table',
]);

type Visitor = (node: Node, index: number | undefined, parent: Parent | undefined) => Result;

/**
 * Walks a tree in preorder, calling a visitor with each node, its place and its parent. Backwards, or with visitors for
 * leaving a node, it is `visitParents` that walks.
 *
 * @param test which nodes are visited: a type, or what else `unist-util-is` takes; default: all
 */
export function visit(tree: Node, visitors: Visitors<Visitor>, reverse?: boolean | null): void;
export function visit(tree: Node, test: Test, visitors: Visitors<Visitor>, reverse?: boolean | null): void;
export function visit(
  tree: Node,
  testOrVisitors: Test | Visitors<Visitor>,
  visitorsOrReverse?: Visitors<Visitor> | boolean | null,
  backwards?: boolean | null,
): void {
  const tested = typeof visitorsOrReverse === 'function' || (visitorsOrReverse && visitorsOrReverse !== true);
  const visitors = (tested ? visitorsOrReverse : testOrVisitors) as Visitors<Visitor>;
  const test = (tested ? testOrVisitors : undefined) as Test;
  const reverse = (tested ? backwards : visitorsOrReverse) as boolean | null | undefined;
  if (!tree || typeof visitors !== 'function' || reverse) {
    visitParents(tree, test, withParents(visitors), reverse);
    return;
  }
  const type = typeof test === 'string' ? test : undefined;
  const is = type === undefined && test ? convert(test) : undefined;
  const visitor = visitors;
  const block = type !== undefined && BLOCKS.has(type);
  /** @returns whether the walk goes on */
  const walk = (parent: Parent): boolean => {
    // Visitors may replace the list of children: it is read again for every child.
    for (let i = 0; i > -1 && i < parent.children.length; ) {
      const node: Node = parent.children[i]!;
      let next = i + 1;
      let enters = true;
      if (type !== undefined ? node.type === type : !is || is(node, i, parent)) {
        const [action, to] = toTuple(visitor(node, i, parent));
        if (action === EXIT) return false;
        enters = action !== SKIP;
        if (typeof to === 'number') next = to;
      }
      if (block && (node.type === 'paragraph' || node.type === 'heading')) enters = false;
      if (enters && (node as Parent).children && !walk(node as Parent)) return false;
      i = next;
    }
    return true;
  };
  const visited = type !== undefined ? tree.type === type : !is || is(tree);
  const [action] = toTuple(visited ? visitor(tree, undefined, undefined) : undefined);
  if (action !== EXIT && action !== SKIP && (tree as Parent).children) walk(tree as Parent);
}

/** Visitors that are given all ancestors, for those that want the parent. */
function withParents(visitors: Visitors<Visitor>): never {
  const wrap = (visitor: Visitor) => (node: Node, parents: Parent[], index: number | undefined) =>
    visitor(node, index, parents.at(-1));
  if (typeof visitors === 'function') return wrap(visitors) as never;
  const { enter, exit } = visitors;
  return { enter: enter && wrap(enter), exit: exit && wrap(exit) } as never;
}
