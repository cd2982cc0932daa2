/**
 * Stands in for `unist-util-visit-parents` (see vite.config.ts), below `unist-util-visit` and the libraries of
 * the pipeline. The library makes a function for every node and names it after the node, which only a stack trace
 * shows and which was a fifth of compile; otherwise this walk is the same, callback by callback.
 */

import type { Node, Parent } from 'unist';
import { convert, type Test } from 'unist-util-is';

export const CONTINUE = true;
export const EXIT = false;
export const SKIP = 'skip';

type Action = typeof CONTINUE | typeof EXIT | typeof SKIP;
export type Result = Action | number | [Action | undefined, (number | undefined)?] | null | undefined;
type Visitor = (node: Node, parents: Parent[], index: number | undefined) => Result;
export type Visitors<V> = V | { enter?: V | null; exit?: V | null };
/** What to do next, and at which child to go on. */
type Tuple = readonly [Action | undefined, (number | undefined)?];

const NOTHING: Tuple = [undefined];
const LEAVE: Tuple = [EXIT];

/** Walks a tree in preorder (or backwards), calling visitors with each node's ancestors. */
export function visitParents(tree: Node, visitors: Visitors<Visitor>, reverse?: boolean | null): void;
export function visitParents(
  tree: Node,
  test: Test,
  visitors: Visitors<Visitor>,
  reverse?: boolean | null,
): void;
export function visitParents(
  tree: Node,
  testOrVisitors: Test | Visitors<Visitor>,
  visitorsOrReverse?: Visitors<Visitor> | boolean | null,
  backwards?: boolean | null,
): void {
  if (!tree || typeof tree !== 'object') throw new Error(`Unexpected value \`${tree}\` for \`tree\``);
  const tested = typeof visitorsOrReverse === 'function' || (visitorsOrReverse && visitorsOrReverse !== true);
  const visitors = (tested ? visitorsOrReverse : testOrVisitors) as Visitors<Visitor>;
  const is = tested && testOrVisitors ? testOf(testOrVisitors as Test) : undefined;
  const step = (tested ? backwards : visitorsOrReverse) ? -1 : 1;
  const { enter, exit } = typeof visitors === 'function' ? { enter: visitors, exit: undefined } : visitors;

  /** The node that is visited stands below these. */
  const above: Parent[] = [];
  /** At each depth what visitors are given, made when one asks: they may keep it. */
  const given: (Parent[] | undefined)[] = [];
  const walk = (node: Node, index: number | undefined, depth: number): Tuple => {
    const matches = !is || is(node, index, above[depth - 1]);
    let result = NOTHING;
    if (enter && matches) {
      given[depth] ??= above.slice(0, depth);
      result = toTuple(enter(node, given[depth], index));
      if (result[0] === EXIT) return result;
    }
    const { children } = node as Parent;
    if (children && result[0] !== SKIP) {
      above[depth] = node as Parent;
      given[depth + 1] = undefined;
      let offset = step === 1 ? 0 : children.length - 1;
      // Visitors may replace the list of children: it is read again for every child.
      while (offset > -1 && offset < (node as Parent).children.length) {
        const below = walk((node as Parent).children[offset]!, offset, depth + 1);
        if (below[0] === EXIT) return below;
        offset = typeof below[1] === 'number' ? below[1] : offset + step;
      }
    }
    if (exit && matches) {
      given[depth] ??= above.slice(0, depth);
      const after = toTuple(exit(node, given[depth], index));
      if (after[0] === SKIP) throw new Error('Unexpected value `skip` from `exit`');
      if (after[0] === EXIT) return after;
      if (typeof after[1] === 'number') return after;
    }
    return result;
  };
  walk(tree, undefined, 0);
}

/** Most tests are the name of a type. */
function testOf(test: Test): (node: Node, index?: number, parent?: Parent) => boolean {
  return typeof test === 'string' ? (node) => node.type === test : convert(test);
}

/** @returns what a visitor gave back as what is to be done next, and at which child to go on */
export function toTuple(value: Result): Tuple {
  if (value === undefined || value === null) return NOTHING;
  if (Array.isArray(value)) return value;
  if (typeof value === 'number') return [CONTINUE, value];
  return value === EXIT ? LEAVE : [value];
}
