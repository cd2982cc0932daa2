/** Small sites on disk, built in this process by the bundled library. */

import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cli, folderOf } from './folder.ts';

/** The library, as it is installed. */
export const { build } = (await import(
  pathToFileURL(join(dirname(cli), 'index.js')).href
)) as typeof import('../../src/index.ts');

/** A site in a temporary folder. */
export function makeSite(files: Record<string, string | Uint8Array>): string {
  return folderOf({ 'postil.yml': 'title: T\nurl: https://example.org/\n', ...files });
}

/** Paths below a folder and hashes of what is there; empty when there is no folder. */
export function snapshot(root: string, ignore: (path: string) => boolean = () => false): Map<string, string> {
  const files = new Map<string, string>();
  const visit = (prefix: string) => {
    for (const name of readdirSync(join(root, prefix)).sort()) {
      const path = prefix + name;
      if (ignore(path)) continue;
      const stats = lstatSync(join(root, path));
      if (stats.isDirectory()) visit(`${path}/`);
      else if (stats.isSymbolicLink()) files.set(path, 'link');
      else
        files.set(
          path,
          createHash('sha256')
            .update(readFileSync(join(root, path)))
            .digest('hex'),
        );
    }
  };
  if (existsSync(root)) visit('');
  return files;
}

/** A PNG of one colour that image readers accept; `shade` changes its bytes, not its size. */
export function png(width: number, height: number, shade = 0): Uint8Array {
  const head = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
  const size = Buffer.alloc(9);
  size.writeUInt32BE(width, 0);
  size.writeUInt32BE(height, 4);
  size[8] = 8;
  return Buffer.concat([head, size, Buffer.from([2, 0, 0, 0, shade, shade, shade, shade])]);
}
