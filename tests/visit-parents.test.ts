import fc from 'fast-check';
import type { Node, Parent } from 'unist';
import { expect, test } from 'vitest';
// By its path, which the alias does not catch.
import { visit as originalVisit } from '../node_modules/unist-util-visit/index.js';
import { visitParents as original } from '../node_modules/unist-util-visit-parents/index.js';
import { visit } from '../src/compile/visit.ts';
import { visitParents } from '../src/compile/visit-parents.ts';

const { tree } = fc.letrec<{ tree: Node }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    fc.record({ type: fc.constantFrom('a', 'b') }),
    fc.record({ type: fc.constantFrom('a', 'b'), children: fc.array(tie('tree'), { maxLength: 4 }) }),
  ),
}));

/** What a visitor does at the n-th call. */
const act = fc.constantFrom(
  'nothing',
  'continue',
  'skip',
  'exit',
  'index',
  'tuple',
  'remove',
  'insert',
  'replace the list',
);

/** Walks a copy of the tree, and writes down every call. */
function trace(
  walk: unknown,
  tree: Node,
  acts: string[],
  filter: unknown,
  reverse: boolean,
  leaving: boolean,
  given: 'ancestors' | 'parent' = 'ancestors',
) {
  const root = structuredClone(tree);
  const log: unknown[] = [];
  const visitor = (phase: string) => (node: Node, second: unknown, third: unknown) => {
    const [parents, index] = (given === 'ancestors' ? [second, third] : [third ? [third] : [], second]) as [
      Parent[],
      number | undefined,
    ];
    log.push([phase, node.type, parents.map((p) => p.type), index]);
    const what = log.length > 200 ? 'exit' : acts[log.length % acts.length];
    const parent = parents.at(-1);
    if (what === 'remove' && parent && index !== undefined) {
      parent.children.splice(index, 1);
      return phase === 'enter' ? ['skip', index] : index;
    }
    if (what === 'insert' && parent && index !== undefined) parent.children.splice(index, 0, { type: 'b' });
    if (what === 'replace the list' && 'children' in node)
      (node as Parent).children = [{ type: 'a' }, ...(node as Parent).children];
    if (what === 'skip' && phase === 'enter') return 'skip';
    if (what === 'continue') return true;
    if (what === 'exit') return false;
    if (what === 'index') return (index ?? 0) + 1;
    return what === 'tuple' ? [true, (index ?? 0) + 2] : undefined;
  };
  const visitors = leaving ? { enter: visitor('enter'), exit: visitor('exit') } : visitor('enter');
  if (filter === undefined) (walk as (...args: unknown[]) => void)(root, visitors, reverse);
  else (walk as (...args: unknown[]) => void)(root, filter, visitors, reverse);
  return { log, root };
}

test('walks as unist-util-visit-parents and unist-util-visit do, whatever visitors answer and change', () => {
  const filter = fc.constantFrom(
    undefined,
    null,
    'a',
    ['b'],
    { type: 'a' },
    (node: Node) => 'children' in node,
  );
  fc.assert(
    fc.property(
      tree,
      fc.array(act, { minLength: 1, maxLength: 9 }),
      filter,
      fc.boolean(),
      fc.boolean(),
      (...args) => {
        expect(trace(visitParents, ...args)).toEqual(trace(original, ...args));
        expect(trace(visit, ...args, 'parent')).toEqual(trace(originalVisit, ...args, 'parent'));
      },
    ),
    { numRuns: 2000 },
  );
});

test('what stands in paragraphs and headings is looked at, but not for blocks', () => {
  const parent = (type: string, ...children: Node[]) => ({ type, children });
  const inner = parent('strong', { type: 'text' }, parent('paragraph'), { type: 'code' });
  const root = parent(
    'root',
    parent('paragraph', inner),
    parent('heading', inner),
    parent('blockquote', inner),
  );
  const found = (type: string) => {
    let count = 0;
    visit(root, type, () => {
      count++;
    });
    return count;
  };
  expect([found('text'), found('strong'), found('code')]).toEqual([3, 3, 3]);
  expect([found('paragraph'), found('blockquote'), found('heading')]).toEqual([2, 1, 1]);
});
