/** The part of a drawing in which something stands: libraries leave wide margins, as for a page of its own. */

import { XmlElement } from '@rgrove/parse-xml';
import { textWidth } from '../../text-width.ts';

/** Left, top, right and bottom. */
type Edges = [number, number, number, number];

/** What is kept around the drawing, for lines' widths and letters that are larger than measured. */
const MARGIN = 6;

/** Elements that draw nothing where they stand. */
const ELSEWHERE = new Set(['defs', 'style', 'title', 'desc', 'marker']);

/**
 * A smaller frame for a drawing.
 *
 * @param root the `svg` element
 * @param box its frame: left, top, width and height
 * @param isLeftOut whether an element will not be printed
 * @returns the frame that fits what is drawn, never larger; the one given when the drawing has a part (an arc, a
 *   transformation) whose place is not plain
 */
export function frameOf(root: XmlElement, box: number[], isLeftOut: (node: XmlElement) => boolean): number[] {
  const [left, top, width, height] = box as Edges;
  const found: Edges = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, -1e9, -1e9];
  if (!measure(root, found, isLeftOut) || !(found[0] <= found[2])) return box;
  const x = Math.max(left, Math.floor(found[0] - MARGIN));
  const y = Math.max(top, Math.floor(found[1] - MARGIN));
  const right = Math.min(left + width, Math.ceil(found[2] + MARGIN));
  const bottom = Math.min(top + height, Math.ceil(found[3] + MARGIN));
  return right > x && bottom > y ? [x, y, right - x, bottom - y] : box;
}

/** Widens the edges to hold an element's content; `false` when its place is not plain. */
function measure(parent: XmlElement, edges: Edges, isLeftOut: (node: XmlElement) => boolean): boolean {
  return parent.children.every((node) => {
    if (!(node instanceof XmlElement) || ELSEWHERE.has(node.name) || isLeftOut(node)) return true;
    const upright = node.name === 'text' && /^rotate\(-90,/.test(node.attributes.transform ?? '');
    if (node.attributes.transform !== undefined && !upright) return false;
    if (node.name === 'g') return measure(node, edges, isLeftOut);
    const points = pointsOf(node, upright);
    if (points?.every(Number.isFinite) !== true) return false;
    for (let i = 0; i < points.length; i += 2) {
      edges[0] = Math.min(edges[0], points[i]!);
      edges[1] = Math.min(edges[1], points[i + 1]!);
      edges[2] = Math.max(edges[2], points[i]!);
      edges[3] = Math.max(edges[3], points[i + 1]!);
    }
    return true;
  });
}

/** Corners between which an element lies, x and y in turn; `undefined` when they are not known. */
function pointsOf(node: XmlElement, upright: boolean): number[] | undefined {
  const number = (name: string, otherwise = 0) => Number(node.attributes[name] ?? otherwise);
  switch (node.name) {
    case 'rect':
      return [number('x'), number('y'), number('x') + number('width'), number('y') + number('height')];
    case 'circle':
    case 'ellipse': {
      const [rx, ry] = [number('rx', number('r')), number('ry', number('r'))];
      return [number('cx') - rx, number('cy') - ry, number('cx') + rx, number('cy') + ry];
    }
    case 'line':
      return [number('x1'), number('y1'), number('x2'), number('y2')];
    case 'polyline':
    case 'polygon':
      return (node.attributes.points ?? '')
        .trim()
        .split(/[\s,]+/)
        .map(Number);
    case 'text': {
      const size = number('font-size', 16);
      const lines = node.children.filter((c) => c instanceof XmlElement && c.attributes.x !== undefined);
      const width = textWidth(node.text, size);
      const anchor = { start: 0, middle: 0.5, end: 1 }[node.attributes['text-anchor'] ?? 'start'] ?? 0;
      const height = size * Math.max(1, lines.length);
      const [x, y] = [number('x'), number('y')];
      if (upright) return [x - height, y - (1 - anchor) * width, x + height, y + anchor * width];
      return [x - anchor * width, y - height, x + (1 - anchor) * width, y + height];
    }
    case 'path': {
      // Curves stay within the corners that they are drawn from.
      const d = node.attributes.d ?? '';
      return /^[MLCQZ\d\s.,-]*$/.test(d) ? (d.match(/-?[\d.]+/g) ?? []).map(Number) : undefined;
    }
    default:
      return undefined;
  }
}
