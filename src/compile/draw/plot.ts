/** ```` ```plot ````: functions and small tables in a few lines; what they mean is put into Vega-Lite's terms. */

import type { Drawn } from '../../drawings.ts';
import {
  type Axis,
  type Curve,
  DEFAULT_SIZE,
  PlotError,
  type PlotSource,
  parsePlot,
  type Table,
} from './plot-source.ts';
import { thin } from './thin.ts';
import { drawSpec } from './vega-lite.ts';

const SAMPLES = 160;
const MAX_SERIES = 12;
/** Curves are also told apart by dashes: on paper, and by those who see few colours. */
const DASHES = [[], [7, 3], [2, 3], [9, 3, 2, 3], [4, 2], [1, 2]];

/** Rows of a table, or a formula's curve, whose points say nothing. */
type Mark = Table['mark'] | 'curve';

interface Point {
  x: number | string;
  y: number | null;
  series: string;
}

/** @param source the block's text */
export async function drawPlot(source: string): Promise<Drawn> {
  try {
    return await drawSpec(specOf(parsePlot(source)));
  } catch (error) {
    if (!(error instanceof PlotError)) throw error;
    const { message, line, column, length } = error;
    return { fault: 'error', message, line, column, length };
  }
}

function specOf(plot: PlotSource): Record<string, unknown> {
  const { x, y } = plot.axes;
  const words = plot.tables.some((t) => t.rows.some((r) => !Number.isFinite(Number(r.at)) || r.at === ''));
  const bars = plot.tables.some((t) => t.mark === 'bars');
  const [firstCurve] = plot.curves;
  if (firstCurve && (words || bars))
    throw new PlotError('a formula needs a table with numbers in its first column', firstCurve.line, 1, 1);
  if (firstCurve && (x.from === undefined || x.to === undefined)) withinTable(plot, firstCurve);
  const layers: { mark: Mark; points: Point[] }[] = plot.tables.map((t) => tableLayer(t, words || bars));
  if (plot.curves.length > 0)
    layers.unshift({ mark: 'curve', points: plot.curves.flatMap((c) => curve(c, plot)) });
  const series = [...new Set(layers.flatMap((l) => l.points.map((p) => p.series)))];
  if (series.length > MAX_SERIES)
    throw new PlotError(
      `${series.length} curves, at most ${MAX_SERIES} can be told apart`,
      firstCurve?.line ?? 1,
      1,
      1,
    );

  const single = series.length === 1 && plot.tables.length === 0;
  const legend = plot.legend && !(single && plot.curves[0]?.name === '') && series.length > 0;
  const columns = Math.max(1, Math.min(4, Math.floor(46 / Math.max(6, ...series.map((s) => s.length + 5)))));
  const nominal = words || bars;
  const scale = { domain: series };
  const strokes = layers.some((l) => l.mark === 'lines' || l.mark === 'curve');
  const shown = legend
    ? {
        title: null,
        columns,
        labelLimit: 380,
        ...(strokes && { symbolType: 'stroke', symbolSize: 260, symbolStrokeWidth: 2 }),
      }
    : null;
  // A curve is cut where the author ends the axis; a point at the edge stays whole otherwise.
  const clip = [x, y].some((axis) => axis.from !== undefined) && !nominal;
  const [width, height] = plot.size ?? DEFAULT_SIZE;
  const title = (axis: Axis, fallback: string | null) => axis.label ?? fallback;
  return {
    width,
    height,
    layer: layers.map(({ mark, points }) => ({
      data: { values: points },
      mark: marks(mark, points.length, clip),
      encoding: {
        x: {
          field: 'x',
          type: nominal ? 'ordinal' : 'quantitative',
          ...(nominal && { sort: null }),
          title: title(x, plot.tables[0]?.columns[0] ?? 'x'),
          ...(!nominal && { scale: axisScale(x, true) }),
          axis: { grid: !nominal },
        },
        ...(bars && series.length > 1 && { xOffset: { field: 'series', sort: series } }),
        y: {
          field: 'y',
          type: 'quantitative',
          title: title(y, null),
          scale: axisScale(y, false, bars),
        },
        color: {
          field: 'series',
          type: 'nominal',
          scale,
          legend: shown,
        },
        ...(mark === 'lines' && {
          strokeDash: {
            field: 'series',
            type: 'nominal',
            scale: { ...scale, range: series.map((_, i) => DASHES[i % DASHES.length]) },
            legend: shown,
          },
        }),
      },
    })),
    resolve: { scale: { color: 'shared' } },
  };
}

