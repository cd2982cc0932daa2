/** ```` ```dot ````: graphs, laid out by Graphviz compiled to WebAssembly. */

import { Graphviz } from '@hpcc-js/wasm-graphviz';
import type { Drawn } from '../../drawings.ts';
import { EDGE, INK, ownColour } from './colours.ts';
import { cleanSvg, type Theme } from './svg.ts';

let loading: Promise<Graphviz> | undefined;

/** What a graph looks like when it says nothing; statements of the author come after these and win. */
const DEFAULTS =
  'graph [bgcolor=transparent fontname=Helvetica fontsize=13 nslimit=10 nslimit1=10 mclimit=1 pad="0.05"] ' +
  'node [fontname=Helvetica fontsize=14 margin="0.16,0.07" height=0.42] ' +
  'edge [fontname=Helvetica fontsize=12 arrowsize=0.75] ';

const theme: Theme = {
  // Graphviz counts in points, with letters of 14: so many CSS pixels make them 14 px large.
  scale: 1,
  paint(value, attribute, { name, attributes }) {
    const isText = name === 'text' || name === 'tspan';
    if (value === 'black') return isText ? INK : EDGE;
    // An arrow's head is filled in the colour of its line.
    const isLine = isText || attribute === 'stroke' || (name === 'polygon' && attributes.stroke === value);
    return ownColour(value, !isLine);
  },
};

/** @param source one graph in the DOT language */
export async function drawDot(source: string): Promise<Drawn> {
  loading ??= Graphviz.load();
  const graphviz = await loading;
  const open = firstBrace(source);
  const prepared = open === -1 ? source : `${source.slice(0, open + 1)}${DEFAULTS}${source.slice(open + 1)}`;
  try {
    return cleanSvg(graphviz.layout(prepared, 'svg', 'dot'), theme);
  } catch (error) {
    return fault(error instanceof Error ? error.message : String(error), source);
  }
}

/** `syntax error in line 3 near '->'` */
function fault(text: string, source: string): Drawn {
  const message = text
    .trim()
    .split('\n')[0]!
    .replace(/^Error: /i, '');
  const m = /^(.*?) in line (\d+)(?: near '(.*)')?$/s.exec(message);
  if (!m) return { fault: 'error', message: message || 'Graphviz cannot draw this' };
  const line = Math.min(Number(m[2]), source.split('\n').length);
  const near = m[3] ?? '';
  const column = near === '' ? -1 : (source.split('\n')[line - 1] ?? '').indexOf(near);
  return {
    fault: 'error',
    message: near === '' ? m[1]! : `${m[1]} near “${near}”`,
    line,
    ...(column !== -1 && { column: column + 1, length: near.length }),
  };
}

/** Offset of the brace that opens the graph, past comments and quoted names; -1 when there is none. */
function firstBrace(source: string): number {
  const SKIP = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|^#[^\n]*|"(?:[^"\\]|\\[\s\S])*"|\{/gm;
  for (const m of source.matchAll(SKIP)) if (m[0] === '{') return m.index;
  return -1;
}
