/**
 * The map of lineage: topics from top to bottom, years from left to right, one line of text for each node, a curve for
 * each relation. It is a static SVG of links; the list below it says the same in words, and stands alone on phones.
 */

import type { Strings } from '../../templates/strings/strings.ts';
import { inLetters } from '../letters.ts';
import type { Graph, GraphNode, Neighbour, Site } from '../model.ts';
import { compare, type Url, url } from '../paths.ts';
import type { Chrome } from './chrome.ts';
import { escapeHtml } from './escape.ts';
import type { ListPage } from './list-pages.ts';
import { overviewLinks } from './overviews.ts';
import type { GraphView, Html, LineageView } from './views.ts';

const COLUMN = 154;
const ROW = 24;
const GUTTER = 120;
const HEAD = 32;
/** Gap between topics. */
const BAND = 18;
/** Width of a label in Latin letters: it fits a column with the dot of the next. */
const LABEL = 17;
/** With more relations than these, those of a node show only while it is pointed at or focused. */
const CROWDED = 150;

interface Placed {
  node: GraphNode;
  x: number;
  y: number;
}

/** `/graph/`: the notes and papers that some relation joins to another; what stands alone is not on the map. */
export function graphPage(site: Site, chrome: Chrome): ListPage<GraphView> {
  const address = url('graph');
  const t = chrome.strings;
  const connected = connectedNodes(site.graph);
  const topics = new Map<string, GraphNode[]>();
  for (const node of connected) {
    const nodes = topics.get(node.topic);
    if (nodes) nodes.push(node);
    else topics.set(node.topic, [node]);
  }
  const bands = [...topics].sort(([a], [b]) => compare(a, b));
  const relations = neighboursByNode(site.graph);
  return {
    url: address,
    view: {
      ...chrome.page(address, { title: t.graph.title, description: t.graph.description, math: false }),
      overviews: overviewLinks(site, address, chrome),
      svg: drawing(bands, site.graph, chrome),
      topics: bands.map(([name, nodes]) => ({
        name,
        nodes: nodes.sort(byYear).map((node) => ({
          label: inLetters(node.title),
          href: chrome.href(node.url),
          ...(node.year !== undefined && { year: node.year }),
          relations: lineageOf(relations.get(node.url) ?? [], chrome, t),
        })),
      })),
    },
  };
}

/** `/graph.json`: nodes and edges, addresses with base path. */
export function graphJson(site: Site, chrome: Chrome): string {
  const { nodes, edges } = site.graph;
  return `${JSON.stringify(
    {
      nodes: nodes.map(({ url: address, title, topic, year, path }) => ({
        url: chrome.href(address),
        title: inLetters(title),
        topic,
        year,
        note: path !== undefined,
      })),
      edges: edges.map(({ from, to, kind }) => ({ from: chrome.href(from), to: chrome.href(to), kind })),
    },
    null,
    1,
  )}\n`;
}

/** The relations of a note in the words of `t`, one line for each kind. */
export function lineageOf(neighbours: Neighbour[], chrome: Chrome, t: Strings): LineageView[] {
  const words = t.graph.relations;
  const lines = new Map<string, LineageView>();
  for (const { kind, incoming, title, lang, url: address } of neighbours) {
    if (kind === 'cites') continue;
    const word = words[kind][incoming ? 1 : 0];
    const line = lines.get(word) ?? { word, links: [] };
    lines.set(word, line);
    line.links.push({
      label: inLetters(title),
      href: chrome.href(address),
      ...(lang !== undefined && { lang }),
    });
  }
  return [...lines.values()];
}

/** A node without any relation is no part of a map. */
function connectedNodes({ nodes, edges }: Graph): GraphNode[] {
  const ends = new Set(edges.flatMap((e) => [e.from, e.to]));
  return nodes.filter((n) => ends.has(n.url));
}

