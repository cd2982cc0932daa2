/**
 * ```` ```vega-lite ````: charts from a Vega-Lite specification, in JSON or YAML. Vega runs here without a DOM, and
 * interprets its expressions instead of making code from them. Its result may depend on the specification alone:
 * no files, no network, no clock, no chance, no time zone of the machine.
 */

import * as vega from 'vega';
import { expressionInterpreter } from 'vega-interpreter';
import { compile, type TopLevelSpec } from 'vega-lite';
import { LineCounter, parseDocument } from 'yaml';
import type { Drawn } from '../../drawings.ts';
import { textWidth } from '../../text-width.ts';
import { EDGE, INK, INK_2, LINE, ownColour, SERIES } from './colours.ts';
import { cleanSvg, type Theme } from './svg.ts';

/** Vega would guess by the number of letters: Chinese ones are twice as wide. */
Object.assign((vega as unknown as { textMetrics: object }).textMetrics, {
  width: (item: { fontSize?: number }, text: unknown) => textWidth(String(text), item.fontSize ?? 11),
});

/** Left out of Vega's types. */
const chance = vega as unknown as { setRandom(generator: unknown): void; randomLCG(seed: number): unknown };

const CONFIG = {
  background: null,
  font: 'inherit',
  padding: 4,
  view: { stroke: null, continuousWidth: 400, continuousHeight: 250, discreteWidth: { step: 44 } },
  axis: {
    labelColor: INK_2,
    labelFontSize: 12,
    titleColor: INK,
    titleFontSize: 13,
    titleFontWeight: 'normal',
    titlePadding: 8,
    tickColor: EDGE,
    domainColor: EDGE,
    gridColor: LINE,
    tickCount: 6,
  },
  axisBand: { labelAngle: 0 },
  header: { labelColor: INK_2, labelFontSize: 12, titleColor: INK, titleFontSize: 13 },
  legend: {
    labelColor: INK,
    labelFontSize: 12,
    labelLimit: 320,
    titleColor: INK_2,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    orient: 'top',
  },
  title: { color: INK, fontSize: 14, fontWeight: 'normal', subtitleColor: INK_2 },
  range: { category: SERIES },
  mark: { color: SERIES[0] },
  text: { color: INK, fontSize: 12 },
  rule: { color: EDGE },
  line: { strokeWidth: 2 },
  bar: { cornerRadiusEnd: 1 },
};

