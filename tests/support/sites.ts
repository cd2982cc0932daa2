/** Small sites on disk, built in this process by the bundled library. */

import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { deflateSync } from 'node:zlib';
import { cli, folderOf, put } from './folder.ts';

export { snapshot } from './snapshot.ts';

/** The library, as it is installed. */
export const { build } = (await import(
  pathToFileURL(join(dirname(cli), 'index.js')).href
)) as typeof import('../../src/index.ts');

/** A site in a temporary folder, or in one that is there. */
export function makeSite(files: Record<string, string | Uint8Array>, folder = folderOf()): string {
  put(folder, 'postil.yml', 'title: T\nurl: https://example.org/\n');
  for (const [path, contents] of Object.entries(files)) put(folder, path, contents);
  return folder;
}

/** A PNG of one grey; `shade` changes its bytes, not its size. */
export function png(width: number, height: number, shade = 0): Uint8Array {
  const chunk = (type: string, data: Uint8Array) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  // One filter byte before each line; stored as it is, so that every shade is as long.
  const pixels = Buffer.alloc((width + 1) * height, shade);
  for (let y = 0; y < height; y++) pixels[y * (width + 1)] = 0;
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(pixels, { level: 0 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The checksum of PNG; `zlib.crc32` came after Node 20.19. */
function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
