/**
 * ```` ```mermaid ````: flow charts, sequences, classes, states, entities and x-y charts, drawn by beautiful-mermaid,
 * which needs no browser. It knows a part of the language and passes over the rest without a word, so we look for
 * what it left out: such a diagram stays source that can be read.
 */

import { XmlElement } from '@rgrove/parse-xml';
import { parseMermaid, renderMermaidSVG } from 'beautiful-mermaid';
import type { Drawn } from '../../drawings.ts';
import { escapeXml } from '../../xml.ts';
import { EDGE, GROUND, INK, INK_2, LINE, ownColour, SURFACE } from './colours.ts';
import { frameOf } from './frame.ts';
import { lean, readLabels, reveal, unreadLabel } from './mermaid-labels.ts';
import { flowLines } from './mermaid-source.ts';
import { cleanSvg, type Theme } from './svg.ts';
import { chartAttributes } from './xychart.ts';

/** The library's variables, which its own style sheet would derive from two colours. */
const VARIABLES = new Map([
  ['var(--_text)', INK],
  ['var(--_text-sec)', INK_2],
  ['var(--_text-muted)', INK_2],
  ['var(--_text-faint)', INK_2],
  ['var(--_line)', EDGE],
  ['var(--_arrow)', INK_2],
  ['var(--_node-fill)', SURFACE],
  ['var(--_node-stroke)', EDGE],
  ['var(--_group-fill)', 'none'],
  ['var(--_group-hdr)', 'none'],
  ['var(--_inner-stroke)', LINE],
  ['var(--_key-badge)', LINE],
  ['var(--bg)', GROUND],
]);

/** @param headless the ends of lines without arrowheads */
const themeOf = (headless: Set<string>): Theme => ({
  attributes(node) {
    if (node.name === 'marker') return markerAttributes(node);
    if (isHeadless(node, headless)) return { 'marker-end': undefined };
    return chartAttributes(node);
  },
  frame: (root, box) => frameOf(root, box, (node) => chartAttributes(node) === null),
  paint(value, attribute, { name: tagName }) {
    const known = VARIABLES.get(value);
    if (known) return known;
    if (value.startsWith('var(')) return attribute === 'stroke' || tagName === 'text' ? INK_2 : SURFACE;
    return ownColour(value, attribute === 'fill' && tagName !== 'text');
  },
});

/** The library turns arrowheads at a line's start twice, and lays diamonds under the boxes that they belong to. */
function markerAttributes({ attributes }: XmlElement): Record<string, string> {
  const id = attributes.id ?? '';
  if (id.startsWith('arrowhead-start')) return { orient: 'auto' };
  return id === 'cls-composition' || id === 'cls-aggregation' ? { refX: '12' } : {};
}

/** By the kind of a diagram, the lines that have no arrowhead, and get one from the library: what they go from and to. */
const HEADLESS = {
  classDiagram: /^\s*(\S+)\s+(?:"[^"]*"\s+)?--\s+(?:"[^"]*"\s+)?(\S+?)\s*(?::.*)?$/,
  sequenceDiagram: /^\s*(\S+?)\s*--?>(?![>)x])\s*[+-]?(\S+?)\s*:/,
};
/** Heads of messages that it does not know, but reads as parts of names. */
const OTHER_HEADS = /^\s*[^\s:]*?(?:<<--?>>|--?x\s*[+-]?[^\s:]+\s*:)/;

/** Whether a line has an arrowhead that may be one too many, and goes from and to such ends. */
function isHeadless({ attributes, parent }: XmlElement, ends: Set<string>): boolean {
  if (ends.size === 0 || attributes['marker-end'] === undefined) return false;
  const said =
    attributes['data-from'] === undefined && parent instanceof XmlElement ? parent.attributes : attributes;
  const isPlain = said['data-type'] === 'association' || said['data-arrow-head'] === 'open';
  return isPlain && ends.has(`${said['data-from']} ${said['data-to']}`);
}

/** Words of the language itself. */
const KEYWORDS =
  /^(?:subgraph|end|direction|[TB][BD]|LR|RL|BT|style|class|classDef|linkStyle|default|state|as|br|note|of|left|right)$/;
/** Statements that would be taken for nodes. */
const NOT_NODES = /^\s*(?:click|href|accTitle|accDescr)\b/;
/** Lines that may change nothing, and are right. */
const IDLE = /^\s*(?:$|%%|end\b|classDef\b|class\b|direction\b|(?:participant|actor)\s|\})/;
/** Each line is drawn without once, to see whether it counts; more lines are too many for one figure anyway. */
const MAX_LINES = 150;

const draw = (source: string) => renderMermaidSVG(source, { transparent: true, padding: 6 });

