/** The order of notes: by the moment they were read, newest first. */

import type { CalendarDate } from '../model.ts';
import { compare } from '../paths.ts';
import type { Addressed } from './addresses.ts';

/**
 * Minutes since 0001 of a date as written; dates without time count as the day's start.
 *
 * @param timezone offset for dates without one, e.g. `+08:00`
 */
export function moment(date: CalendarDate, timezone: string): number {
  const [year, month, day] = date.day.split('-').map(Number) as [number, number, number];
  const [hour = 0, minute = 0, second = 0] = date.time.split(':').map(Number);
  const offset = date.offset || timezone;
  const sign = offset.startsWith('-') ? -1 : 1;
  const [zoneHours = 0, zoneMinutes = 0] = offset === 'Z' ? [] : offset.slice(1).split(':').map(Number);
  // Days from the civil date (Howard Hinnant's algorithm): no Date object, no clock, no zone of the machine.
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yoe = y - era * 400;
  const doy = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const doe = yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy;
  return (
    (era * 146_097 + doe) * 1440 + hour * 60 + minute + second / 60 - sign * (zoneHours * 60 + zoneMinutes)
  );
}

/** Newest first; undated notes last; equal ones by path. */
export function newestFirst(notes: Addressed[], timezone: string): Addressed[] {
  const when = new Map(
    notes.map((n) => [n, n.index.meta.date ? moment(n.index.meta.date, timezone) : Number.NEGATIVE_INFINITY]),
  );
  return [...notes].sort((a, b) => {
    const difference = when.get(b)! - when.get(a)!;
    return Number.isNaN(difference) || difference === 0 ? compare(a.index.path, b.index.path) : difference;
  });
}

/** As the index lists them: sticky notes first, then newest first. */
export function asListed(newest: Addressed[]): Addressed[] {
  return [...newest].sort((a, b) => b.index.meta.sticky - a.index.meta.sticky);
}
