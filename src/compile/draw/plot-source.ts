/**
 * The short language of ```` ```plot ````, line by line:
 *
 *     -(1-x)^g * log(x)            a curve; `name: formula` names it
 *     g = 0, 0.5, 1, 2             a parameter: each curve that uses it is drawn once for each value
 *     x = 0 .. 1                   what the axis shows; `log` after it makes a logarithmic axis
 *     y = 0 .. 5
 *     x label: 概率                 names of the axes; also `size: 600 x 300`, `legend: none`
 *     points:                      a table follows (or `lines:`, `bars:`), the first row names its columns
 *       epoch, DETR, Faster R-CNN
 *       10, 20.1, 30.2
 *     # a comment
 */

import { didYouMean } from '../../diagnostics/messages/words.ts';
import { editDistance, suggest } from '../../diagnostics/suggest.ts';
import { type Formula, FormulaError, FUNCTION_NAMES, parseFormula } from './expression.ts';

export interface Axis {
  from?: number;
  to?: number;
  log: boolean;
  label?: string;
}

export interface Curve {
  name: string;
  formula: Formula;
  /** Where the formula starts in the source. */
  line: number;
  column: number;
}

export interface Table {
  mark: 'points' | 'lines' | 'bars';
  columns: string[];
  /** The first cell may be a word; an empty cell is `undefined`. */
  rows: { at: string; values: (number | undefined)[] }[];
}

/** Width and height of the plane of a plot that names none, CSS pixels. */
export const DEFAULT_SIZE: [number, number] = [400, 250];

export interface PlotSource {
  axes: { x: Axis; y: Axis };
  curves: Curve[];
  /** Parameters with their values, as written, too. */
  parameters: Map<string, { values: number[]; written: string[] }>;
  tables: Table[];
  size?: [number, number];
  legend: boolean;
}

/** Wrong at a place of the source, 1-based. */
export class PlotError extends Error {
  readonly line: number;
  readonly column: number;
  readonly length: number;
  constructor(message: string, line: number, column: number, length: number) {
    super(message);
    this.line = line;
    this.column = column;
    this.length = length;
  }
}

const NUMBER = '[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?';
const RANGE = /^([^\s.](?:[^.]|\.(?!\.))*?)\s*\.\.\s*(\S.*?)(\s+log)?$/;
const MAX_VALUES = 12;
const MAX_ROWS = 2_000;

/**
 * @param source the block's text
 * @throws PlotError
 */
