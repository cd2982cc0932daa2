/** ```` ```plot ````: functions and small tables in a few lines; what they mean is put into a chart's terms. */

import { didYouMean } from '../../diagnostics/messages/words.ts';
import { suggest } from '../../diagnostics/suggest.ts';
import type { Drawn } from '../../drawings.ts';
import { type Chart, drawChart, type Series } from './chart.ts';
import { FUNCTION_NAMES } from './expression.ts';
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

const SAMPLES = 160;
const MAX_SERIES = 12;
/** @param source the block's text */
export function drawPlot(source: string): Drawn {
  try {
    return drawChart(chartOf(parsePlot(source)));
  } catch (error) {
    if (!(error instanceof PlotError)) throw error;
    const { message, line, column, length } = error;
    return { fault: 'error', message, line, column, length };
  }
}

function chartOf(plot: PlotSource): Chart {
  const { x, y } = plot.axes;
  const bars = plot.tables.some((t) => t.mark === 'bars');
  const words =
    bars || plot.tables.some((t) => t.rows.some((r) => !Number.isFinite(Number(r.at)) || r.at === ''));
  const [firstCurve] = plot.curves;
  if (firstCurve && words)
    throw new PlotError('a formula needs a table with numbers in its first column', firstCurve.line, 1, 1);
  for (const c of plot.curves) knowNames(c, plot);
  if (firstCurve && (x.from === undefined || x.to === undefined)) withinTable(plot, firstCurve);
  const series = [
    ...plot.curves.flatMap((c) => curve(c, plot)),
    ...plot.tables.flatMap((t) => columns(t, words)),
  ];
  const names = new Set(series.map((s) => s.name));
  if (names.size > MAX_SERIES)
    throw new PlotError(
      `${names.size} curves, at most ${MAX_SERIES} can be told apart`,
      firstCurve?.line ?? 1,
      1,
      1,
    );
  const isUnnamed = names.size === 1 && plot.tables.length === 0 && plot.curves[0]?.name === '';
  return {
    size: plot.size ?? DEFAULT_SIZE,
    x: { ...x, label: x.label ?? plot.tables[0]?.columns[0] ?? 'x' },
    y,
    words,
    series,
    legend: plot.legend && !isUnnamed && names.size > 0,
  };
}

/** Says which name of a curve's formula means nothing. */
function knowNames({ formula, line, column }: Curve, { parameters }: PlotSource): void {
  for (const [name, { offset, called }] of formula.names) {
    if (name === 'x' || parameters.has(name)) continue;
    const near = suggest(name, [...parameters.keys(), ...(called ? FUNCTION_NAMES : [])]);
    const values = `${name} = 0, 1, 2`;
    const advice =
      didYouMean(near) ?? (called ? `for a parameter, say ${values}` : `say, for example, ${values}`);
    const message = `“${name}” ${called ? 'is no function' : 'has no value'}: ${advice}`;
    throw new PlotError(message, line, column + offset, name.length);
  }
}

/** A curve beside a table is drawn where the table has rows. */
function withinTable(plot: PlotSource, { line }: Curve): void {
  const at = plot.tables.flatMap((t) => t.rows.map((r) => Number(r.at)));
  if (at.length < 2) throw new PlotError('where to draw? Say, for example, x = 0 .. 1', line, 1, 1);
  plot.axes.x.from = Math.min(...at);
  plot.axes.x.to = Math.max(...at);
}

/** The columns of values of a table. */
function columns({ mark, columns: [, ...names], rows }: Table, words: boolean): Series[] {
  return names.map((name, i) => ({
    name,
    mark,
    points: rows.map(({ at, values }) => ({ x: words ? at : Number(at), y: values[i] ?? null })),
  }));
}

/** One curve for each combination of the values of its parameters. */
function curve({ name, formula, line }: Curve, plot: PlotSource): Series[] {
  const used = [...formula.names.keys()].filter((n) => n !== 'x');
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
  return settings.map(({ label, values }) => {
    const series =
      [name || (label.length === 0 ? unnamed : ''), label.join(', ')].filter((s) => s !== '').join(', ') ||
      'y';
    const points = samples(plot.axes).map((x) => {
      const y = formula.compute({ ...values, x });
      return { x, y: Number.isFinite(y) && reachable(y, plot.axes.y) ? y : null };
    });
    return { name: series, mark: 'curve', points: thin(points, plot) };
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