/** @param written one Mermaid diagram */
export function drawMermaid(written: string): Drawn {
  const writtenLines = written.split('\n');
  const refuse = (at: number, what: string) =>
    unsupported(`“${what}” is not understood`, at, writtenLines[at]);
  for (const [at, line] of writtenLines.entries()) {
    const what = /^\s*%%/.test(line) ? undefined : unreadLabel(line);
    if (what) return refuse(at, what);
  }
  const labelled = readLabels(written);
  const flow = writtenLines.length > MAX_LINES ? undefined : flowLines(labelled);
  const lines = flow?.lines ?? labelled.split('\n');
  if (lines.length > MAX_LINES)
    return unsupported(`the diagram has ${lines.length} lines, at most ${MAX_LINES} are drawn`);
  const source = lines.join('\n');
  const originOf = (i: number) => flow?.origin[i] ?? i;
  const refuseLine = (i: number) => refuse(originOf(i), reveal(lines[i]!.trim(), String));
  if (flow?.unread !== undefined) return refuseLine(flow.unread);
  const header = lines.findIndex((l) => l.trim() !== '' && !l.trim().startsWith('%%'));
  const kind = /^\s*(\w+)/.exec(lines[header] ?? '')?.[1] ?? '';
  const crossed = kind === 'sequenceDiagram' ? lines.findIndex((line) => OTHER_HEADS.test(line)) : -1;
  if (crossed !== -1) return refuseLine(crossed);
  let drawn: string;
  try {
    drawn = draw(source);
  } catch (error) {
    return unsupported(reason(error));
  }
  const svg = reveal(lean(drawn), escapeXml);
  // Some loops are laid out nowhere.
  if (!/viewBox="[-\d\s.]+"/.test(svg)) return unsupported('the library cannot lay this diagram out');
  if (/<rect[^>]* width="0" height="0"/.test(svg))
    return unsupported('a node that stands before its subgraph is not moved into it');
  const isGraph = /^(?:graph|flowchart|stateDiagram)$/.test(kind);
  const whole = isGraph ? essence(source, true) : drawn;
  const letters = svg.replace(/<style[\s\S]*?<\/style>|<[^>]*>/g, '\n');
  for (let i = header + 1; i < lines.length; i++) {
    if (IDLE.test(lines[i]!) || isRepeated(lines, i) || isShown(lines, i, letters)) continue;
    if (!isIgnored(lines, i, whole, isGraph)) continue;
    return refuseLine(i);
  }
  if (isGraph) {
    for (let i = header + 1; i < lines.length; i++) {
      const lost = lostWord(withoutPlainClass(lines[i]!, source), whole);
      if (lost) return refuse(originOf(i), lost);
    }
  }
  const plain = kind in HEADLESS ? HEADLESS[kind as keyof typeof HEADLESS] : undefined;
  const headless = plain ? lines.flatMap((line) => plain.exec(line)?.slice(1).join(' ') ?? []) : [];
  return cleanSvg(svg, themeOf(new Set(headless)));
}

/** What tells one diagram from another: of graphs what was read, since laying one out takes long. */
function essence(source: string, isGraph: boolean): string {
  if (!isGraph) return draw(source);
  return JSON.stringify(parseMermaid(source), (_, value) => (value instanceof Map ? [...value] : value));
}

/** Without the name of a class that has no style, and so changes nothing: Obsidian makes links of `class A internal-link`. */
function withoutPlainClass(line: string, source: string): string {
  const [, named, name] = /^(\s*class\s+\S.*?)\s+([\w-]+)\s*$/.exec(line) ?? [];
  if (named === undefined || name === undefined) return line;
  return new RegExp(`\\bclassDef\\s[^;\\n]*(?<![\\w-])${name}(?![\\w-])`).test(source) ? line : named;
}

/** A word of a line that did not come into the diagram. */
function lostWord(line: string, whole: string): string | undefined {
  if (/^\s*%%/.test(line)) return undefined;
  const statement = NOT_NODES.exec(line);
  if (statement) return statement[0].trim();
  const words = line.match(/[\p{L}\p{N}]{2,}/gu) ?? [];
  return words.find((word) => !KEYWORDS.test(word) && !whole.includes(word));
}

/** Whether another line says the same: a node that an arrow names too may stand alone besides. */
function isRepeated(lines: string[], i: number): boolean {
  const said = lines[i]!.trim();
  return lines.some((line, n) => n !== i && ` ${line.trim()} `.includes(` ${said} `));
}

/** Whether the diagram shows a word that no other line has: without this line it would be another one. */
function isShown(lines: string[], i: number, letters: string): boolean {
  const words = lines[i]!.match(/[\p{L}\p{N}_]{3,}|\p{Script=Han}{2}/gu) ?? [];
  return words.some(
    (word) => letters.includes(word) && !lines.some((line, n) => n !== i && line.includes(word)),
  );
}

/** Whether the diagram is the same without a line. */
function isIgnored(lines: string[], i: number, whole: string, isGraph: boolean): boolean {
  try {
    return essence(lines.filter((_, n) => n !== i).join('\n'), isGraph) === whole;
  } catch {
    return false;
  }
}

function unsupported(message: string, index = -1, line = ''): Drawn {
  const place =
    index === -1 ? {} : { line: index + 1, column: /\S|$/.exec(line)!.index + 1, length: line.trim().length };
  return { fault: 'unsupported', message, ...place };
}

function reason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const header = /^Invalid mermaid header: "([^\s"]+)/.exec(text);
  return header ? `diagrams of the kind “${header[1]}” are not drawn` : text.split('\n')[0]!;
}