export function parsePlot(source: string): PlotSource {
  const plot: PlotSource = {
    axes: { x: { log: false }, y: { log: false } },
    curves: [],
    parameters: new Map(),
    tables: [],
    legend: true,
  };
  let table: { mark: Table['mark']; line: number; result?: Table } | undefined;
  for (const [index, raw] of source.split('\n').entries()) {
    const number = index + 1;
    const text = raw.replace(/(?:^|\s)#.*$/, '').trim();
    const column = raw.indexOf(text) + 1;
    const fail = (message: string, offset = 0, length = text.length): never => {
      throw new PlotError(message, number, column + offset, Math.max(1, length));
    };
    const starts = /^(points|lines|bars)\s*[:：]$/.exec(text);
    if (starts) {
      table = { mark: starts[1] as Table['mark'], line: number };
      continue;
    }
    // A table goes on as long as its lines have cells.
    if (table && (/[,，\t|]/.test(text) || !table.result)) {
      if (text === '') continue;
      const cells = text.split(/\s*[,，\t|]\s*/);
      if (table.result) {
        row(table.result, cells, fail);
        continue;
      }
      if (cells.length < 2) fail('the first row of a table names two columns or more, with commas between');
      if (cells.length > MAX_VALUES + 1) fail(`a table has at most ${MAX_VALUES} columns of values`);
      table.result = { mark: table.mark, columns: cells, rows: [] };
      plot.tables.push(table.result);
      continue;
    }
    table = undefined;
    if (text === '') continue;
    statement(plot, text, number, column, fail);
  }
  if (table && !table.result) throw new PlotError('a table is missing here', table.line, 1, 6);
  if (plot.curves.length === 0 && plot.tables.length === 0)
    throw new PlotError('nothing to plot: write a formula such as log(x), or a table', 1, 1, 1);
  return plot;
}

type Fail = (message: string, offset?: number, length?: number) => never;

function row(table: Table, cells: string[], fail: Fail): void {
  if (table.rows.length >= MAX_ROWS) fail(`a table has at most ${MAX_ROWS} rows`);
  if (cells.length !== table.columns.length)
    fail(`${cells.length} cells, but the first row names ${table.columns.length} columns`);
  const values = cells.slice(1).map((cell) => {
    if (cell === '' || cell === '-' || cell === '–') return undefined;
    return new RegExp(`^${NUMBER}$`).test(cell) ? Number(cell) : fail(`“${cell}” is no number`);
  });
  table.rows.push({ at: cells[0]!, values });
}

function statement(plot: PlotSource, text: string, line: number, column: number, fail: Fail): void {
  const label = /^([xy])[ -]label\s*[:：]\s*(.+)$/.exec(text);
  if (label) {
    plot.axes[label[1] as 'x' | 'y'].label = label[2]!;
    return;
  }
  const size = /^size\s*[:：]\s*(\d+)\s*[x×*]\s*(\d+)$/.exec(text);
  if (size) {
    const [w, h] = [Number(size[1]), Number(size[2])];
    if (w < 100 || h < 60 || w > 1200 || h > 900) fail('a plot is 100 x 60 to 1200 x 900 large');
    plot.size = [w, h];
    return;
  }
  const legend = /^legend\s*[:：]\s*(\w+)$/.exec(text);
  if (legend) {
    if (legend[1] !== 'none') fail('“legend: none” is all that can be said of the legend');
    plot.legend = false;
    return;
  }
  const equation = /^([\p{L}_][\p{L}\p{N}_]*)\s*=\s*(.*)$/u.exec(text);
  if (equation) {
    const [, name, value] = equation as unknown as [string, string, string];
    const offset = text.length - value.length;
    const range = RANGE.exec(value);
    if (name === 'x' || name === 'y') {
      if (!range) fail(`a range such as “${name} = 0 .. 1” is expected`, offset, value.length);
      else Object.assign(plot.axes[name], readRange(range, value, offset, fail));
      return;
    }
    if (range) fail(`only x and y have ranges; “${name} = 1, 2, 5” lists the values of a parameter`);
    if (FUNCTION_NAMES.includes(name) || ['e', 'pi', 'π'].includes(name))
      fail(`“${name}” has a meaning already`, 0, name.length);
    const written = value.split(/\s*[,，]\s*/);
    if (written.length > MAX_VALUES)
      fail(`a parameter has at most ${MAX_VALUES} values`, offset, value.length);
    const values = written.map((v) => constant(v, offset + Math.max(0, value.indexOf(v)), fail));
    plot.parameters.set(name, { values, written });
    return;
  }
  const bare = /^([^:：?？(]+?)\s*[:：]$/.exec(text)?.[1];
  if (bare !== undefined) {
    const near = [...settingsNear(bare), ...suggest(bare, TABLES)];
    const advice = near.includes(bare) ? undefined : didYouMean(near);
    fail(`nothing follows “${bare}:”${advice ? `: ${advice}` : ''}`);
  }
  // `a ? b : c` has a colon too: a name has no question mark before its colon.
  const named = /^([^:：?？(]*[^:：?？\s])\s*[:：]\s*(.+)$/.exec(text);
  const formula = named?.[2] ?? text;
  const offset = text.length - formula.length;
  if (named) noSetting(named[1]!, formula, fail);
  plot.curves.push({
    name: named?.[1] ?? '',
    formula: read(formula, offset, fail),
    line,
    column: column + offset,
  });
}

const TABLES: readonly Table['mark'][] = ['points', 'lines', 'bars'];

/** The settings that a name may be a misspelling of. */
function settingsNear(name: string): string[] {
  const folded = name.toLowerCase().replace(/[\s_-]+/g, '');
  // `label 1` is one of several.
  if (/\d/.test(folded)) return [];
  const labels = ['x label', 'y label'];
  if (editDistance(folded, 'label', 1) <= 1 && !/^[xy]/.test(folded)) return labels;
  const near = labels.filter(
    (label) => label[0] === folded[0] && editDistance(folded.slice(1), 'label', 1) <= 1,
  );
  return [...near, ...['size', 'legend'].filter((setting) => editDistance(folded, setting, 1) <= 1)];
}

/**
 * Refuses a curve that is meant as a setting. What depends on `x` is a curve, be it called `sine` or `labels`; not so the
 * text of an axis and the signs of a size, which may have an `x` of their own.
 */
function noSetting(name: string, formula: string, fail: Fail): void {
  const near = settingsNear(name);
  const [setting] = near;
  const isSize = setting === 'size' && /^\d+\s*[x×*]\s*\d+$/.test(formula);
  const isLabel = near.length === 1 && setting !== 'size' && setting !== 'legend';
  if (setting === undefined || (!isSize && !isLabel && isCurve(formula))) return;
  if (name === 'size') fail('a size is written as “size: 400 x 250”');
  if (name === 'legend') fail('“legend: none” is all that can be said of the legend');
  fail(`“${name}” is no setting: ${didYouMean(near)}`, 0, name.length);
}

/** Whether a text is a formula that depends on `x`. */
function isCurve(text: string): boolean {
  try {
    return parseFormula(text).names.has('x');
  } catch (error) {
    if (error instanceof FormulaError) return false;
    throw error;
  }
}

function readRange(range: RegExpExecArray, value: string, offset: number, fail: Fail): Partial<Axis> {
  const from = constant(range[1]!, offset, fail);
  const to = constant(range[2]!, offset + value.indexOf(range[2]!, range[1]!.length), fail);
  const log = range[3] !== undefined;
  if (!(from < to)) fail('a range goes from the smaller to the larger number', offset, value.length);
  if (log && from <= 0) fail('a logarithmic axis starts above 0', offset, value.length);
  return { from, to, log };
}

/** A number, perhaps written as a formula: `2 pi`. */
function constant(text: string, offset: number, fail: Fail): number {
  const formula = read(text, offset, fail);
  const [unknown] = formula.names.keys();
  const value = unknown === undefined ? formula.compute({}) : Number.NaN;
  return Number.isFinite(value) ? value : fail(`“${text}” is no number`, offset, text.length);
}

function read(text: string, offset: number, fail: Fail): Formula {
  try {
    return parseFormula(text);
  } catch (error) {
    if (error instanceof FormulaError) return fail(error.message, offset + error.offset, error.length);
    throw error;
  }
}