/** A curve beside a table is drawn where the table has rows. */
function withinTable(plot: PlotSource, { line }: Curve): void {
  const at = plot.tables.flatMap((t) => t.rows.map((r) => Number(r.at)));
  if (at.length < 2) throw new PlotError('where to draw? Say, for example, x = 0 .. 1', line, 1, 1);
  plot.axes.x.from = Math.min(...at);
  plot.axes.x.to = Math.max(...at);
}

function axisScale({ from, to, log }: Axis, isX: boolean, zero = false): Record<string, unknown> {
  return {
    ...(log && { type: 'log' }),
    ...(from !== undefined && { domain: [from, to], nice: false, clamp: false }),
    ...(from === undefined && !log && !zero && { zero: false }),
    ...(isX && from === undefined && !log && { nice: false }),
  };
}

function marks(mark: Mark, count: number, clip: boolean): Record<string, unknown> {
  if (mark === 'points') return { type: 'point', filled: true, size: 45, clip };
  if (mark === 'bars') return { type: 'bar' };
  return {
    type: 'line',
    clip,
    ...(mark === 'lines' && count <= 60 && { point: { size: 30, filled: true } }),
  };
}

function tableLayer(table: Table, asWords: boolean): { mark: Table['mark']; points: Point[] } {
  const points: Point[] = table.rows.flatMap(({ at, values }) =>
    values.map((y, i) => ({
      x: asWords ? at : Number(at),
      y: y ?? null,
      series: table.columns[i + 1]!,
    })),
  );
  return { mark: table.mark, points };
}

/** One curve for each combination of the values of its parameters. */
function curve({ name, formula, line, column }: Curve, plot: PlotSource): Point[] {
  const used = [...formula.names.keys()].filter((n) => n !== 'x');
  for (const parameter of used) {
    if (plot.parameters.has(parameter)) continue;
    const { offset } = formula.names.get(parameter)!;
    throw new PlotError(
      `“${parameter}” has no value: say, for example, ${parameter} = 0, 1, 2`,
      line,
      column + offset,
      parameter.length,
    );
  }
  let settings: { label: string[]; values: Record<string, number> }[] = [{ label: [], values: {} }];
  for (const parameter of used) {
    const { values, written } = plot.parameters.get(parameter)!;
    settings = settings.flatMap((s) =>
      values.map((v, i) => ({
        label: [...s.label, `${parameter} = ${written[i]}`],
        values: { ...s.values, [parameter]: v },
      })),
    );
    if (settings.length > MAX_SERIES)
      throw new PlotError(`${settings.length} curves, at most ${MAX_SERIES} can be told apart`, line, 1, 1);
  }
  const unnamed = plot.curves.length > 1 ? `${plot.curves.findIndex((c) => c.formula === formula) + 1}` : '';
  return settings.flatMap(({ label, values }) => {
    const series =
      [name || (label.length === 0 ? unnamed : ''), label.join(', ')].filter((s) => s !== '').join(', ') ||
      'y';
    const points = samples(plot.axes).map((x) => {
      const y = formula.compute({ ...values, x });
      return { x, y: Number.isFinite(y) && reachable(y, plot.axes.y) ? y : null };
    });
    return thin(points, plot).map(({ x, y }) => ({ x, y, series }));
  });
}

/** A curve that leaves the picture is cut there; far outside it is no point of it. */
function reachable(y: number, { from, to, log }: Axis): boolean {
  if (log && y <= 0) return false;
  if (from === undefined || to === undefined) return Math.abs(y) < 1e12;
  const margin = 20 * (to - from);
  return y > from - margin && y < to + margin;
}

function samples({ x: { from = 0, to = 1, log } }: PlotSource['axes']): number[] {
  return Array.from({ length: SAMPLES + 1 }, (_, i) => {
    const t = i / SAMPLES;
    const x = log ? Math.exp(Math.log(from) + t * (Math.log(to) - Math.log(from))) : from + t * (to - from);
    return Number(x.toPrecision(9));
  });
}
