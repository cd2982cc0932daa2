/** Where values stand on the axes of a chart, and what the axes say. */

import { scaleLinear, scaleLog } from 'd3-scale';
import { textWidth } from '../../text-width.ts';
import type { Axis } from './plot-source.ts';

/** Letters of labels and titles, CSS pixels. */
export const LABEL = 12;

/** About how many labels an axis has. */
const COUNT = 6;

export interface Scale {
  /** Pixels from the left or the top; not finite for what has no place on the axis. */
  at(value: number | string): number;
  ticks: { at: number; label: string }[];
  /** Width of a category; 0 on an axis of numbers. */
  step: number;
}

/**
 * An axis of numbers.
 *
 * @param values what stands on it; an axis that the author gave no ends reaches from the least to the greatest
 * @param range pixels of its two ends
 * @param ends `round`: it ends at round numbers; `zero`: it starts at zero, too
 */
export function numbers(
  axis: Axis,
  values: number[],
  range: [number, number],
  ends: 'data' | 'round' | 'zero',
): Scale {
  let low =
    axis.from ?? values.reduce((a, b) => Math.min(a, b), ends === 'zero' ? 0 : Number.POSITIVE_INFINITY);
  let high =
    axis.to ?? values.reduce((a, b) => Math.max(a, b), ends === 'zero' ? 0 : Number.NEGATIVE_INFINITY);
  if (low > high) [low, high] = [0, 1];
  if (low === high) {
    const margin = Math.abs(low) / 2 || 1;
    [low, high] = [low - margin, high + margin];
  }
  const scale = (axis.log ? scaleLog() : scaleLinear()).domain([low, high]).range(range);
  if (ends !== 'data' && axis.from === undefined) scale.nice();
  const format = axis.log ? scale.tickFormat(COUNT, ',') : scale.tickFormat(COUNT);
  const all = scale.ticks(COUNT);
  // Years and counts have nothing between them.
  const whole = !axis.log && values.every(Number.isInteger) ? all.filter(Number.isInteger) : [];
  const shown = whole.length > 1 ? whole : all;
  const ticks = shown.map((value) => {
    const label = shown === whole ? format(value).replace(/\.0+$/, '') : format(value);
    return { at: scale(value), label: Math.abs(value) < 10_000 ? label.replace(',', '') : label };
  });
  return { at: (value) => scale(Number(value)), ticks, step: 0 };
}

/** An axis of words, in the order in which they come. */
export function categories(words: string[], length: number): Scale {
  const places = new Map<string, number>();
  for (const word of words) if (!places.has(word)) places.set(word, places.size);
  const step = length / Math.max(1, places.size);
  const at = (word: number | string) => ((places.get(String(word)) ?? Number.NaN) + 0.5) * step;
  return { at, ticks: [...places.keys()].map((label) => ({ at: at(label), label })), step };
}

/** Labels that do not touch the one before them. */
export function apart(ticks: Scale['ticks']): Scale['ticks'] {
  let end = Number.NEGATIVE_INFINITY;
  return ticks.map((tick) => {
    const half = textWidth(tick.label, LABEL) / 2;
    if (tick.label === '' || tick.at - half < end + 4) return { ...tick, label: '' };
    end = tick.at + half;
    return tick;
  });
}
