/** Compiled notes as text that a person can read and a diff can show: one block a line, holes between « and ». */

import type { Fragment, Note } from '../../src/model.ts';

/** Elements that get lines of their own. */
const BLOCK =
  /^(?:address|article|aside|audio|blockquote|dd|details|div|dl|dt|figcaption|figure|footer|h[1-6]|header|hr|li|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul|video)$/;
const VOID = new Set(['hr', 'img', 'br', 'input', 'wbr', 'source', 'track', 'col']);
const TAG = /<(\/?)([a-z][a-z0-9-]*)((?:\s+[^\s=>"]+(?:="[^"]*")?)*)\s*>/gi;

/**
 * Fragments as indented HTML. A reference is `«ref 0 wikilink fpn#heading|label»`, one with the author's own
 * text `«open 0 link fpn.md»text«close 0»`, a formula its TeX (`«math 0 x^2»`, `«math 0 display x^2»`), an id
 * that an embedding page would change `«id»`.
 */
export function readable(fragments: Fragment[], note: Note): string {
  const holes: string[] = [];
  const html = fragments
    .map((f) => {
      if (typeof f === 'string') return f;
      holes.push(hole(f, note));
      return `\uE000${holes.length - 1}\uE001`;
    })
    .join('');
  return layout(html).replace(/\uE000(\d+)\uE001/g, (_, n: string) => holes[Number(n)]!);
}

function hole(f: Exclude<Fragment, string>, note: Note): string {
  if ('math' in f) return `«math ${f.math} ${tex(note.math[f.math]!)}»`;
  if ('id' in f) return `«${f.id}»`;
  if ('url' in f) return `«url ${f.url} ${note.index.refs[f.url]!.target}»`;
  if ('footnote' in f) return `«footnote ${f.footnote}${f.use > 1 ? ` use ${f.use}` : ''}»`;
  if ('block' in f) return `«block ${f.block}»`;
  if ('end' in f) return `«end ${f.end}»`;
  if ('close' in f) return `«close ${f.close}»`;
  const number = 'ref' in f ? f.ref : f.open;
  const { kind, target, fragment, label, attributes, cluster } = note.index.refs[number]!;
  return [
    `«${'ref' in f ? 'ref' : 'open'} ${number} ${kind}`,
    `${target}${fragment && `#${fragment}`}${label && `|${label}`}`,
    ...(attributes ? [JSON.stringify(attributes)] : []),
    ...(cluster && cluster !== 'only' ? [cluster] : []),
  ]
    .filter((s) => s !== '')
    .join(' ')
    .concat('»');
}

/** The TeX that a printed formula keeps. */
function tex(html: string): string {
  const source = / data-tex="([^"]*)"/.exec(html)?.[1] ?? '?';
  const plain = source.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&').replace(/\n/g, '⏎');
  return html.startsWith('<span class="katex-display"') ? `display ${plain}` : plain;
}

/** Breaks lines at blocks and indents them; text inside `pre` is left as it is. */
export function layout(html: string): string {
  const lines: string[] = [];
  let line = '';
  let depth = 0;
  let pre = 0;
  let from = 0;
  const flush = () => {
    const text = pre > 0 ? line : line.trim();
    if (text !== '') lines.push('  '.repeat(Math.max(0, depth)) + text);
    line = '';
  };
  for (const m of html.matchAll(TAG)) {
    const text = html.slice(from, m.index);
    line += pre > 0 ? text : text.replace(/\n/g, '⏎').replace(/^⏎$/, '');
    from = m.index + m[0].length;
    const [tag, slash, given = ''] = m;
    const name = given.toLowerCase();
    if (!BLOCK.test(name)) {
      line += tag;
      continue;
    }
    if (slash) {
      if (name === 'pre') pre--;
      depth--;
      line += tag;
      flush();
    } else {
      if (pre === 0) {
        if (startsBlock(line)) {
          // `<li>` before `<p>`: the opening tag gets the line, its content is one step deeper.
          const opening = depth;
          depth = Math.max(0, depth - 1);
          flush();
          depth = opening;
        } else flush();
      }
      line += tag;
      if (VOID.has(name)) flush();
      else depth++;
      if (name === 'pre') pre++;
    }
  }
  line += html.slice(from);
  flush();
  return lines.join('\n');
}

function startsBlock(line: string): boolean {
  return BLOCK.test(/^<([a-z][a-z0-9-]*)/i.exec(line.trim())?.[1]?.toLowerCase() ?? '');
}
