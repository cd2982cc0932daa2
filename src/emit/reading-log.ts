/** `/reading-log/`: month by month, and in each month by how closely it was read. */

import type { Site } from '../model.ts';
import type { NotePath } from '../paths.ts';
import { compare, url } from '../paths.ts';
import type { Chrome } from './chrome.ts';
import { type ListPage, line } from './list-pages.ts';
import { overviewLinks } from './overviews.ts';
import type { ReadingLogView } from './views.ts';

/** The months, the newest first, with the notes of each and how many were read how closely. */
export function readingLogPage(site: Site, chrome: Chrome): ListPage<ReadingLogView> {
  const address = url('reading-log');
  const t = chrome.strings;
  const depthOf = (path: NotePath) => site.notes.get(path)!.index.meta.depth ?? '';
  const counts = new Map<string, number>();
  for (const { notes } of site.log)
    for (const path of notes) counts.set(depthOf(path), (counts.get(depthOf(path)) ?? 0) + 1);
  // The depths by how many notes have them; what says none comes last.
  const order = [...counts.keys()].sort(
    (a, b) => Number(a === '') - Number(b === '') || counts.get(b)! - counts.get(a)! || compare(a, b),
  );
  const label = (depth: string) => depth || t.noDepth;
  const tally = (notes: NotePath[]) =>
    order
      .map((depth) => ({ depth: label(depth), count: notes.filter((n) => depthOf(n) === depth).length }))
      .filter((d) => d.count > 0);
  return {
    url: address,
    view: {
      ...chrome.page(address, { title: t.readingLog, math: false }),
      overviews: overviewLinks(site, address, chrome),
      totals: tally(site.log.flatMap((m) => m.notes)),
      months: site.log.map(({ month, notes }) => ({
        name: t.month(Number(month.slice(0, 4)), Number(month.slice(5))),
        totals: tally(notes),
        entries: order.flatMap((depth) =>
          notes
            .filter((n) => depthOf(n) === depth)
            .map((n) => ({ ...line(n, site, chrome), ...(depth && { depth }) })),
        ),
      })),
    },
  };
}
