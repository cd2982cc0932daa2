/** The reading log: what was read in which month. */

import type { NoteIndex, ReadingMonth } from '../model.ts';

/**
 * @param newest the notes, newest first: so are the months, and the notes of each
 * @returns nothing when no note says how closely it was read
 */
export function readingLog(newest: NoteIndex[]): ReadingMonth[] {
  if (!newest.some((n) => n.meta.depth !== undefined && n.meta.date !== undefined)) return [];
  const months: ReadingMonth[] = [];
  for (const { path, meta } of newest) {
    const month = meta.date?.day.slice(0, 7);
    if (month === undefined) continue;
    const last = months.at(-1);
    if (last?.month === month) last.notes.push(path);
    else months.push({ month, notes: [path] });
  }
  return months;
}
