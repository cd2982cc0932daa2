/** Pixel sizes of images, from their bytes, so that pages reserve the space. */

import { imageSize } from 'image-size';

const IMAGE = /\.(?:png|jpe?g|gif|webp|avif|svg|bmp)$/i;

/** Whether a file is an image, by its name. */
export function isImage(path: string): boolean {
  return IMAGE.test(path);
}

/** @returns width and height in CSS pixels, or nothing when the bytes are no image that can be measured */
export function measure(bytes: Uint8Array): { width: number; height: number } | undefined {
  try {
    const { width, height, orientation } = imageSize(bytes);
    if (!(width > 0 && height > 0)) return undefined;
    // EXIF orientations 5 to 8 turn the picture by a quarter.
    const turned = (orientation ?? 1) > 4;
    return { width: Math.round(turned ? height : width), height: Math.round(turned ? width : height) };
  } catch {
    return undefined;
  }
}
