/** Pixel sizes of images, from their first bytes, so that pages reserve the space. */

import { open } from 'node:fs/promises';
import { imageSize } from 'image-size';

const IMAGE = /\.(?:png|jpe?g|gif|webp|avif|svg|bmp)$/i;
const HEAD = 512 * 1024;

/** @returns width and height in CSS pixels, or nothing when the file is no image or cannot be measured */
export async function measure(path: string): Promise<{ width: number; height: number } | undefined> {
  if (!IMAGE.test(path)) return undefined;
  const file = await open(path);
  try {
    const buffer = Buffer.alloc(HEAD);
    const { bytesRead } = await file.read(buffer, 0, HEAD, 0);
    const { width, height, orientation } = imageSize(buffer.subarray(0, bytesRead));
    if (!(width > 0 && height > 0)) return undefined;
    // EXIF orientations 5 to 8 turn the picture by a quarter.
    const turned = (orientation ?? 1) > 4;
    return { width: Math.round(turned ? height : width), height: Math.round(turned ? width : height) };
  } catch {
    return undefined;
  } finally {
    await file.close();
  }
}
