/**
 * A chart of a few series, as SVG. Vega would draw it too, and does for ```` ```vega-lite ````; but loading it takes
 * a third of a second of processor time, and each chart five times as long as here, since it compiles the specification
 * into a graph of operators each time.
 */

import type { Drawn } from '../../drawings.ts';
import { textWidth } from '../../text-width.ts';
import { escapeXml } from '../../xml.ts';
import { apart, categories, LABEL, numbers, type Scale } from './axes.ts';
import { EDGE, INK, INK_2, LINE, SERIES } from './colours.ts';
import type { Axis } from './plot-source.ts';
import { cleanSvg } from './svg.ts';

export interface Series {
  name: string;
  mark: 'curve' | 'lines' | 'points' | 'bars';
  points: { x: number | string; y: number | null }[];
}

export interface Chart {
  /** Of the plane, CSS pixels. */
  size: [width: number, height: number];
  x: Axis;
  y: Axis;
  /** Whether the horizontal axis has words rather than numbers. */
  words: boolean;
  series: Series[];
  legend: boolean;
}

const TITLE = 13;
const ROW = 17;
/** Lines of tables are also told apart by dashes: on paper, and by those who see few colours. */
const DASHES = ['', '7 3', '2 3', '9 3 2 3', '4 2', '1 2'];
/** Lines with more points than this show none. */
const MOST_POINTS = 60;
/** Part of a category that its bars fill. */
const FILLED = 0.8;

const r = (n: number) => String(Math.round(n * 100) / 100);

/** @returns the drawing; nothing in it depends on anything but the chart */
export function drawChart({ size: [width, height], x, y, words, series, legend }: Chart): Drawn {
  const warnings: string[] = [];
  const points = series.flatMap((s) => s.points);
  const ys = points.flatMap((p) => (p.y === null || (y.log && p.y <= 0) ? [] : [p.y]));
  if (y.log && points.some((p) => p.y !== null && p.y <= 0))
    warnings.push('values that are not above 0 have no place on a logarithmic axis');
  const bars = series.some((s) => s.mark === 'bars');
  const across = words
    ? categories(
        points.map((p) => String(p.x)),
        width,
      )
    : numbers(
        x,
        points.map((p) => Number(p.x)),
        [0, width],
        'data',
      );
  const up = numbers(y, ys, [height, 0], bars ? 'zero' : 'round');

  const names = [...new Set(series.map((s) => s.name))];
  const colour = (name: string) => SERIES[names.indexOf(name) % SERIES.length]!;
  const marks = series.map((s) =>
    drawSeries(s, names.indexOf(s.name), colour(s.name), across, up, series, height),
  );
  const isCut = (words ? [y] : [x, y]).some((axis) => axis.from !== undefined);
  const plane = isCut
    ? `<defs><clipPath id="c"><rect x="0" y="-1" width="${width}" height="${height + 2}"/></clipPath></defs>` +
      `<g clip-path="url(#c)">${marks.map((m) => m.lines).join('')}</g>`
    : marks.map((m) => m.lines).join('');
  const dots = marks.map((m) => m.dots(isCut ? [width, height] : undefined)).join('');
  const key = legend ? drawLegend(names, series, colour) : { svg: '', height: 0 };
  const axes = drawAxes(across, up, x.label ?? '', y.label ?? '', width, height, words);

  const top = key.height + 8;
  const box = [-axes.left, -top, axes.left + width + axes.right, top + height + axes.bottom].map(Math.ceil);
  const svg =
    `<svg viewBox="${box.join(' ')}">${axes.svg}${plane}${dots}` +
    `<g transform="translate(0,-10)">${key.svg}</g></svg>`;
  return cleanSvg(svg, { paint: (value) => value }, warnings);
}

/** What a series draws: lines and bars, and points, which are shown whole or not at all. */
function drawSeries(
  { mark, points }: Series,
  number: number,
  colour: string,
  across: Scale,
  up: Scale,
  all: Series[],
  height: number,
): { lines: string; dots: (plane?: [number, number]) => string } {
  const places = points.map(({ x, y }): [number, number] => [
    across.at(x),
    y === null ? Number.NaN : up.at(y),
  ]);
  const isDrawn = ([px, py]: [number, number]) => Number.isFinite(px) && Number.isFinite(py);
  if (mark === 'bars') {
    const beside = all.filter((s) => s.mark === 'bars');
    const wide = (across.step * FILLED) / beside.length;
    const nth = beside.findIndex((s) => s.points === points);
    const clamp = (n: number) => Math.min(height, Math.max(0, n));
    const foot = clamp(Number.isFinite(up.at(0)) ? up.at(0) : height);
    const rects = places.filter(isDrawn).map(([px, py]) => {
      const left = px - (across.step * FILLED) / 2 + nth * wide;
      const [high, low] = [Math.min(foot, clamp(py)), Math.max(foot, clamp(py))];
      return `<rect x="${r(left)}" y="${r(high)}" width="${r(wide)}" height="${r(low - high)}" fill="${colour}"/>`;
    });
    return { lines: rects.join(''), dots: () => '' };
  }
  let path = '';
  if (mark !== 'points') {
    places.forEach((place, i) => {
      if (isDrawn(place))
        path += `${i > 0 && isDrawn(places[i - 1]!) ? 'L' : 'M'}${r(place[0])},${r(place[1])}`;
    });
  }
  const dash = mark === 'lines' ? DASHES[number % DASHES.length]! : '';
  const lines =
    path === ''
      ? ''
      : `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"${dash && ` stroke-dasharray="${dash}"`}/>`;
  const radius = mark === 'points' ? 3.8 : mark === 'lines' && points.length <= MOST_POINTS ? 3.1 : 0;
  const dots = (plane?: [number, number]) =>
    places
      .filter((p) => radius > 0 && isDrawn(p) && (!plane || p.every((n, i) => n >= -1 && n <= plane[i]! + 1)))
      .map(([px, py]) => `<circle cx="${r(px)}" cy="${r(py)}" r="${radius}" fill="${colour}"/>`)
      .join('');
  return { lines, dots };
}

