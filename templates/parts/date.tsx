import type { DateView } from '../../src/emit/views.ts';

export function Day({ date, short = false }: { date: DateView; short?: boolean }) {
  return <time dateTime={date.iso}>{short ? date.day.slice(5) : date.day}</time>;
}
