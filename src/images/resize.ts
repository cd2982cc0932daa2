/** Smaller copies of a picture, by sharp. The only file that loads it, and only for a picture that is new. */

import { importModule } from '../bundled.ts';
import type { Format } from '../pictures.ts';

/** Even, so that the copies of one picture look alike: judged by eye on photographs and on screenshots. */
const QUALITY = { avif: 58, webp: 80 };

/**
 * @param bytes a PNG or JPEG file
 * @returns the copies, in order; without EXIF or a colour profile, in sRGB, turned upright
 * @throws when the file cannot be decoded, or has more than 268 million pixels
 */
export async function resize(
  bytes: Uint8Array,
  wanted: { width: number; format: Format }[],
): Promise<Uint8Array[]> {
  const { default: sharp } = await importModule<typeof import('sharp')>('sharp');
  const out: Uint8Array[] = [];
  // What sharp keeps between pictures is of no use here, and is memory.
  sharp.cache(false);
  for (const { width, format } of wanted) {
    const image = sharp(bytes, { failOn: 'error' }).autoOrient().resize({ width, withoutEnlargement: true });
    const encoded =
      format === 'avif'
        ? image.avif({ quality: QUALITY.avif, effort: 3 })
        : image.webp({ quality: QUALITY.webp, smartSubsample: true, effort: 5 });
    out.push(await encoded.toBuffer());
  }
  return out;
}
