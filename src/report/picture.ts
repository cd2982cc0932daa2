/** The sizes of a site as a picture: one bar for each kind, its dark part what is sent compressed. */

import { counted } from '../counted.ts';
import { MAX_SITE } from '../publish/preflight.ts';
import { textWidth } from '../text-width.ts';
import { escapeXml } from '../xml.ts';
import type { Report } from './measure.ts';
import { shareText, sizeText } from './print.ts';

const WIDTH = 720;
const MARGIN = 24;
const ROW = 30;
const BAR = 14;
/** Where bars begin, and the room behind them for sizes. */
const LEFT = 190;
const RIGHT = 150;

/** Ink on warm paper, as Postil's own pages; the other half of the colours where a reader prefers the dark. */
const STYLE = `
svg { background: #fcfbf8; }
text { font: 13px system-ui, sans-serif; fill: #232323; }
.title { font-size: 17px; font-weight: 600; }
.quiet { fill: #66645f; }
.all { fill: #cfcabf; }
.sent { fill: #3d5a80; }
.formulas { fill: #b3341f; }
.line { stroke: #dcd8cf; }
@media (prefers-color-scheme: dark) {
  svg { background: #17181a; }
  text { fill: #dedcd6; }
  .quiet { fill: #a19e97; }
  .all { fill: #4a4a4a; }
  .sent { fill: #8fb0d9; }
  .formulas { fill: #e58a78; }
  .line { stroke: #36373a; }
}
`;

/**
 * Draws a report.
 *
 * @param report sizes
 * @param title name of the site
 * @returns an SVG document
 */
export function drawReport(report: Report, title: string): string {
  const span = WIDTH - LEFT - RIGHT - MARGIN;
  const most = Math.max(1, ...report.parts.map((part) => part.bytes));
  const wide = (bytes: number) => Math.max(bytes > 0 ? 1 : 0, (bytes / most) * span).toFixed(1);
  const text = (x: number, y: number, content: string, more = '') =>
    `<text x="${x}" y="${y}"${more}>${escapeXml(content)}</text>`;
  const rect = (x: number, y: number, width: string, name: string, height = BAR) =>
    `<rect class="${name}" x="${x}" y="${y}" width="${width}" height="${height}" rx="1"/>`;

  let y = MARGIN + 14;
  const parts: string[] = [text(MARGIN, y, title, ' class="title"')];
  y += 24;
  const head = `${report.files} files, ${sizeText(report.bytes)}; ${sizeText(report.gzipped)} gzipped`;
  parts.push(text(MARGIN, y, head, ' class="quiet"'));
  y += 26;
  for (const { kind, files, bytes, gzipped } of report.parts) {
    parts.push(text(LEFT - 12, y + 12, kind, ' text-anchor="end"'));
    parts.push(rect(LEFT, y, wide(bytes), 'all'), rect(LEFT, y, wide(gzipped), 'sent'));
    if (kind === 'pages of notes' && report.formulas.bytes > 0)
      parts.push(rect(LEFT, y + BAR + 2, wide(report.formulas.bytes), 'formulas', 3));
    const size = sizeText(bytes);
    parts.push(text(WIDTH - MARGIN - RIGHT + 12, y + 12, size));
    parts.push(text(WIDTH - MARGIN, y + 12, counted(files, 'file'), ' class="quiet" text-anchor="end"'));
    y += ROW;
  }
  y += 6;
  let x = MARGIN;
  const signs: [string, string][] = [
    ['all', 'bytes'],
    ['sent', 'of them, gzipped'],
    ...(report.formulas.bytes > 0
      ? [
          ['formulas', `formulas: ${report.formulas.count}, ${sizeText(report.formulas.bytes)}`] as [
            string,
            string,
          ],
        ]
      : []),
  ];
  for (const [name, label] of signs) {
    parts.push(rect(x, y, '10', name, 10), text(x + 16, y + 10, label, ' class="quiet"'));
    x += 16 + Math.ceil(textWidth(label, 13)) + 24;
  }
  y += 34;
  // How much of the host it takes.
  const whole = WIDTH - 2 * MARGIN;
  const share = Math.min(1, report.bytes / MAX_SITE);
  parts.push(
    rect(MARGIN, y, String(whole), 'all', 6),
    rect(MARGIN, y, Math.max(1, share * whole).toFixed(1), report.bytes > MAX_SITE ? 'formulas' : 'sent', 6),
  );
  y += 24;
  parts.push(
    text(MARGIN, y, `${shareText(report.bytes)} of the 1 GB that GitHub Pages holds`, ' class="quiet"'),
  );
  const height = y + MARGIN;
  const name = `${title}: ${head}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escapeXml(name)}">
<style>${STYLE}</style>
${parts.join('\n')}
</svg>
`;
}
