/**
 * The picture that other sites show beside a link to a note: its title on paper. Drawn by sharp, whose letters come
 * from the machine's fonts; so whether there is a Chinese one is looked at first, for boxes in place of a title would
 * be worse than no picture.
 */

import { importModule } from '../bundled.ts';
import { textWidth } from '../text-width.ts';
import { escapeXml } from '../xml.ts';

/** What stands on a card. */
export interface Card {
  title: string;
  /** One line below: date or venue. */
  facts: string;
  /** The site's title. */
  site: string;
  lang: string;
}

/** Changes with what a card looks like. */
export const CARD_VERSION = 'card-1';

const WIDTH = 1200;
const HEIGHT = 630;
const MARGIN = 96;
/** Chinese serif faces of the systems that people build on, then the sans ones. */
const FACES =
  "'Noto Serif CJK SC','Noto Serif SC','Source Han Serif SC','Songti SC',SimSun,'Noto Sans CJK SC','Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','WenQuanYi Micro Hei',serif";
/** Sizes of a title, of which the largest is taken at which it fits. */
const SIZES = [76, 64, 54];
const MOST_LINES = 4;

/** Breaks a title: between hanzi anywhere, else at blanks; no line begins with a mark that ends something. */
function lines(title: string, size: number): string[] {
  const words =
    title.match(/[\p{Script=Han}\p{P}][，。：；、！？）》」』”’]*|[^\s\p{Script=Han}\p{P}]+|\s+|\p{P}/gu) ??
    [];
  const out: string[] = [];
  let line = '';
  for (const word of words) {
    if (line.trim() !== '' && textWidth(line + word, size) > WIDTH - 2 * MARGIN) {
      out.push(line.trim());
      line = '';
    }
    line += word;
  }
  if (line.trim() !== '') out.push(line.trim());
  return out;
}

/** @returns the card as SVG, with its letters as text */
function cardSvg({ title, facts, site, lang }: Card): string {
  const size = SIZES.find((s) => lines(title, s).length <= MOST_LINES) ?? SIZES.at(-1)!;
  const shown = lines(title, size);
  const cut = shown
    .slice(0, MOST_LINES)
    .map((l, i) => (i === MOST_LINES - 1 && shown.length > MOST_LINES ? `${l}…` : l));
  const text = cut
    .map(
      (l, i) =>
        `<text x="${MARGIN}" y="${230 + Math.round(i * size * 1.35)}" font-size="${size}" font-weight="600" fill="#211f1c">${escapeXml(l)}</text>`,
    )
    .join('');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" xml:lang="${escapeXml(lang)}" width="${WIDTH}" height="${HEIGHT}" font-family="${FACES}">` +
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fcfbf8"/>` +
    `<rect x="${MARGIN}" y="84" width="${WIDTH - 2 * MARGIN}" height="3" fill="#b0321c"/>` +
    `<rect x="${MARGIN}" y="91" width="${WIDTH - 2 * MARGIN}" height="1.5" fill="#b0321c"/>${text}` +
    `<rect x="${MARGIN}" y="532" width="20" height="20" fill="#b0321c"/>` +
    `<text x="${MARGIN + 36}" y="552" font-size="28" fill="#57524a">${escapeXml(site)}</text>` +
    `<text x="${WIDTH - MARGIN}" y="552" font-size="28" text-anchor="end" fill="#57524a">${escapeXml(facts)}</text></svg>`
  );
}

/** @returns a PNG file of 1200 × 630 */
export async function drawCard(card: Card): Promise<Uint8Array> {
  const { default: sharp } = await importModule<typeof import('sharp')>('sharp');
  sharp.cache(false);
  return sharp(Buffer.from(cardSvg(card)))
    .png({ palette: true, colours: 64, compressionLevel: 9 })
    .toBuffer();
}

/**
 * Whether the machine has a font with Chinese letters. A letter that no font has is drawn as nothing, or as a box
 * around its number: then every edge of what was drawn is a line from corner to corner, which no stroke of 永 is.
 */
export async function hasChineseFont(): Promise<boolean> {
  const { default: sharp } = await importModule<typeof import('sharp')>('sharp');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="160" height="160" xml:lang="zh-CN" font-family="${FACES}"><rect width="160" height="160" fill="#fff"/><text x="30" y="115" font-size="100">永</text></svg>`;
  const { data, info } = await sharp(Buffer.from(svg))
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const inked = (x: number, y: number) => data[(y * info.width + x) * info.channels]! < 160;
  const xs: number[] = [];
  const ys: number[] = [];
  for (let y = 0; y < info.height; y++)
    for (let x = 0; x < info.width; x++)
      if (inked(x, y)) {
        xs.push(x);
        ys.push(y);
      }
  if (xs.length === 0) return false;
  const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
  const share = (at: (n: number) => boolean, from: number, to: number) => {
    let count = 0;
    for (let n = from; n <= to; n++) if (at(n)) count++;
    return count / (to - from + 1);
  };
  // Two pixels in: the outermost are half covered.
  const inset = 2;
  const edges = [
    share((x) => inked(x, top) || inked(x, top + inset), left, right),
    share((x) => inked(x, bottom) || inked(x, bottom - inset), left, right),
    share((y) => inked(left, y) || inked(left + inset, y), top, bottom),
    share((y) => inked(right, y) || inked(right - inset, y), top, bottom),
  ];
  return edges.some((e) => e < 0.8);
}