function neighboursByNode({ nodes, edges }: Graph): Map<Url, Neighbour[]> {
  const byUrl = new Map(nodes.map((n) => [n.url, n]));
  const out = new Map<Url, Neighbour[]>();
  for (const { from, to, kind } of edges) {
    const target = byUrl.get(to)!;
    const neighbour = { kind, incoming: false, title: target.label, url: to };
    const neighbours = out.get(from);
    if (neighbours) neighbours.push(neighbour);
    else out.set(from, [neighbour]);
  }
  return out;
}

function byYear(a: GraphNode, b: GraphNode): number {
  return (a.year ?? 0) - (b.year ?? 0) || compare(a.url, b.url);
}

function drawing(bands: [string, GraphNode[]][], graph: Graph, chrome: Chrome): Html {
  const years = [...new Set(bands.flatMap(([, nodes]) => nodes.map((n) => n.year ?? 0)))].sort(
    (a, b) => a - b,
  );
  const placed = new Map<Url, Placed>();
  let y = HEAD;
  const rows: string[] = [];
  // The longest names are wider than a column; behind the last one there has to be room for them.
  const width = GUTTER + years.length * COLUMN + 24;
  for (const [name, nodes] of bands) {
    const heights = new Map<number, number>();
    for (const node of [...nodes].sort(byYear)) {
      const column = years.indexOf(node.year ?? 0);
      const row = heights.get(column) ?? 0;
      heights.set(column, row + 1);
      placed.set(node.url, { node, x: GUTTER + column * COLUMN, y: y + row * ROW + ROW / 2 });
    }
    const height = Math.max(...heights.values()) * ROW;
    rows.push(
      `<path class="band" d="M0 ${y - BAND / 2}H${width}"/><text class="topic" x="0" y="${y + ROW / 2 + 4}">${escapeHtml(cut(name, 16))}</text>`,
    );
    y += height + BAND;
  }
  const heads = years.map(
    (year, i) => `<text class="year" x="${GUTTER + i * COLUMN}" y="16">${year || '—'}</text>`,
  );
  const curves = new Map<Url, string>();
  for (const { from, to, kind } of graph.edges) {
    const [a, b] = [placed.get(from)!, placed.get(to)!];
    const [dx, dy] = [b.x - a.x, b.y - a.y];
    const bend = dx === 0 ? `-30 ${dy / 2}` : `${dx / 2} 0`;
    const curve = `<path class="${kind}" d="M0 0Q${bend} ${dx} ${dy}"/>`;
    curves.set(from, (curves.get(from) ?? '') + curve);
  }
  // Everything is drawn from its own node, so that equal shapes are equal text, which is what compresses; and so that
  // the curves of the node under the pointer or the keyboard's focus can be shown without a script.
  const nodes = [...placed.values()].map(({ node, x, y: top }) => {
    const note = node.path === undefined ? '' : ' class="note"';
    const label = cut(inLetters(node.label), LABEL);
    const whole = inLetters(node.title);
    const title = label === whole ? '' : `<title>${escapeHtml(whole)}</title>`;
    return (
      // Outside of the link: its box, which a browser brings into view when it has the focus, is the name's.
      `<g transform="translate(${x - 7} ${top})">${curves.get(node.url) ?? ''}` +
      `<a href="${escapeHtml(chrome.href(node.url))}"${note}>${title}` +
      `<circle r="3.5"/><text x="7" y="4">${escapeHtml(label)}</text></a></g>`
    );
  });
  const crowded = graph.edges.length > CROWDED ? ' crowded' : '';
  return (`<svg class="lineage${crowded}" viewBox="0 0 ${width} ${y}" width="${width}" height="${y}">` +
    `${heads.join('')}${rows.join('')}${nodes.join('')}</svg>`) as Html;
}

/** A text cut to a width: a Chinese character is as wide as two others. */
function cut(text: string, most: number): string {
  let width = 0;
  let out = '';
  for (const c of text) {
    width += c.charCodeAt(0) < 0x2e80 ? 1 : 2;
    if (width > most) return `${out.trimEnd()}…`;
    out += c;
  }
  return out;
}
