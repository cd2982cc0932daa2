/** What the style sheet of Mermaid's x-y charts says, as attributes: style sheets are not kept. */

import type { XmlElement } from '@rgrove/parse-xml';
import { GROUND, INK, INK_2, SERIES } from './colours.ts';

/** Classes whose elements only adorn: a pattern of dots behind the chart, and shadows of its lines. */
const LEFT_OUT = /^xychart-(?:grid|line-shadow)$/;

/**
 * @param node an element that the library printed
 * @returns attributes to print besides its own; `null` when it is to be left out
 */
export function chartAttributes({ attributes }: XmlElement): Record<string, string> | null {
  const classes = attributes.class ?? '';
  if (!classes.startsWith('xychart-')) return {};
  const [kind = '', colour = ''] = classes.split(' ');
  if (LEFT_OUT.test(kind)) return null;
  const number = Number(/^xychart-color-(\d+)$/.exec(colour)?.[1] ?? 0);
  const series = SERIES[number % SERIES.length]!;
  switch (kind) {
    case 'xychart-bar':
      return { fill: series };
    case 'xychart-dot':
      return { fill: series, stroke: GROUND, 'stroke-width': '2' };
    case 'xychart-line':
    case 'xychart-legend-line':
      return {
        ...(attributes.d === undefined ? {} : { d: straight(attributes.d) }),
        fill: 'none',
        stroke: series,
        'stroke-width': '2.5',
        'stroke-linecap': 'round',
        'stroke-linejoin': 'round',
      };
    case 'xychart-title':
      return { fill: INK };
    default:
      return { fill: INK_2 };
  }
}

/** A path of curves through points, without the curves: they would show values that nobody gave. */
function straight(d: string): string {
  return d.replace(/C[-\d.]+,[-\d.]+ [-\d.]+,[-\d.]+ /g, 'L');
}
