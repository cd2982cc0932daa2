/**
 * KaTeX's MathML without what says nothing to a browser, and its TeX taken out, which a page keeps as an attribute:
 *
 *     <math xmlns="…"><semantics><mrow><mi>x</mi></mrow><annotation encoding="application/x-tex">x</annotation></semantics></math>
 *     →  <math><mi>x</mi></math>  and  x
 */

const OPEN = '<math xmlns="http://www.w3.org/1998/Math/MathML"';
const CELL = /<mtd><mstyle scriptlevel="0" displaystyle="(true|false)">/g;
const CELL_END = '</mstyle></mtd>';
const TAG = /<(\/?)(\w+)[^>]*?(\/?)>/g;
/** What is a row of its parts itself (MathML Core, §3.3.1). */
const ROWS = new Set(['math', 'mtd', 'mstyle', 'msqrt', 'mrow']);

/**
 * @param math from `<math` to `</math>`, as KaTeX prints it
 * @returns also the TeX, escaped as in an attribute; nothing when it is none of KaTeX's known form
 */
export function slimMath(math: string): { math: string; tex: string } | undefined {
  const from = math.indexOf('<semantics>');
  const to = math.indexOf('<annotation');
  const end = math.lastIndexOf('</annotation></semantics></math>');
  if (!math.startsWith(OPEN) || from === -1 || to === -1 || end === -1) return;
  // KaTeX escapes both quotes, in text as in attributes.
  const tex = math.slice(math.indexOf('>', to) + 1, end).replaceAll('&#x27;', "'");
  const inner = math.slice(from + 11, to).replaceAll(' separator="true"', '');
  return { math: withoutRows(`<math${math.slice(OPEN.length, from)}${withoutStyles(inner)}</math>`), tex };
}

/** Cells of a table say for themselves how they are set. */
function withoutStyles(math: string): string {
  const cells = math.match(CELL)?.length ?? 0;
  if (cells === 0 || cells !== math.split(CELL_END).length - 1) return math;
  return math
    .replace(CELL, (_, display: string) => (display === 'true' ? '<mtd displaystyle="true">' : '<mtd>'))
    .replaceAll(CELL_END, '</mtd>');
}

/** Where the two tags of an element begin and end. */
type Tags = [number, number, number, number];

/** Takes out rows of one element, which are that element, those that are all of a row, and empty ones in a row. */
function withoutRows(math: string): string {
  const cuts: [from: number, to: number][] = [];
  const open: { name: string; start: number; end: number; kids: number; lone?: Tags }[] = [];
  for (const { 0: tag, 1: closing, 2: name = '', 3: empty, index } of math.matchAll(TAG)) {
    const parent = open.at(-1);
    if (!closing) {
      if (parent) parent.kids++;
      if (!empty) open.push({ name, start: index, end: index + tag.length, kids: 0 });
      continue;
    }
    const box = open.pop();
    const outer = open.at(-1);
    if (box?.lone && box.kids === 1 && ROWS.has(name)) cut(cuts, box.lone);
    if (!box || !outer) continue;
    const both: Tags = [box.start, box.end, index, index + tag.length];
    if (name !== 'mrow' || math.startsWith('<mrow ', box.start)) continue;
    if (box.kids === 1) cut(cuts, both);
    else if (box.kids === 0 && ROWS.has(outer.name)) {
      cut(cuts, both);
      outer.kids--;
    } else if (outer.kids === 1) outer.lone = both;
  }
  let out = '';
  let at = 0;
  for (const [from, to] of cuts.sort((a, b) => a[0] - b[0])) {
    out += math.slice(at, from);
    at = to;
  }
  return out + math.slice(at);
}

function cut(cuts: [number, number][], [a, b, c, d]: Tags): void {
  cuts.push([a, b], [c, d]);
}
