/** The bench's table. */

import type { Saves } from './dev.ts';
import type { Measured } from './measure.ts';
import { OURS, UNSEARCHED } from './peers.ts';
import type { Starts } from './start.ts';

/** What one generator needed for one kind of work, round by round. */
export interface Series {
  generator: string;
  size: number;
  work: 'full' | 'unchanged' | 'text' | 'title' | 'bytes';
  values: Measured[];
  /** Largest sum over all processes in a round of its own, MB. */
  peakMb?: number | undefined;
  bytes?: { total: number; perNote: number; kinds: Record<string, number> };
}

export interface Results {
  machine: string;
  /** Load average of the machine before the first build. */
  load: number;
  versions: string[];
  /** Peers that could not be installed, with the reason. */
  absent: string[];
  series: Series[];
  /** From a save to the changed page, of each server. */
  saves: Saves[];
  starts: Starts | undefined;
}

/**
 * What must hold (`most`), what is wished for (`aim`), and what was set before when the store was made (`store`): of
 * Postil's time, divided by a peer's full build.
 */
interface Bar {
  most?: number;
  store?: number;
  aim?: number;
}
const BARS: (Bar & { of?: string; work: Series['work']; peer: string })[] = [
  { of: UNSEARCHED, work: 'full', peer: 'Eleventy', most: 0.5 },
  { of: UNSEARCHED, work: 'full', peer: 'Hugo', aim: 1 },
  { work: 'full', peer: 'Eleventy', most: 0.8, store: 0.95, aim: 0.5 },
  { work: 'unchanged', peer: 'Hugo', most: 0.25, store: 0.3, aim: 0.1 },
  { work: 'text', peer: 'Hugo', most: 0.6, store: 0.5, aim: 0.3 },
  { work: 'title', peer: 'Hugo', most: 0.8, aim: 0.4 },
];
/** The same of the time at ten times as many notes, divided by the time at the smaller size. */
const GROWTH: (Bar & { work: Series['work'] })[] = [
  { work: 'full', most: 10.5, store: 10.5, aim: 10 },
  { work: 'unchanged', most: 5, aim: 3 },
];
const MEMORY: Bar & { size: number } = { size: 10_000, most: 1200, aim: 800 };
const SAVE: Bar = { most: 1, aim: 0.5 };
const PAGE: Bar = { most: 0.9, aim: 0.6 };
const START: Bar = { most: 2 };

const WORK = {
  full: 'full build, empty cache',
  unchanged: 'nothing changed',
  text: 'one note’s text changed',
  title: 'one note’s title changed',
  bytes: 'bytes',
} as const;

const sorted = (values: number[]) => [...values].sort((a, b) => a - b);
/** Of an even number the mean of the two in the middle. */
export function median(values: number[]): number {
  const all = sorted(values);
  const half = all.length / 2;
  return ((all[Math.ceil(half) - 1] ?? Number.NaN) + (all[Math.floor(half)] ?? Number.NaN)) / 2;
}
const spread = (values: number[], digits: number) => {
  const all = sorted(values).map((v) => v.toFixed(digits));
  return all.length > 1 ? `${all[0]}–${all.at(-1)}` : '';
};

