/** Dates as authors write them, in front matter and in file names. */

import type { CalendarDate } from '../model.ts';
import { type NotePath, noteName, unlinked } from '../paths.ts';
import type { Kind } from '../schema.ts';

/** Jekyll's `2021-09-07-title`, and the notes of days: `2021-09-07`, `2021-09-07 Meeting`. */
const NAMED_DAY = /^\d{4}-\d{2}-\d{2}(?![a-z\d])/i;

/** @returns the date in front of a note's file name, where nothing else gives one */
export function dateOfName(path: NotePath): CalendarDate | undefined {
  const day = NAMED_DAY.exec(noteName(path))?.[0];
  return day === undefined ? undefined : parseDate(day);
}

/**
 * `2021-09-07`, `2021/9/7 22:00`, `2021-09-07T22:00:00+08:00`: a date as written, never a moment. A link to the day's note
 * (Obsidian) is one too.
 */
export const date: Kind<CalendarDate> = {
  expected: 'a date such as 2021-09-07 or 2021-09-07 22:00:00',
  json: { type: 'string' },
  read: (yaml) => (yaml.kind === 'scalar' ? parseDate(dayOf(yaml.text.trim())) : undefined),
};

/** The note of a day may lie in a folder, and have more behind the day. */
function dayOf(written: string): string {
  const link = unlinked(written);
  if (link === written) return written;
  const name = link.slice(link.lastIndexOf('/') + 1).replace(/\.md$/i, '');
  return NAMED_DAY.exec(name)?.[0] ?? name;
}

function parseDate(written: string): CalendarDate | undefined {
  const m =
    /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?[ ]*(Z|[+-]\d{2}:?\d{2})?)?$/.exec(
      written,
    );
  if (!m) return undefined;
  const [, year, month, day, hour, minute, second, offset] = m;
  const two = (n: string | undefined) => (n ?? '0').padStart(2, '0');
  const leap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0);
  const days = Number(month) === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(Number(month)) ? 30 : 31;
  if (Number(month) < 1 || Number(month) > 12 || Number(day) < 1 || Number(day) > days) return undefined;
  if (Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59 || Number(second ?? 0) > 59) return undefined;
  const zone = !offset || offset === 'Z' ? (offset ?? '') : `${offset.slice(0, 3)}:${offset.slice(-2)}`;
  return {
    day: `${year}-${two(month)}-${two(day)}`,
    time: hour === undefined ? '' : `${two(hour)}:${two(minute)}:${two(second)}`,
    offset: zone,
  };
}
