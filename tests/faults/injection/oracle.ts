/** What must not be on a page, looked for in the tree that a browser would make of it. */

import { type DefaultTreeAdapterMap, parse, parseFragment } from 'parse5';

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

const FORBIDDEN = new Set(
  (
    'iframe object embed applet base frame frameset portal fencedframe noembed noframes noscript plaintext xmp ' +
    'listing textarea select dialog marquee layer bgsound keygen template slot foreignobject animate ' +
    'animatemotion animatetransform set handler audio-worklet isindex'
  ).split(' '),
);
const ADDRESSES = new Set(
  'href src action formaction xlink:href poster cite background longdesc ping manifest data codebase classid profile usemap dynsrc lowsrc'.split(
    ' ',
  ),
);
const OWN_PAGE = new Set(['', 'http', 'https', 'mailto']);

/** The scheme of an address as a browser reads it: blanks before and tabs and line ends in it do not count. */
function scheme(address: string): string {
  const read = address.replace(/^[\u0000-\u0020]+/, '').replace(/[\t\r\n]/g, '');
  return /^([a-z][a-z0-9+.-]*):/i.exec(read)?.[1]?.toLowerCase() ?? '';
}

/** What a site’s own pages may have: its inline scripts and style, which are the same whatever the notes say. */
export interface Allowed {
  inline: ReadonlySet<string>;
}

const textOf = (node: Element) => node.childNodes.map((c) => ('value' in c ? c.value : '')).join('');
const attribute = (node: Element, name: string) => node.attrs.find((a) => a.name === name)?.value;

/** The inline scripts of a page that hold code, and its style. */
export function inlineCode(html: string): string[] {
  const found: string[] = [];
  walk(parse(html), (e) => {
    if (e.tagName === 'style' || (e.tagName === 'script' && attribute(e, 'src') === undefined && !isData(e)))
      found.push(textOf(e));
  });
  return found;
}
const isData = (e: Element) =>
  /^(?:application\/ld\+json|speculationrules)$/.test(attribute(e, 'type') ?? '');

function walk(node: Node, visit: (element: Element, path: Element[]) => void, path: Element[] = []): void {
  if ('tagName' in node) {
    visit(node, path);
    path = [...path, node];
  }
  if ('childNodes' in node) for (const child of node.childNodes) walk(child, visit, path);
  if ('content' in node) walk(node.content as Node, visit, path);
}

/** Everything wrong with a whole page: what could run, load, cover the page or break out of its place. */
export function faultsOfPage(html: string, allowed: Allowed): string[] {
  const tree = parse(html);
  const faults = faultsOf(tree, allowed);
  const body: string[] = [];
  walk(tree, (e, path) => {
    if (path.at(-1)?.tagName === 'body') body.push(e.tagName);
  });
  // The frame around the text: nothing was closed early, nothing swallowed what follows.
  if (body.join(' ') !== 'a header main footer') faults.push(`frame: ${body.join(' ')}`);
  return faults;
}

/** The same of a piece of HTML, as feeds carry it. */
export function faultsOfFragment(html: string): string[] {
  return faultsOf(parseFragment(html), { inline: new Set() });
}

/** The text of a page's article, with what formulas keep as source. */
export function textOfPage(html: string): string {
  let text = '';
  const visit = (node: Node) => {
    if (node.nodeName === '#text') text += (node as DefaultTreeAdapterMap['textNode']).value;
    if ('childNodes' in node) for (const child of node.childNodes) visit(child);
  };
  walk(parse(html), (e) => {
    if (e.tagName === 'article') visit(e);
  });
  return text;
}

