/**
 * Tags in running text that are none: `序列首尾加 <BOS> 与 <EOS>`, `vector<float>`, a `<s>` that nothing closes. Markdown
 * takes them for HTML; the sanitiser would remove the words, and an element left open would go on past its paragraph to
 * the end of the page. They are shown as they are typed. Blocks of HTML stay what they are, but for a lone tag: `- <s>`.
 *
 * No element of HTML goes on into the next cell of a table. What is written so, `| <u>a | b</u> |`, ends in its cell.
 */

import type { Html, Nodes, Root, Table } from 'mdast';
import type { Plugin } from 'unified';
import type { Parent } from 'unist';
import { SKIP, visit } from 'unist-util-visit';
import { noteOf } from './context.ts';

const named = (names: string): ReadonlySet<string> => new Set(names.split(/\s+/));

/** They have no end tag, and without attributes nothing to show. */
const VOID = named('area base bgsound col embed frame image img input keygen link meta param source track');
/** Their end tag may be left out, or theirs is no pair of tags: `</br>` is a line break. */
const ENDLESS =
  named(`br caption colgroup dd dt hr li optgroup option p rb rp rt rtc tbody td tfoot th thead tr wbr
  body head html`);
/** Unclosed, they have a message (`unmark.ts`); what they hold is no HTML. */
const SWALLOWERS =
  named(`iframe math noembed noframes noscript plaintext script select style svg template textarea
  title xmp`);
/** Left open, they go on in all blocks that follow. */
const FORMATTING = named('a b big code em font i nobr s small strike strong tt u');
/** What has or had both tags in HTML, but for `SWALLOWERS`. */
const PAIRED =
  named(`a abbr acronym address applet article aside audio b basefont bdi bdo big blink blockquote button
  canvas center cite code data datalist del details dfn dialog dir div dl em fencedframe fieldset figcaption figure font
  footer form frameset h1 h2 h3 h4 h5 h6 header hgroup i ins kbd label legend listing main map mark marquee menu menuitem
  meter nav nobr object ol output picture pre progress q ruby s samp search section selectedcontent slot small span strike
  strong sub summary sup table time tt u ul var video`);

/** Nodes whose HTML is a block. */
const FLOW = named('root blockquote listItem footnoteDefinition');
const TAG = /<!--[\s\S]*?-->|<(\/?)([a-z][a-z0-9-]*)((?:"[^"]*"|'[^']*'|[^"'<>])*)>/gi;

export const remarkStrayTags: Plugin<[], Root> = () => (tree, file) => {
  if (/<\/?[a-z]/i.test(noteOf(file).body)) showStrayTags(tree);
};

interface Start {
  name: string;
  attributes: string;
  node: Html;
  parent: Parent;
  /** It is text, and so is its end. */
  shown: boolean;
  /** Whether it may stay without an end. */
  done: boolean;
  /** Its end stood in another cell. */
  dropped?: true;
}

/** Starts without an end so far, by their names; the last first. */
type Open = Map<string, Start[]>;

/**
 * Makes text of the tags that are none, and ends the elements with attributes that nothing ends.
 *
 * @param tree what holds an element's both ends, if it has them: a note, a caption
 */
export function showStrayTags(tree: Nodes): void {
  const starts: Start[] = [];
  findTags(tree, starts);
  for (const { name, attributes, node, parent, done, dropped } of starts.reverse()) {
    if (done) continue;
    if ((isBare(attributes) && !dropped) || !PAIRED.has(name)) show(node, parent);
    else if (FLOW.has(parent.type) || /[\s"']\/$/.test(attributes)) node.value += `</${name}>`;
    else parent.children.push({ type: 'html', value: `</${name}>` } as Html);
  }
}

/**
 * @param starts takes the starts found
 * @param elsewhere gives the start that an end in a cell may have outside it
 * @returns what is left open
 */
function findTags(
  tree: Nodes,
  starts: Start[],
  elsewhere?: (name: string, node: Html, parent: Parent) => Start | undefined,
): Open {
  const open: Open = new Map();
  /** Inside `svg` and `math` other names are known. */
  let foreign = false;
  visit(tree, (node, index, parent) => {
    if (node.type === 'table') {
      findInCells(node, starts, open);
      return SKIP;
    }
    if (node.type !== 'html' || !parent) return undefined;
    const inline = !FLOW.has(parent.type);
    for (const [tag, slash, found, attributes = ''] of node.value.matchAll(TAG)) {
      const name = found?.toLowerCase();
      if (name === undefined || ENDLESS.has(name)) continue;
      if (name === 'svg' || name === 'math') {
        if (foreign || !slash) foreign = !slash && !attributes.endsWith('/');
        else if (inline) show(node, parent);
        continue;
      }
      if (foreign) continue;
      const alone = inline || tag === node.value.trimEnd();
      const unknown = !PAIRED.has(name) && !SWALLOWERS.has(name) && !attributes.includes('=');
      const stray = alone && (unknown || (inline ? PAIRED : FORMATTING).has(name));
      if (VOID.has(name)) {
        if (alone && isBare(attributes)) show(node, parent);
      } else if (slash) {
        const start = open.get(name)?.pop();
        if (start) start.done = true;
        if (!(start ? start.shown && alone : stray)) continue;
        const other = start ? undefined : elsewhere?.(name, node, parent);
        if (!other || other.shown) {
          show(node, parent);
          continue;
        }
        other.dropped = true;
        parent.children.splice(index!, 1);
        return [SKIP, index!];
      } else {
        const shown = inline && unknown;
        if (shown) show(node, parent);
        const start = { name, attributes, node, parent, shown, done: shown || !stray };
        starts.push(start);
        add(open, start);
      }
    }
    return undefined;
  });
  return open;
}

/**
 * An end looks for its start in its cell, then in the cells before, then before the table. Bare tags are as often names:
 * one that nothing follows in its cell (`| <s> | begins |`), or comes before (`| </s> | ends |`), has no part elsewhere.
 */
function findInCells(table: Table, starts: Start[], before: Open): void {
  const left: Open = new Map();
  visit(table, 'tableCell', (cell) => {
    const open = findTags(cell, starts, (name, node, parent) => {
      const inTable = left.get(name)?.at(-1);
      if (inTable && (!isBare(inTable.attributes) || parent.children[0] !== node))
        return left.get(name)!.pop();
      const outside = before.get(name)?.at(-1);
      return outside && (!isBare(outside.attributes) || outside.done) ? before.get(name)!.pop() : undefined;
    });
    for (const start of [...open.values()].flat())
      if (!isBare(start.attributes) || start.parent.children.at(-1) !== start.node) add(left, start);
    return SKIP;
  });
}

function add(open: Open, start: Start): void {
  const others = open.get(start.name);
  if (others) others.push(start);
  else open.set(start.name, [start]);
}

const isBare = (attributes: string) => /^\s*\/?$/.test(attributes);

function show(node: Html, parent: Parent): void {
  const { value, position } = node;
  if (!FLOW.has(parent.type)) Object.assign(node, { type: 'text' });
  else Object.assign(node, { type: 'paragraph', children: [{ type: 'text', value, position }] });
}
