/** `postil build --report`: measures the site that was written, and draws what it measured. */

import { writeFileSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import { attempt } from '../disk-error.ts';
import { measureSite } from './measure.ts';
import { drawReport } from './picture.ts';
import { printReport } from './print.ts';

/**
 * @param out the output folder, as it was just written
 * @param work where the picture goes, as `report.svg`
 * @param site the site's folder, whose name the picture has
 * @returns lines for standard output: text, or one line of JSON
 * @throws DiskError when the picture cannot be written
 */
export async function reportSite(out: string, work: string, site: string, json: boolean): Promise<string> {
  const report = await measureSite(out);
  const picture = join(work, 'report.svg');
  attempt('write', picture, () => writeFileSync(picture, drawReport(report, basename(site))));
  if (json) return `${JSON.stringify({ report: { ...report, picture } })}\n`;
  const named = (path: string) => relative(process.cwd(), path) || '.';
  return `\n${printReport(report, named(out))}As a picture: ${named(picture)}\n`;
}