function drawAxes(
  across: Scale,
  up: Scale,
  xTitle: string,
  yTitle: string,
  width: number,
  height: number,
  words: boolean,
): { svg: string; left: number; right: number; bottom: number } {
  const widest = (ticks: Scale['ticks']) => Math.max(0, ...ticks.map((t) => textWidth(t.label, LABEL)));
  // Words that are wider than their place stand aslant; numbers leave some out.
  const isAslant = words && widest(across.ticks) > across.step - 4;
  const labels = words ? across.ticks : apart(across.ticks);
  const side = widest(up.ticks) + 8;
  const foot = isAslant ? 14 + widest(labels) / 2 : 6 + LABEL;
  const grid = [
    ...(words ? [] : across.ticks.map((t) => `M${r(t.at)},0V${height}`)),
    ...up.ticks.map((t) => `M0,${r(t.at)}H${width}`),
  ];
  const edges = [
    `M0,0V${height}H${width}`,
    ...across.ticks.map((t) => `M${r(t.at)},${height}v5`),
    ...up.ticks.map((t) => `M-5,${r(t.at)}h5`),
  ];
  const lines = [strokes(grid, LINE), strokes(edges, EDGE)];
  const texts = [
    ...labels.map((t) =>
      isAslant
        ? text(t.label, t.at, height + 16, LABEL, INK_2, 'end', `rotate(-30,${r(t.at)},${height + 16})`)
        : text(t.label, t.at, height + 6 + LABEL * 0.85, LABEL, INK_2, 'middle'),
    ),
    ...up.ticks.map((t) => text(t.label, -8, t.at + LABEL * 0.35, LABEL, INK_2, 'end')),
    text(xTitle, width / 2, height + foot + TITLE + 3, TITLE, INK, 'middle'),
    text(yTitle, -side - 9, height / 2, TITLE, INK, 'middle', `rotate(-90,${r(-side - 9)},${height / 2})`),
  ];
  const [first, last] = [labels.find((t) => t.label !== ''), labels.findLast((t) => t.label !== '')];
  const half = (t: { label: string } | undefined) => textWidth(t?.label ?? '', LABEL) / (isAslant ? 1 : 2);
  return {
    svg: lines.join('') + texts.join(''),
    left: Math.max(side + (yTitle === '' ? 0 : TITLE + 8), half(first) - (first?.at ?? 0)) + 4,
    right: isAslant ? 6 : Math.max(6, half(last) - (width - (last?.at ?? width)) + 4),
    bottom: foot + (xTitle === '' ? 0 : TITLE + 3) + 8,
  };
}

/** The names of the series above the plane, in columns. */
function drawLegend(
  names: string[],
  series: Series[],
  colour: (name: string) => string,
): { svg: string; height: number } {
  const column = Math.max(...names.map((n) => textWidth(n, LABEL))) + 36;
  const columns = Math.max(1, Math.min(4, Math.floor(400 / column)));
  const rows = Math.ceil(names.length / columns);
  const svg = names.map((name, i) => {
    const x = (i % columns) * column;
    const y = Math.floor(i / columns) * ROW - (rows - 1) * ROW - 4;
    const { mark } = series.find((s) => s.name === name)!;
    const paint = colour(name);
    const dash = mark === 'lines' ? DASHES[i % DASHES.length]! : '';
    const symbol =
      mark === 'bars'
        ? `<rect x="${r(x + 4)}" y="${r(y - 5)}" width="10" height="10" fill="${paint}"/>`
        : mark === 'points'
          ? `<circle cx="${r(x + 9)}" cy="${r(y)}" r="3.8" fill="${paint}"/>`
          : line(x, y, x + 18, y, paint, 2, dash);
    return symbol + text(name, x + 24, y + LABEL * 0.35, LABEL, INK, 'start');
  });
  return { svg: svg.join(''), height: rows * ROW + 4 };
}

/** Many lines as one element: a chart has dozens, and a page a limit of elements. */
function strokes(parts: string[], stroke: string): string {
  return `<path d="${parts.join('')}" fill="none" stroke="${stroke}"/>`;
}

function line(x1: number, y1: number, x2: number, y2: number, stroke: string, width = 1, dash = ''): string {
  return `<line x1="${r(x1)}" y1="${r(y1)}" x2="${r(x2)}" y2="${r(y2)}" stroke="${stroke}" stroke-width="${width}"${dash && ` stroke-dasharray="${dash}"`}/>`;
}

function text(
  words: string,
  x: number,
  y: number,
  size: number,
  fill: string,
  anchor: string,
  transform = '',
): string {
  if (words === '') return '';
  const turned = transform && ` transform="${transform}"`;
  return `<text x="${r(x)}" y="${r(y)}" font-size="${size}" fill="${fill}" text-anchor="${anchor}"${turned}>${escapeXml(words)}</text>`;
}