const theme: Theme = {
  paint(value, _attribute, { name }) {
    if (value.startsWith('var('))
      return /^var\(--[a-z0-9-]+, #[0-9a-f]{6}\)$/.test(value) ? value : undefined;
    if (name === 'text' && (value === '#000' || value === 'black')) return INK;
    // Colours of data mean what a scale says: they stay as they are.
    return ownColour(value, true) === undefined ? undefined : value;
  },
};

const MARKS =
  /^(?:arc|area|bar|boxplot|circle|errorband|errorbar|geoshape|line|point|rect|rule|square|text|tick|trail)$/;

const LIMIT_ROWS = 20_000;

/** @param source a Vega-Lite specification, JSON or YAML */
export async function drawVegaLite(source: string): Promise<Drawn> {
  const counter = new LineCounter();
  const document = parseDocument(source, { lineCounter: counter, prettyErrors: false });
  const [error] = document.errors;
  if (error) {
    const { line, col } = counter.linePos(error.pos[0]);
    return { fault: 'error', message: error.message.split('\n')[0]!, line, column: col };
  }
  let spec: unknown;
  try {
    spec = document.toJS({ maxAliasCount: 100 });
  } catch (problem) {
    return { fault: 'error', message: (problem as Error).message };
  }
  if (typeof spec !== 'object' || spec === null || Array.isArray(spec))
    return { fault: 'error', message: 'a specification is a group of “key: value” lines' };
  return drawSpec(spec as Record<string, unknown>);
}

/** @param spec a Vega-Lite specification that nobody has checked */
async function drawSpec(spec: Record<string, unknown>): Promise<Drawn> {
  const refused = refuse(spec);
  if (refused) return { fault: 'error', message: refused };
  const warnings: string[] = [];
  const note = (...said: unknown[]) => void warnings.push(said.map(String).join(' '));
  const logger = silent(note);
  try {
    // Chance in transforms (`sample`, kernel densities) starts from the same number every time.
    chance.setRandom(chance.randomLCG(42));
    const { spec: compiled } = compile(spec as unknown as TopLevelSpec, { config: CONFIG as never, logger });
    const changing = /(?:^|[^\w.])(now|random)\s*\(/.exec(JSON.stringify(compiled));
    if (changing)
      return { fault: 'error', message: `“${changing[1]}()” would draw something else each time` };
    const runtime = vega.parse(inUtc(compiled) as vega.Spec, undefined, { ast: true });
    const closed = () => Promise.reject(new Error('nothing is loaded from elsewhere'));
    // Links are left out; were they refused, Vega would stumble over it later, where nobody can catch it.
    const sanitize = () => Promise.resolve({});
    const view = new vega.View(runtime, {
      renderer: 'none',
      expr: expressionInterpreter,
      loader: { load: closed, sanitize, http: closed, file: closed } as never,
      logger,
    } as vega.ViewOptions);
    const svg = await view.toSVG();
    view.finalize();
    return cleanSvg(svg, theme, [...new Set(warnings)].slice(0, 3));
  } catch (error) {
    const said = (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
    // Vega-Lite checks little: a wrong specification makes it stumble somewhere.
    const message = error instanceof TypeError ? `the specification is not valid (${said})` : said;
    return { fault: 'error', message };
  }
}

/** What a drawing must not have: things that lie elsewhere, and too much of everything. */
function refuse(value: unknown): string | undefined {
  let count = 0;
  const walk = (part: unknown, key: string): string | undefined => {
    if (++count > LIMIT_ROWS * 10) return `the data is too large (at most ${LIMIT_ROWS} rows)`;
    if (typeof part !== 'object' || part === null) return undefined;
    if (key === 'data' && 'url' in part) return 'data from an address is not loaded: write it under “values”';
    if (key === 'sequence' && 'stop' in part) {
      const { start = 0, stop, step = 1 } = part as Record<string, number>;
      if (!(Math.abs((Number(stop) - Number(start)) / Number(step)) <= LIMIT_ROWS))
        return `a sequence has at most ${LIMIT_ROWS} rows`;
    }
    if ('mark' in part && key !== 'values') {
      const { mark } = part as { mark: unknown };
      const type = typeof mark === 'object' && mark !== null && 'type' in mark ? mark.type : mark;
      if (!MARKS.test(String(type))) return `“${String(type)}” is no mark that is drawn`;
    }
    for (const [name, inner] of Object.entries(part)) {
      const found = walk(inner, name);
      if (found) return found;
    }
    return undefined;
  };
  return walk(value, '');
}

const LOCAL_TIME =
  /\b(timeFormat|timeParse|timeOffset|timeSequence|date|day|year|month|hours|minutes|seconds|milliseconds|quarter|week|dayofyear|datetime|monthFormat|dayFormat)(?=\()/g;

/** Keys of a Vega specification whose texts are expressions; elsewhere they are words. */
const EXPRESSIONS = new Set(['expr', 'signal', 'test', 'update', 'init']);

/** Times are those of the data, not of the machine's time zone. */
function inUtc(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((v) => inUtc(v, key));
  if (typeof value === 'string') return EXPRESSIONS.has(key) ? expressionInUtc(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  const out: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(value)) {
    // Rows of data are no expressions.
    if (key === 'values' && Array.isArray(inner)) out[key] = inner.map(rowInUtc);
    else out[key] = inUtc(inner, key);
  }
  if (out.type === 'time' && 'range' in out) out.type = 'utc';
  if (out.type === 'timeunit') out.timezone = 'utc';
  if (out.formatType === 'time') out.formatType = 'utc';
  return out;
}

function expressionInUtc(text: string): string {
  return text.replace(LOCAL_TIME, (name) => {
    if (name === 'datetime') return 'utc';
    if (/^(?:time|month|day)(?:Format|Parse|Offset|Sequence)$/.test(name))
      return name.replace(/^time/, 'utc');
    return `utc${name}`;
  });
}

const LOCAL_STAMP = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?$/;

function rowInUtc(row: unknown): unknown {
  if (typeof row !== 'object' || row === null) return row;
  return Object.fromEntries(
    Object.entries(row).map(([k, v]) => [
      k,
      typeof v === 'string' && LOCAL_STAMP.test(v) ? `${v.replace(' ', 'T')}Z` : v,
    ]),
  );
}

function silent(note: (...said: unknown[]) => void): vega.LoggerInterface {
  const logger = {
    level: () => logger,
    error: (...said: readonly unknown[]) => {
      throw new Error(said.map(String).join(' '));
    },
    warn: (...said: readonly unknown[]) => {
      note(...said);
      return logger;
    },
    info: () => logger,
    debug: () => logger,
  };
  return logger as unknown as vega.LoggerInterface;
}
