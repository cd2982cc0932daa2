/** Which of the bundle's files and of the packages beside it a process of Postil loads, in all of its threads. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderOf } from './folder.ts';

// Modules pass Node's loader; what they lead to in the bundle is read by `src/load.ts`. Node runs this in each thread.
const HOOK = `
import fs from 'node:fs';
import { register, syncBuiltinESMExports } from 'node:module';
import { pathToFileURL } from 'node:url';
const { appendFileSync, readFileSync } = fs;
fs.readFileSync = (path, ...rest) => {
  if (/[\\\\/]bundle[\\\\/][\\w-]+\\.cjs$/.test(path)) appendFileSync(process.env.LOADED, pathToFileURL(path).href + '\\n');
  return readFileSync(path, ...rest);
};
syncBuiltinESMExports();
register('data:text/javascript,' + encodeURIComponent(\`
import { appendFileSync } from 'node:fs';
export async function load(url, context, next) {
  if (url.startsWith('file:')) appendFileSync(process.env.LOADED, url + '\\\\n');
  return next(url, context);
}\`));
`;

/**
 * @returns flags for Node and variables for its environment, and what was loaded by a process that had them, as addresses
 */
export function logLoads(): { node: string[]; env: { LOADED: string }; loaded: () => string[] } {
  const folder = folderOf({ 'hook.mjs': HOOK, loaded: '' });
  const log = join(folder, 'loaded');
  return {
    node: ['--no-warnings', '--import', join(folder, 'hook.mjs')],
    env: { LOADED: log },
    loaded: () => {
      const urls = readFileSync(log, 'utf8').trim().split('\n');
      writeFileSync(log, '');
      return urls;
    },
  };
}
