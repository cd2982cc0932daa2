/** Postil's own files: what a built site needs of them, and the hash of the code. */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ClientFiles } from './client.ts';
import { hash } from './hash.ts';

/** The package's folder, from the source as from the bundle. */
export const root = (() => {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
})();

const described = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  version: string;
  dependencies: Record<string, string>;
};

export const { version } = described;

/** What stays outside the bundle, with exact versions. */
export const { dependencies } = described;

/** Where Vite put the browser's part. */
export const clientFolder = join(root, 'bundle', 'client');

/** Written beside the bundle when it was made (see scripts in package.json). */
export interface EngineFile {
  hash: string;
  client: ClientFiles;
}

let engineFile: EngineFile | undefined;

/**
 * Hash of the code that compiles and emits, and the names of the browser's files. Node's Unicode data belongs to
 * the code: another version may cut and fold text elsewhere.
 *
 * @throws when the bundle is missing
 */
export function engine(): EngineFile {
  if (engineFile) return engineFile;
  const read = JSON.parse(readFileSync(join(root, 'bundle', 'engine.json'), 'utf8')) as EngineFile;
  const { icu = '', unicode = '' } = process.versions;
  engineFile = { ...read, hash: hash(read.hash, icu, unicode) };
  return engineFile;
}
