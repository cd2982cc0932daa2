/** KaTeX's HTML as a small tree, for `slim-katex.ts`: KaTeX prints few kinds of tags and closes each. */

/** An element; what KaTeX draws with SVG or as a picture is a leaf, kept as it is. */
export interface Box {
  tag: string;
  classes: string[];
  /** Its `style`, without the last semicolon. */
  style: string;
  /** Other attributes, as printed, with a blank before each. */
  rest: string;
  kids: Kid[];
  /** Whether it must keep the box that browsers make for it. */
  fixed?: boolean;
}
/** An element, text (escaped), or markup that is kept. */
export type Kid = Box | string | { markup: string };

const TOKEN = /<(\/?)(span|a)\b([^>]*)>|<svg\b[\s\S]*?<\/svg>|<img\b[^>]*>|[^<]+/y;
const CLASS = / class="([^"]*)"/;
const STYLE = / style="([^"]*?);?"/;

/** @returns whether it is an element */
export function isBox(kid: Kid | undefined): kid is Box {
  return typeof kid === 'object' && 'kids' in kid;
}

/**
 * @param html what KaTeX prints for the eye
 * @returns its elements; nothing when it has what KaTeX is not known to print
 */
export function treeOf(html: string): Kid[] | undefined {
  const root: Kid[] = [];
  const open: Kid[][] = [root];
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < html.length; ) {
    const token = TOKEN.exec(html);
    const kids = open.at(-1);
    if (!token || !kids) return;
    const [whole, closing, tag, attributes = ''] = token;
    if (tag === undefined) kids.push(whole.startsWith('<') ? { markup: whole } : whole);
    else if (closing) open.pop();
    else {
      const { classes, style, rest } = readAttributes(attributes);
      const box: Box = { tag, classes: classes.slice(), style, rest, kids: [] };
      kids.push(box);
      open.push(box.kids);
    }
  }
  return open.length === 1 ? root : undefined;
}

/** Formulas repeat each other's attributes: each is read once. */
const read = new Map<string, Pick<Box, 'classes' | 'style' | 'rest'>>();
const MOST_READ = 5000;

function readAttributes(attributes: string): Pick<Box, 'classes' | 'style' | 'rest'> {
  let known = read.get(attributes);
  if (!known) {
    known = {
      classes: CLASS.exec(attributes)?.[1]?.split(' ') ?? [],
      style: STYLE.exec(attributes)?.[1] ?? '',
      rest: attributes.replace(CLASS, '').replace(STYLE, ''),
    };
    if (read.size >= MOST_READ) read.clear();
    read.set(attributes, known);
  }
  return known;
}

/** Between two texts, so that a browser measures each for itself, as it does KaTeX's: widths are rounded. */
const SEAM = '<!---->';

/** @returns HTML of the elements */
export function printTree(kids: Kid[]): string {
  let html = '';
  let text = false;
  for (const kid of kids) {
    const wasText = text;
    text = typeof kid === 'string';
    if (typeof kid === 'string') html += wasText ? SEAM + kid : kid;
    else html += isBox(kid) ? printBox(kid) : kid.markup;
  }
  return html;
}

function printBox({ tag, classes, style, rest, kids }: Box): string {
  const names = classes.length > 0 ? ` class="${classes.join(' ')}"` : '';
  const measures = style === '' ? '' : ` style="${style}"`;
  return `<${tag}${names}${measures}${rest}>${printTree(kids)}</${tag}>`;
}