/** @returns the table as Markdown, with machine, versions and spread */
export function report({ machine, load, versions, absent, series, saves, starts }: Results): string {
  const find = (generator: string, size: number, work: Series['work']) =>
    series.find((s) => s.generator === generator && s.size === size && s.work === work);
  const sizes = [...new Set(series.map((s) => s.size))].sort((a, b) => a - b);
  const lines = [
    `Machine: ${machine}; load before: ${load.toFixed(1)}.`,
    `Versions: ${versions.join('; ')}.`,
    ...absent.map((a) => `Not installed: ${a}.`),
    '',
    '| notes | generator | work | rounds | median s | spread s | CPU s | peak MB | output MB | a note’s page kB |',
    '|---:|---|---|---:|---:|---:|---:|---:|---:|---:|',
  ];
  for (const { generator, size, work, values, peakMb: peak = Number.NaN } of [...series].sort(
    (a, b) => a.size - b.size,
  )) {
    if (work === 'bytes') continue;
    const seconds = values.map((v) => v.seconds);
    const cpu = median(values.map((v) => v.cpuSeconds ?? Number.NaN));
    const bytes = work === 'full' ? find(generator, size, 'bytes')?.bytes : undefined;
    const cells = [
      size,
      generator,
      WORK[work],
      values.length,
      median(seconds).toFixed(2),
      spread(seconds, 2),
      Number.isNaN(cpu) ? '' : cpu.toFixed(2),
      Number.isNaN(peak) ? '' : peak.toFixed(0),
      bytes ? (bytes.total / 1e6).toFixed(1) : '',
      bytes ? (bytes.perNote / 1e3).toFixed(1) : '',
    ];
    lines.push(`| ${cells.join(' | ')} |`);
  }

  lines.push(
    '',
    '| notes | work | Postil | beside | ratio | spread | bar | the store’s bar | aim | |',
    '|---:|---|---:|---:|---:|---:|---:|---:|---:|---|',
  );
  /** @param sides what Postil and the other needed, as text */
  const row = (notes: number | string, text: string, sides: [string, string], values: number[], bar: Bar) => {
    if (values.length === 0 || values.some(Number.isNaN)) return;
    const got = median(values);
    const shown = got >= 100 ? got.toFixed(0) : got.toFixed(2);
    const bars = [bar.most, bar.store, bar.aim].map((b) => b ?? '');
    lines.push(
      `| ${notes} | ${text} | ${sides[0]} | ${sides[1]} | ${shown} | ${spread(values, 2)} | ${bars.join(' | ')} | ${verdict(got, bar)} |`,
    );
  };
  const seconds = (generator: string, size: number, work: Series['work']) =>
    find(generator, size, work)?.values.map((v) => v.seconds) ?? [];
  const middle = (values: number[], digits = 2) => `${median(values).toFixed(digits)} s`;
  for (const size of sizes) {
    for (const { of = OURS, work, peer, ...bar } of BARS) {
      const ours = seconds(of, size, work);
      const theirs = seconds(peer, size, 'full');
      const pairs = ours.flatMap((o, i) => (theirs[i] ? o / theirs[i] : []));
      const what = of === UNSEARCHED ? `${WORK[work]}, no search` : WORK[work];
      row(size, `${what} ÷ ${peer}`, [middle(ours), middle(theirs)], pairs, bar);
    }
    const [ours, theirs] = [OURS, 'Eleventy'].map((name) => find(name, size, 'bytes')?.bytes?.perNote);
    const kilobytes = (bytes: number) => `${(bytes / 1e3).toFixed(1)} kB`;
    if (ours && theirs)
      row(
        size,
        'bytes of a note’s page ÷ Eleventy',
        [kilobytes(ours), kilobytes(theirs)],
        [ours / theirs],
        PAGE,
      );
  }
  const [small, large] = [sizes[0]!, sizes.at(-1)!];
  if (large > small) {
    for (const { work, ...bar } of GROWTH) {
      const [more, less] = [seconds(OURS, large, work), seconds(OURS, small, work)];
      const growth = median(more) / median(less) / (large / small / 10);
      row(`${large} ÷ ${small}`, WORK[work], [middle(more), middle(less)], [growth], bar);
    }
    const peak = find(OURS, MEMORY.size, 'full')?.peakMb ?? Number.NaN;
    row(MEMORY.size, 'peak of a full build, MB', [`${peak.toFixed(0)} MB`, ''], [peak], MEMORY);
  }
  const shown = (name: string) => saves.find((s) => s.generator === name)?.shown ?? [];
  const [own, other] = [shown(OURS), shown('Hugo')];
  const ms = (values: number[]) => `${median(values).toFixed(0)} ms`;
  if (own.length > 0 && other.length > 0)
    row(
      small,
      'save to changed page ÷ Hugo’s server',
      [ms(own), ms(other)],
      [median(own) / median(other)],
      SAVE,
    );
  if (starts) {
    const pairs = starts.ours.map((o, i) => o / starts.theirs[i]!);
    row(
      '',
      '`postil --version` ÷ `node -e 0`',
      [middle(starts.ours, 3), middle(starts.theirs, 3)],
      pairs,
      START,
    );
  }
  return `${lines.join('\n')}\n`;
}

/** Whether what was measured is within the bars, and near to what is wished for. */
function verdict(got: number, { most, store, aim }: Bar): string {
  const missed = (bar: number | undefined) => bar !== undefined && got > bar;
  if (missed(most)) return 'MISSED';
  if (missed(store)) return 'holds, the store’s MISSED';
  if (aim !== undefined && got <= aim) return 'aim';
  return most === undefined ? 'aim missed' : 'holds';
}

/** What starting the command line took, as a sentence. */
export function startsText({ ours, theirs, cpu }: Starts): string {
  const ratio = median(ours.map((o, i) => o / theirs[i]!)).toFixed(2);
  const ms = (seconds: number) => `${(seconds * 1000).toFixed(0)} ms`;
  const spent = cpu
    ? `; processor time ${ms(cpu.ours)} and ${ms(cpu.theirs)}, ${(cpu.ours / cpu.theirs).toFixed(2)}`
    : '';
  return `\`postil --version\` ${ms(median(ours))}, \`node -e 0\` ${ms(median(theirs))}, ${ours.length} pairs: ${ratio}${spent}.\n`;
}
