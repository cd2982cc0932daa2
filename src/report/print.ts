/** The sizes of a site as text. */

import { MAX_SITE } from '../publish/preflight.ts';
import type { Report } from './measure.ts';

/**
 * @param bytes a size
 * @returns it with its unit, three digits at most: `1.2 MB`
 */
export function sizeText(bytes: number): string {
  const [unit, name] =
    bytes < 1e3 ? [1, 'B'] : bytes < 1e6 ? [1e3, 'kB'] : bytes < 1e9 ? [1e6, 'MB'] : [1e9, 'GB'];
  const value = bytes / unit;
  return `${unit > 1 && value < 9.95 ? value.toFixed(1) : Math.round(value)} ${name}`;
}

/** Which part of what GitHub Pages holds a site takes, as text: `0.7 %`. */
export function shareText(bytes: number): string {
  const percent = (bytes / MAX_SITE) * 100;
  return `${percent < 10 ? percent.toFixed(1) : Math.round(percent)} %`;
}

/** How far it is to what GitHub Pages holds, in notes like those that are there. */
function room(report: Report): string {
  const notes = report.parts.find((part) => part.kind === 'pages of notes')?.files ?? 0;
  if (report.bytes > MAX_SITE) return `, ${sizeText(report.bytes - MAX_SITE)} more than it holds`;
  if (notes === 0) return '';
  return `, which would be full at about ${Math.floor((MAX_SITE / report.bytes) * notes)} such notes`;
}

/**
 * @param report sizes
 * @param out the output folder, as it is to be named
 * @returns lines for a terminal, the last with its line end
 */
export function printReport(report: Report, out: string): string {
  const rows = report.parts.flatMap(({ kind, files, bytes, gzipped }) => {
    const row = [kind, String(files), sizeText(bytes), sizeText(gzipped)];
    const { formulas } = report;
    if (kind !== 'pages of notes' || formulas.count === 0) return [row];
    return [row, ['  formulas in them', String(formulas.count), sizeText(formulas.bytes), '']];
  });
  const lines = [
    ['', 'files', 'bytes', 'gzipped'],
    ...rows,
    ['all', String(report.files), sizeText(report.bytes), sizeText(report.gzipped)],
  ];
  const width = (column: number) => Math.max(...lines.map((line) => line[column]!.length));
  const widths = [0, 1, 2, 3].map(width);
  const text = lines.map((line) =>
    line
      .map((cell, i) => (i === 0 ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!)))
      .join('  ')
      .trimEnd(),
  );
  const largest = report.largest.map(({ path, bytes }) => `  ${sizeText(bytes).padStart(7)}  ${path}`);
  return [
    ...text,
    '',
    'Largest pages:',
    ...largest,
    '',
    `${out} takes ${shareText(report.bytes)} of the 1 GB that GitHub Pages holds${room(report)}.`,
    '',
  ].join('\n');
}
