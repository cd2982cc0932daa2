/** The smaller copies of a picture: what the page offers and what the image stage makes, said in one place. */

import type { Asset } from './model.ts';
import { type AssetPath, assetUrl, type Url } from './paths.ts';

export type Format = 'avif' | 'webp';

export interface Variant {
  url: Url;
  /** Pixels. */
  width: number;
  format: Format;
}

/** The text column on a screen of one and of two device pixels per CSS pixel. */
const WIDTHS = [680, 1360];
/** Best first: browsers take the first that they know. */
const FORMATS: Format[] = ['avif', 'webp'];
/** Photographs and screenshots. GIF, WebP and AVIF may move or are small already. */
const RESIZED = /\.(?:png|jpe?g)$/i;

/** @returns none when the file is offered as it is */
export function variantsOf(asset: Asset): Variant[] {
  const { path, hash, width } = asset;
  if (!RESIZED.test(path) || !width) return [];
  const widths = [...WIDTHS.filter((w) => w < width), Math.min(width, WIDTHS.at(-1)!)];
  const stem = path.replace(/\.\w+$/, '');
  return FORMATS.flatMap((format) =>
    [...new Set(widths)].map((w) => ({
      // The name changes with the picture, so that a browser may keep it for ever.
      url: assetUrl(`${stem}-${hash.slice(0, 8)}-${w}.${format}` as AssetPath),
      width: w,
      format,
    })),
  );
}
