/**
 * Points of a curve that can be left out: where it is nearly straight, two ends show what twenty points do. Each
 * point costs bytes on the page.
 */

import { type Axis, DEFAULT_SIZE, type PlotSource } from './plot-source.ts';

interface Sample {
  x: number;
  /** `null` where the curve is interrupted. */
  y: number | null;
}

/** How far the drawn line may lie from the curve, CSS pixels: less than a screen can show. */
const TOLERANCE = 0.2;

/**
 * @param points a curve from left to right
 * @returns those that are needed; interruptions stay where they are
 */
export function thin(points: Sample[], { axes, size }: PlotSource): Sample[] {
  const [width, height] = size ?? DEFAULT_SIZE;
  const ys = points.flatMap((p) => (p.y === null ? [] : [p.y]));
  const across = scale(
    axes.x,
    points.map((p) => p.x),
    width,
  );
  const up = scale(axes.y, ys, height);
  const keep = new Set<number>();
  for (let from = 0; from < points.length; from++) {
    keep.add(from);
    if (points[from]!.y === null) continue;
    let to = from;
    while (to + 1 < points.length && points[to + 1]!.y !== null) to++;
    mark(
      points.map((p) => [across(p.x), up(p.y ?? 0)]),
      from,
      to,
      keep,
    );
    from = to;
    keep.add(to);
  }
  return points.filter((_, i) => keep.has(i));
}

/** Where a value stands on an axis, at most: the axis shown is as long as the data or longer. */
function scale({ from, to, log }: Axis, values: number[], pixels: number): (value: number) => number {
  const at = (value: number) => (log ? Math.log(value) : value);
  const low = at(from ?? Math.min(...values));
  const high = at(to ?? Math.max(...values));
  const unit = high > low ? pixels / (high - low) : 0;
  return (value) => at(value) * unit;
}

/** Keeps the point that is farthest from the line between two, and so on in both halves (Douglas and Peucker). */
function mark(at: [x: number, y: number][], from: number, to: number, keep: Set<number>): void {
  const [x1, y1] = at[from]!;
  const [x2, y2] = at[to]!;
  const length = Math.hypot(x2 - x1, y2 - y1);
  let farthest = -1;
  let most = TOLERANCE;
  for (let i = from + 1; i < to; i++) {
    const [x, y] = at[i]!;
    const distance =
      length === 0
        ? Math.hypot(x - x1, y - y1)
        : Math.abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length;
    if (distance > most) [farthest, most] = [i, distance];
  }
  if (farthest === -1) return;
  keep.add(farthest);
  mark(at, from, farthest, keep);
  mark(at, farthest, to, keep);
}
