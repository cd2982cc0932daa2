/** The bench's table. */

import type { Measured } from './measure.ts';

/** What one generator needed for one kind of work, round by round. */
export interface Series {
  generator: string;
  size: number;
  work: 'full' | 'unchanged' | 'text' | 'title' | 'bytes';
  values: Measured[];
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
}

/** What must hold (`most`) and what is wished for (`aim`) of Postil's time, divided by a peer's full build. */
const BARS: { work: Series['work']; peer: string; most: number; aim: number }[] = [
  { work: 'full', peer: 'Eleventy', most: 0.5, aim: 0.5 },
  { work: 'full', peer: 'Hugo', most: Number.POSITIVE_INFINITY, aim: 1 },
  { work: 'unchanged', peer: 'Hugo', most: 0.25, aim: 0.1 },
  { work: 'text', peer: 'Hugo', most: 0.6, aim: 0.3 },
  { work: 'title', peer: 'Hugo', most: 0.8, aim: 0.4 },
];
/** The same of the time at ten times as many notes, divided by the time at the smaller size. */
const GROWTH: { work: Series['work']; most: number; aim: number }[] = [
  { work: 'full', most: 10.5, aim: 10 },
  { work: 'unchanged', most: 5, aim: 3 },
];
const MEMORY = { size: 10_000, most: 1200, aim: 800 };
const PAGE = { most: 0.9, aim: 0.6 };

const WORK = {
  full: 'full build, empty cache',
  unchanged: 'nothing changed',
  text: 'one note’s text changed',
  title: 'one note’s title changed',
  bytes: 'bytes',
} as const;

const sorted = (values: number[]) => [...values].sort((a, b) => a - b);
export const median = (values: number[]): number =>
  sorted(values)[Math.floor(values.length / 2)] ?? Number.NaN;
const spread = (values: number[], digits: number) => {
  const all = sorted(values).map((v) => v.toFixed(digits));
  return all.length > 1 ? `${all[0]}–${all.at(-1)}` : '';
};

/** @returns the table as Markdown, with machine, versions and spread */
export function report({ machine, load, versions, absent, series }: Results): string {
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
  for (const { generator, size, work, values } of [...series].sort((a, b) => a.size - b.size)) {
    if (work === 'bytes') continue;
    const seconds = values.map((v) => v.seconds);
    const peak = median(values.map((v) => v.peakMb ?? Number.NaN));
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

  lines.push('', '| notes | ratio | median | spread | bar | aim | |', '|---:|---|---:|---:|---:|---:|---|');
  const row = (size: number | string, text: string, values: number[], most: number, aim: number) => {
    if (values.length === 0 || values.some(Number.isNaN)) return;
    const got = median(values);
    const verdict = got <= aim ? 'aim' : got <= most ? 'holds' : 'MISSED';
    const limit = Number.isFinite(most) ? most : '';
    lines.push(
      `| ${size} | ${text} | ${got.toFixed(2)} | ${spread(values, 2)} | ${limit} | ${aim} | ${Number.isFinite(most) || got <= aim ? verdict : 'aim missed'} |`,
    );
  };
  for (const size of sizes) {
    for (const { work, peer, most, aim } of BARS) {
      const ours = find('Postil', size, work)?.values ?? [];
      const theirs = find(peer, size, 'full')?.values ?? [];
      const pairs = ours.flatMap((o, i) => (theirs[i] ? o.seconds / theirs[i].seconds : []));
      row(size, `${WORK[work]} ÷ ${peer}`, pairs, most, aim);
    }
    const ours = find('Postil', size, 'bytes')?.bytes;
    const theirs = find('Eleventy', size, 'bytes')?.bytes;
    if (ours && theirs)
      row(size, 'bytes of a note’s page ÷ Eleventy', [ours.perNote / theirs.perNote], PAGE.most, PAGE.aim);
  }
  const [small, large] = [sizes[0]!, sizes.at(-1)!];
  if (large > small) {
    for (const { work, most, aim } of GROWTH) {
      const seconds = (size: number) => find('Postil', size, work)?.values.map((v) => v.seconds) ?? [];
      const scale = large / small / 10;
      row(
        `${small} → ${large}`,
        WORK[work],
        [median(seconds(large)) / median(seconds(small)) / scale],
        most,
        aim,
      );
    }
    const peak = find('Postil', MEMORY.size, 'full')?.values.map((v) => v.peakMb ?? Number.NaN) ?? [];
    row(MEMORY.size, 'peak MB, full build', peak, MEMORY.most, MEMORY.aim);
  }
  return `${lines.join('\n')}\n`;
}
