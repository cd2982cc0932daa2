/**
 * What a drawing library printed → SVG that may stand inside a page. Labels come from the author and pass through
 * libraries that are no sanitisers, so everything is read as XML and printed anew from a list of elements and
 * attributes; no links, styles, scripts or images are on it. Colours become the theme's, ids become holes.
 */

import { parseXml, XmlElement, XmlText } from '@rgrove/parse-xml';
import type { Drawn } from '../../drawings.ts';
import { escapeXml } from '../../xml.ts';
import { INK } from './colours.ts';

const ELEMENTS = new Set(
  'svg g path rect circle ellipse line polyline polygon text tspan defs marker clipPath linearGradient radialGradient stop pattern mask symbol use'.split(
    ' ',
  ),
);

const ATTRIBUTES = new Set(
  (
    'd points x y x1 y1 x2 y2 cx cy r rx ry dx dy width height transform viewBox fill stroke opacity ' +
    'fill-opacity stroke-opacity fill-rule stroke-width stroke-dasharray stroke-dashoffset stroke-linecap ' +
    'stroke-linejoin stroke-miterlimit text-anchor dominant-baseline font-size font-weight font-style ' +
    'text-decoration letter-spacing marker-start marker-mid marker-end markerWidth markerHeight markerUnits refX refY ' +
    'orient id clip-path clip-rule mask offset stop-color stop-opacity gradientUnits gradientTransform ' +
    'patternUnits patternTransform spreadMethod preserveAspectRatio overflow'
  ).split(' '),
);

const PAINT = new Set(['fill', 'stroke', 'stop-color']);
const USES_ID = new Set(['clip-path', 'mask', 'marker-start', 'marker-mid', 'marker-end', 'fill', 'stroke']);

/** More would make a page that no phone can show. */
const MAX_SVG = 400_000;

export interface Theme {
  /** @returns the colour to print, `undefined` to leave the attribute out */
  paint(value: string, attribute: string, node: XmlElement): string | undefined;
  /** Natural size in CSS pixels; what the library prints may be in points. */
  scale?: number;
  /**
   * Attributes instead of the library's, as of its style sheet, which is not kept: `undefined` leaves one out, `null` the
   * whole element.
   */
  attributes?(node: XmlElement): Record<string, string | undefined> | null;
  /** The part of the drawing to show: left, top, width and height. */
  frame?(root: XmlElement, box: number[]): number[];
}

/**
 * @param svg what a library printed
 * @param theme how its colours become ours
 */
export function cleanSvg(svg: string, theme: Theme, warnings: string[] = []): Drawn {
  const root = parseXml(svg.replace(/<!DOCTYPE[^>]*>/, '')).root;
  if (root?.name !== 'svg') return { fault: 'error', message: 'nothing was drawn' };
  const printed = (root.attributes.viewBox ?? '')
    .trim()
    .split(/[\s,]+/)
    .map(Number);
  const box = theme.frame?.(root, printed) ?? printed;
  const scale = theme.scale ?? 1;
  const width = round((box[2] ?? Number.parseFloat(root.attributes.width ?? '')) * scale);
  const height = round((box[3] ?? Number.parseFloat(root.attributes.height ?? '')) * scale);
  if (!(width > 0 && height > 0 && box.length === 4 && box.every(Number.isFinite)))
    return { fault: 'error', message: 'the drawing is empty' };
  // Libraries count ids on from drawing to drawing: ours start anew in each.
  ids.clear();
  used = new Set(svg.match(/(?<=#)[^"')\s<>]+/g));
  const inner = children(root, theme);
  if (inner.length > MAX_SVG)
    return {
      fault: 'error',
      message: `the drawing is too large (${Math.round(inner.length / 1000)} kB of SVG, at most ${MAX_SVG / 1000})`,
    };
  return {
    svg: `<svg viewBox="${box.map(round).join(' ')}" width="${width}" height="${height}" fill="${INK}">${inner}</svg>`,
    width,
    warnings,
  };
}

const ids = new Map<string, string>();
/** What `#` stands before, somewhere in the drawing: other ids are not kept. */
let used = new Set<string>();

function idOf(name: string): string {
  if (!ids.has(name)) ids.set(name, `\0i${ids.size + 1}\0`);
  return ids.get(name)!;
}

function children(parent: XmlElement, theme: Theme): string {
  let out = '';
  for (const child of parent.children) {
    if (child instanceof XmlText) {
      if (parent.name === 'text' || parent.name === 'tspan') out += escapeXml(child.text);
    } else if (child instanceof XmlElement) out += element(child, theme);
  }
  return out;
}

function element(node: XmlElement, theme: Theme): string {
  // A link's content stays; the drawing is one image to assistive technology, a link in it could not be reached.
  if (node.name === 'a') return children(node, theme);
  if (!ELEMENTS.has(node.name) || node.attributes.display === 'none') return '';
  const given = theme.attributes?.(node);
  if (given === null) return '';
  const attributes = Object.entries({ ...node.attributes, ...given }).flatMap(([name, value]) => {
    const printed =
      value === undefined || (given && name in given) ? value : attribute(name, value, node, theme);
    return printed === undefined ? [] : [` ${name}="${printed}"`];
  });
  const inner = children(node, theme);
  if (inner === '') {
    // Libraries print groups and frames for what they might have drawn.
    if (['g', 'text', 'tspan', 'defs'].includes(node.name) || node.attributes.d === '') return '';
    return `<${node.name}${attributes.join('')}/>`;
  }
  if (node.name === 'g' && attributes.length === 0) return inner;
  return `<${node.name}${attributes.join('')}>${inner}</${node.name}>`;
}

function attribute(name: string, value: string, node: XmlElement, theme: Theme): string | undefined {
  // `use` may repeat a part of the same drawing, nothing else.
  if ((name === 'href' || name === 'xlink:href') && node.name === 'use' && /^#[^\0]+$/.test(value))
    return `#${idOf(value.slice(1))}`;
  if (name === 'font-family') return /mono|courier|consolas/i.test(value) ? 'var(--mono)' : undefined;
  if (!ATTRIBUTES.has(name)) return undefined;
  if (name === 'id') return used.has(value) ? idOf(value) : undefined;
  const local = USES_ID.has(name) ? /^url\(\s*['"]?#([^'")\0]+)['"]?\s*\)/.exec(value) : null;
  if (local) return `url(#${idOf(local[1]!)})`;
  if (/url\s*\(|\0/i.test(value)) return undefined;
  if (PAINT.has(name)) {
    const paint = theme.paint(value.trim(), name, node);
    return paint === undefined ? undefined : escapeXml(paint);
  }
  if ((name === 'opacity' && value === '1') || (name === 'stroke-dashoffset' && value === '0'))
    return undefined;
  const unit = name === 'd' || name === 'points' ? 10 : 100;
  return escapeXml(
    value.replace(/-?\d+\.\d{2,}(?:e-?\d+)?/g, (n) => String(Math.round(Number(n) * unit) / unit)),
  );
}

const round = (n: number) => Math.round(n * 100) / 100;