function faultsOf(tree: Node, { inline }: Allowed): string[] {
  const faults: string[] = [];
  walk(tree, (e, path) => {
    const name = e.tagName.toLowerCase();
    const inText = path.some((p) => p.tagName === 'article');
    if (FORBIDDEN.has(name)) faults.push(`<${name}>`);
    if (name === 'script') {
      const src = attribute(e, 'src');
      if (src !== undefined ? !/^\/assets\/[\w.-]+\.js$/.test(src) : !isData(e) && !inline.has(textOf(e)))
        faults.push(`script: ${src ?? textOf(e).slice(0, 60)}`);
      if (src === undefined && isData(e)) {
        try {
          JSON.parse(textOf(e));
        } catch {
          faults.push(`data: ${textOf(e).slice(0, 60)}`);
        }
      }
    }
    if (name === 'style' && (inText || !inline.has(textOf(e)))) faults.push('<style>');
    if (name === 'link' && inText) faults.push('<link>');
    if (name === 'meta') {
      const kind = attribute(e, 'http-equiv')?.toLowerCase();
      const content = attribute(e, 'content') ?? '';
      const leads = /^0;\s*url=(.*)$/i.exec(content)?.[1];
      if (inText) faults.push('<meta>');
      if (
        kind === 'refresh'
          ? !leads || !/^\/(?!\/)/.test(leads)
          : kind !== undefined && kind !== 'content-security-policy'
      )
        faults.push(`meta ${kind}: ${content}`);
    }
    if (name === 'input' && inText && attribute(e, 'type') !== 'checkbox') faults.push('<input>');
    if (name === 'form' && inText) faults.push('<form>');
    for (const { name: key, value, prefix } of e.attrs) {
      const full = (prefix ? `${prefix}:${key}` : key).toLowerCase();
      if (/^on/.test(full)) faults.push(`${name} ${full}`);
      if (/^(?:srcdoc|is|contenteditable|autofocus|accesskey|ping|slot|part|form)$/.test(full))
        faults.push(`${name} ${full}`);
      // Notes in the margin, the table of contents and BibTeX are Postil's own popovers, with buttons of its own.
      if (
        full === 'popover' &&
        !/(?:^|\s)(?:sidenote|drawer|sheet)(?:\s|$)/.test(attribute(e, 'class') ?? '')
      )
        faults.push(`${name} popover`);
      if (full === 'popovertarget' && name !== 'button') faults.push(`${name} popovertarget`);
      if (full === 'name' && inText) faults.push(`${name} name`);
      // Pages address their parts by id; a property of a document or form is shadowed by these alone.
      if (full === 'id' && /^(?:img|form|input|object|embed|iframe|button)$/.test(name) && inText)
        faults.push(`${name} id`);
      const picture = name === 'img' || name === 'image' || name === 'link';
      if (ADDRESSES.has(full)) {
        const found = scheme(value);
        if (
          !OWN_PAGE.has(found) &&
          !(found === 'data' && picture && /^data:image\/(?:png|svg\+xml)/.test(value) && !inText)
        )
          faults.push(`${name} ${full}=${value.slice(0, 60)}`);
      }
      if (full === 'srcset' && value.split(',').some((s) => !OWN_PAGE.has(scheme(s.trim()))))
        faults.push(`${name} srcset=${value.slice(0, 60)}`);
      if (
        full === 'style' &&
        /url\(|expression|@import|position\s*:\s*(?:fixed|sticky)|behavior|binding|z-index|javascript/i.test(
          value,
        )
      )
        faults.push(`${name} style=${value.slice(0, 80)}`);
      if (full === 'style' && inText && !isOurs(path, e)) faults.push(`${name} style=${value.slice(0, 60)}`);
    }
  });
  return faults;
}

/** Sizes in formulas, colours of code and drawings, and widths of figures are written by Postil itself. */
function isOurs(path: Element[], e: Element): boolean {
  return [...path, e].some(
    (p) =>
      /(?:^|\s)(?:katex|math|shiki|figure|drawing|plot)/.test(attribute(p, 'class') ?? '') ||
      ['svg', 'pre', 'figure'].includes(p.tagName),
  );
}
