/** What pages must know of images, from their bytes: their size, so that they reserve the space, and their ground. */

import { imageSize } from 'image-size';

const IMAGE = /\.(?:png|jpe?g|gif|webp|avif|svg|bmp)$/i;

/** Whether a file is an image, by its name. */
export function isImage(path: string): boolean {
  return IMAGE.test(path);
}

export interface Measured {
  width: number;
  height: number;
  /** The picture has colours of its own for the dark. */
  themed?: true;
}

/**
 * An SVG that asks for the reader's colour scheme follows the page's, since a picture is asked with the scheme of
 * the element that shows it (Media Queries 5, `prefers-color-scheme`).
 */
const THEMED = /<style[^<>]*>[^<]*@media[^{<@]*prefers-color-scheme/i;

/** @returns width and height in CSS pixels, or nothing when the bytes are no image that can be measured */
export function measure(path: string, bytes: Uint8Array): Measured | undefined {
  try {
    const { width, height, orientation } = imageSize(bytes);
    if (!(width > 0 && height > 0)) return undefined;
    // EXIF orientations 5 to 8 turn the picture by a quarter.
    const turned = (orientation ?? 1) > 4;
    return {
      width: Math.round(turned ? height : width),
      height: Math.round(turned ? width : height),
      ...(/\.svg$/i.test(path) && THEMED.test(Buffer.from(bytes).toString()) && { themed: true }),
    };
  } catch {
    return undefined;
  }
}
