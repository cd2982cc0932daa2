/**
 * hast → HTML, byte for byte as rehype-stringify prints it, with the settings used here. The library looks up and
 * escapes each attribute's name anew and makes four lists for an element; here a name is looked up once. What is rare
 * (drawings, comments, templates, scripts) goes to the library itself.
 */

import type { ElementContent, Root, RootContent } from 'hast';
import { find, html as schema } from 'property-information';
import rehypeStringify from 'rehype-stringify';
import { unified } from 'unified';
import { remembered } from '../bounded-map.ts';

const library = unified()
  .use(rehypeStringify, { allowDangerousHtml: true, closeSelfClosing: false })
  .freeze();

/** Elements whose content follows rules of its own. */
const RARE = new Set(['svg', 'template', 'script', 'style']);
/** Elements without content (HTML §13.1.2), in lower case. */
const VOID = new Set(
  'area base basefont bgsound br col command embed frame hr image img input keygen link meta param source track wbr'.split(
    ' ',
  ),
);

type Node = RootContent | ElementContent;
type Value = string | number | boolean | (string | number)[] | null | undefined;

/** A property of hast, as HTML writes it. */
interface Attribute {
  name: string;
  boolean: boolean;
  overloaded: boolean;
  /** Between the parts of a list. */
  between: string;
}

/** Names come from authors too (`data-…`): they are not remembered without end. */
const attributeOf = remembered((property): Attribute => {
  const info = find(schema, property);
  return {
    name: info.attribute.replace(/[\0\t\n\f\r "&'/<=>`]/g, reference),
    boolean: info.boolean || info.overloadedBoolean,
    overloaded: info.overloadedBoolean,
    between: info.commaSeparated ? ', ' : ' ',
  };
}, 1_000);

const reference = (c: string) => `&#x${c.charCodeAt(0).toString(16).toUpperCase()};`;

/**
 * Prints nodes.
 *
 * @param nodes hast, raw HTML included; `raw` is printed as it stands
 * @returns HTML; `<` and `&` of texts, and quotes, `&` and NUL of attributes are character references
 * @throws as hast-util-to-html does, at a node of unknown type
 */
export function printHast(nodes: readonly Node[]): string {
  let out = '';
  for (const node of nodes) out += printNode(node);
  return out;
}

function printNode(node: Node): string {
  if (node.type === 'text') return node.value.replace(/[<&]/g, reference);
  if (node.type === 'raw') return node.value;
  if (node.type !== 'element' || RARE.has(node.tagName))
    return library.stringify({ type: 'root', children: [node as RootContent] } satisfies Root);
  const { tagName, properties } = node;
  let out = `<${tagName}`;
  for (const property in properties) {
    const value = properties[property] as Value;
    if (value !== null && value !== undefined) out += printAttribute(property, value);
  }
  const content = printHast(node.children);
  const isVoid = content === '' && VOID.has(tagName.toLowerCase());
  return isVoid ? `${out}>` : `${out}>${content}</${tagName}>`;
}

function printAttribute(property: string, given: NonNullable<Value>): string {
  const { name, boolean, overloaded, between } = attributeOf(property);
  let value = given;
  if (overloaded && (value === name || value === '')) value = true;
  else if (boolean && (typeof value !== 'string' || value === name || value === '')) value = Boolean(value);
  if (value === false || Number.isNaN(value)) return '';
  if (value === true) return name && ` ${name}`;
  const text = Array.isArray(value) ? listOf(value, between) : String(value);
  return ` ${name}="${text.replace(/[\0"&'`]/g, reference)}"`;
}

function listOf(values: (string | number)[], between: string): string {
  // As comma-separated-tokens does, which keeps an empty last value seen.
  const shown = between === ', ' && values.at(-1) === '' ? [...values, ''] : values;
  return shown.join(between).trim();
}
