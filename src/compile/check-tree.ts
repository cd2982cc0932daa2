/** What the pipeline takes for granted of a tree and only a plugin of the site can have broken. */

/** Nodes that are printed by their value. */
const LITERALS = new Set(['text', 'html', 'raw', 'code', 'inlineCode']);
const PARENTS = new Set([
  'root',
  'paragraph',
  'heading',
  'blockquote',
  'list',
  'listItem',
  'emphasis',
  'strong',
  'delete',
  'link',
  'linkReference',
  'footnoteDefinition',
  'table',
  'tableRow',
  'tableCell',
  'element',
]);
/** What HTML is printed from. */
const HAST = new Set(['root', 'element', 'text', 'raw', 'comment', 'doctype']);

type Loose = { type?: unknown; value?: unknown; children?: unknown; tagName?: unknown; properties?: unknown };

/**
 * Looks at each node of a tree. Elements that leave out properties or children, as older plugins do, get empty ones.
 *
 * @param tree what a plugin left
 * @param printed it is printed without being sanitised: the sanitiser leaves out what it does not know
 * @returns what is wrong with it, if anything is
 * @throws RangeError where it is nested too deeply
 */
export function brokenTree(tree: unknown, printed: boolean): string | undefined {
  if (!isNode(tree) || tree.type !== 'root') return `it gave back ${said(tree)} in place of a tree`;
  return broken(tree, printed, new Set());
}

function broken(node: Loose, printed: boolean, above: Set<Loose>): string | undefined {
  const name = `“${String(node.type)}”`;
  if (above.has(node)) return `its tree has a node ${name} that stands in itself`;
  if (node.type === 'element') {
    if (typeof node.tagName !== 'string') return 'its tree has an element without a tagName';
    node.properties ??= {};
    node.children ??= [];
  }
  if (printed && !HAST.has(String(node.type))) return `its tree has a node ${name}, which HTML has not`;
  if (LITERALS.has(String(node.type)) && typeof node.value !== 'string')
    return `its tree has a node ${name} whose value is ${said(node.value)}, not text`;
  const { children } = node;
  if (children === undefined && !PARENTS.has(String(node.type))) return undefined;
  if (!Array.isArray(children))
    return `its tree has a node ${name} whose children are ${said(children)}, not a list`;
  above.add(node);
  for (const child of children as unknown[]) {
    const wrong = isNode(child)
      ? broken(child, printed, above)
      : `its tree has ${said(child)} among the children of a node ${name}`;
    if (wrong) return wrong;
  }
  above.delete(node);
  return undefined;
}

const isNode = (value: unknown): value is Loose =>
  typeof value === 'object' && value !== null && typeof (value as Loose).type === 'string';

function said(value: unknown): string {
  if (value === undefined || value === null) return String(value);
  if (Array.isArray(value)) return 'a list';
  if (typeof value !== 'object') return `a ${typeof value}`;
  return isNode(value) ? `a node “${String(value.type)}”` : 'an object without a type';
}
