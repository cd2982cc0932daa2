/** The places of a note from which an author's text reaches a page, each with a payload put into it. */

import { slugify } from '../../../src/paths.ts';

/** On one line: a position must not be left by a line break alone. */
const line = (p: string) => p.replace(/[\r\n\u2028\u2029]+/g, ' ');
/**
 * In double quotes, as YAML and as JSON; what the front matter refuses anyway (case 5) is left out, and so is what
 * would make all its fields together longer, or its brackets more, than they may be (case 4).
 */
const yaml = (p: string) =>
  JSON.stringify(
    p
      .slice(0, 1000)
      .replace(
        /\u001b\[|[\u0000-\u001f\u007f\u2028\u2029]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
        ' ',
      ),
  );
/** Behind `https://`, as far as the front matter takes it for an address (the rest: `ADDRESSES`). */
const address = (p: string) => yaml(`https://example.org/${p.replace(/[\s"<>\\\p{Cc}]+/gu, '')}`);
/** Without what would end the BibTeX entry around it. */
const bib = (p: string) => line(p).replace(/[{}\\"@%#\p{Cc}]/gu, '');

/** As much as an address can hold: of the parts between slashes, the later ones that can be a segment of their own. */
const short = (p: string) =>
  new TextDecoder()
    .decode(Buffer.from(p).subarray(0, 120))
    .replace(/[^ -;=?-~一-鿿]+|[.<>]+/gu, '')
    .split('/')
    .filter((part, n) => n === 0 || slugify(part) !== undefined)
    .join('/');

/** Lines of the front matter; `i` keeps names that must differ apart. */
export const FRONT_MATTER: Record<string, (p: string, i: number) => string> = {
  title: (p) => `title: ${yaml(p)}`,
  description: (p) => `description: ${yaml(p)}`,
  tag: (p, i) => `tags: [all, ${yaml(`${i} ${short(p)}`)}]`,
  category: (p, i) => `categories: [C, ${yaml(`${i} ${short(p)}`)}]`,
  alias: (p, i) =>
    `aliases: [${yaml(`${i} ${p.replaceAll('/', ' ')}`)}, ${yaml(`name ${p.replaceAll('/', ' ')}`)}]`,
  series: (p, i) => `series: ${yaml(`${i % 7} ${short(p)}`)}`,
  depth: (p) => `depth: ${yaml(p)}`,
  cover: (p) => `cover: ${yaml(p)}`,
  classes: (p) => `cssclasses: [${yaml(p)}, numbered]`,
  macro: (p) => `macros: {x: ${yaml(p)}}`,
  translation: (p) => `translationOf: ${yaml(p)}`,
  'paper title, authors, venue, ids and addresses': (p, i) =>
    `paper: {title: ${yaml(`${i} ${p}`)}, authors: [${yaml(p)}, ${yaml(`A ${p}`)}], venue: ${yaml(p)}, year: 2020, arxiv: ${yaml(p)}, doi: ${yaml(p)}, key: ${yaml(`k${i} ${p}`)}, url: ${address(p)}, pdf: ${address(p)}, code: ${address(p)}}`,
  results: (p) =>
    `results: [{dataset: ${yaml(`D ${p}`)}, metric: ${yaml(`M ${p}`)}, value: ${yaml(p)}, backbone: ${yaml(p)}, setting: ${yaml(p)}, source: ${yaml(p)}}]`,
  relation: (p, i) => `builds-on: [${yaml(p)}, n${i + 1}]`,
};

/** Blocks of the body. Those that can swallow what follows stand last. */
export const BODY: Record<string, (p: string, i: number) => string> = {
  'text of a link': (p) => `[a ${p}](x)`,
  'address of a link': (p) => `[a](${line(p)})`,
  'address of a link in brackets': (p) => `[a](<${line(p)}>)`,
  'title of a link': (p) => `[a](x "${line(p)}")`,
  'link in brackets': (p) => `a <${line(p)}>`,
  'bare address': (p) => `a https://example.org/${line(p)}`,
  'defined address': (p, i) => `[a][r${i}]\n\n[r${i}]: <${line(p)}> "${line(p)}"`,
  'address of a picture': (p) => `a ![a](${line(p)})`,
  'address of a picture in brackets': (p) => `![a](<${line(p)}> "b")`,
  'text of a picture': (p) => `![a ${line(p)}](x.png)`,
  'caption of a picture': (p) => `![a](x.png "b ${line(p)}")`,
  'picture in a link': (p) => `[![a ${line(p)}](<${line(p)}>)](<${line(p)}>)`,
  'target of a wikilink': (p) => `a [[${line(p)}]]`,
  'label of a wikilink': (p, i) => `a [[n${i + 1}|${line(p)}]]`,
  'heading of a wikilink': (p, i) => `a [[n${i}#${line(p)}]]`,
  embed: (p) => `![[${line(p)}]]`,
  table: (p) => `| ${line(p)} | b |\n| --- | --- |\n| a | ${line(p)} |\n\n: ${line(p)} {#tab:${line(p)}}`,
  heading: (p) => `## a ${line(p)}`,
  'id of a heading': (p) => `### a {#${line(p)}}`,
  footnote: (p, i) => `a[^f${i}]\n\n[^f${i}]: a ${line(p)}`,
  'name of a footnote': (p) => `a[^${line(p)}]\n\n[^${line(p)}]: b`,
  'inline note': (p) => `a^[b ${line(p)}]`,
  formula: (p) => `a $${line(p)}$`,
  'text in a formula': (p) => `a $\\text{${line(p)}}$`,
  'address in a formula': (p) => `a $\\href{${line(p)}}{x}$`,
  'display formula': (p, i) => `$$\n${line(p)} \\tag{${line(p)}} \\label{eq:${i}}\n$$`,
  'macro in a formula': () => 'a $\\x$',
  code: (p) => `a \`${line(p)}\``,
  'language of code': (p) => `~~~${line(p)}\na\n~~~`,
  'options of code': (p) => `~~~js title="${line(p)}" {${line(p)}} ${line(p)}\na\n~~~`,
  'block of code': (p) => `~~~html\n${p}\n~~~`,
  'title of a callout': (p) => `> [!note] a ${line(p)}\n> b`,
  'kind of a callout': (p) => `> [!${line(p)}] a\n> b`,
  theorem: (p) => `> [!theorem] a ${line(p)} {#thm:${line(p)}}\n> ${line(p)}`,
  'key of a citation': (p) => `a [@${line(p)}]`,
  'place of a citation': (p, i) => `a [@b${i}, ${line(p)}]`,
  reference: (p) => `a \\ref{${line(p)}} [[#${line(p)}]]`,
  definition: (p) => `a ${line(p)}\n: b ${line(p)}`,
  mark: (p) => `a ==b ${line(p)}==`,
  'tag in the text': (p, i) => `a #b${i}-${line(p)}`,
  task: (p) => `- [ ] a ${line(p)}`,
  'Hexo tag': (p) => `{% asset_img ${line(p)} %}\n\n{% note ${line(p)} %}\na\n{% endnote %}`,
  'Hexo link': (p) => `{% asset_link x.png ${line(p)} %} {% post_link ${line(p)} %}`,
  'Hexo quotation': (p) => `{% blockquote ${line(p)} %}\na\n{% endblockquote %}`,
  'Hugo shortcode': (p) => `{{< figure src="${line(p)}" caption="${line(p)}" width="${line(p)}" >}}`,
  'HTML: text': (p) => `<details><summary>a ${line(p)}</summary>b</details>`,
  'HTML: address': (p) => `<a href="${line(p)}" id="${line(p)}" class="${line(p)}">a</a>`,
  'HTML: address without quotes': (p) => `<a href=${line(p)}>a</a>`,
  'HTML: picture': (p) => `<img src="${line(p)}" alt="${line(p)}" width="${line(p)}">`,
  'HTML: pictures to choose from': (p) =>
    `<picture><source srcset="${line(p)} 2x, ${line(p)}" media="${line(p)}" sizes="${line(p)}"><img src="x" srcset="${line(p)}, y ${line(p)}" sizes="${line(p)}"></picture>`,
  'HTML: film': (p) =>
    `<video src="x" poster="${line(p)}"><track src="${line(p)}" label="${line(p)}" srclang="${line(p)}"></video>`,
  'HTML: attribute': (p) => `<span title='${line(p)}' ${line(p)}>a</span>`,
  'HTML: style': (p) => `<span style="${line(p)}">a</span>`,
  comment: (p) => `a %%${line(p)}%%`,
  paragraph: (p) => `a ${p}`,
  block: (p) => p,
};

/** Sources of drawings, several payloads in one. */
export const DRAWINGS: Record<string, (ps: string[]) => string> = {
  dot: (ps) =>
    `~~~dot title=${quoted(ps[0]!)}\ndigraph {\n${ps.map((p, i) => `n${i} [label=${quoted(p)} URL=${quoted(p)} tooltip=${quoted(p)} id=${quoted(p)} class=${quoted(p)} color=${quoted(p)}]`).join('\n')}\n}\n~~~`,
  'dot, labels alone': (ps) =>
    `~~~dot\ndigraph {\n${ps.map((p, i) => `n${i} [label=${quoted(p.slice(0, 300))}]`).join('\n')}\n}\n~~~`,
  mermaid: (ps) =>
    `~~~mermaid\ngraph TD\n${ps.map((p, i) => `n${i}["${line(p).slice(0, 80).replaceAll('"', '#quot;')}"]`).join('\n')}\n~~~`,
  'vega-lite': (ps) =>
    `~~~vega-lite\n${JSON.stringify({
      title: line(ps[0]!),
      data: { values: ps.map((p) => ({ x: line(p).slice(0, 80), y: 1, href: p })) },
      mark: { type: 'bar', href: ps[0] },
      encoding: {
        x: { field: 'x', type: 'nominal' },
        y: { field: 'y', type: 'quantitative', title: line(ps[0]!) },
        href: { field: 'href' },
        tooltip: { field: 'x' },
        url: { field: 'href' },
      },
    })}\n~~~`,
  plot: (ps) =>
    `~~~plot title=${quoted(ps[0]!)}\nbars:\n  ${ps.map((p) => line(p).replaceAll(',', ' ').slice(0, 40)).join(', ')}\n  a${', 1'.repeat(ps.length - 1)}\nx label: ${line(ps[0]!)}\n~~~`,
};
const quoted = (p: string) =>
  JSON.stringify(
    line(p)
      .replace(/[\\"\p{Cc}]/gu, '')
      .slice(0, 300),
  );

/** A mark after each block, by which a test sees that the text before it did not swallow it. */
export const mark = (n: number) => `⟦${n}⟧`;

/** Stands for a cover picture among refused positions: the only field that an address may be refused in. */
export const COVER = -1;

/** A note with a payload in every position but those that are refused; and the line on which each block begins. */
export function noteOf(payload: string, i: number, refused: ReadonlySet<number> = new Set()) {
  const front = Object.values(FRONT_MATTER)
    .map((write) => write(payload, i))
    .map((lines) => (refused.has(COVER) ? lines.replace(/^cover:.*\n?/m, '') : lines));
  let text = `---\n${front.join('\n')}\ndate: 2024-01-01\n---\n`;
  const lines: number[] = [];
  Object.values(BODY).forEach((write, n) => {
    lines.push(text.split('\n').length);
    text += `\n${refused.has(n) ? '' : write(payload, i)}\n\n${mark(n)}\n`;
  });
  return { text, lines };
}

/** An entry of the bibliography with a payload in every field. */
export const bibEntry = (p: string, i: number) =>
  `@article{b${i}, title={T ${bib(p)}}, author={${bib(p)} and A, ${bib(p)}}, journal={${bib(p)}}, year={2020}, volume={${bib(p)}}, pages={${bib(p)}}, url={${bib(p)}}, doi={${bib(p)}}, eprint={${bib(p)}}, abstract={${bib(p)}}, publisher={${bib(p)}}}\n`;

/** How many positions there are: fields of one group count as one each. */
export const POSITIONS =
  Object.keys(FRONT_MATTER).length + 12 + Object.keys(BODY).length + Object.keys(DRAWINGS).length + 10;
