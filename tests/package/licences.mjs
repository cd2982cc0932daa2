/**
 * `npm run licences`: every package that `npm ci` installs, with its licence, from the lock file. Ends with 1 when one
 * has none, or one that was not looked at.
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Licences that a package under MIT may use or carry; EPL and MPL for what is shipped unchanged. */
const LOOKED_AT = new Set(
  (
    'MIT ISC Apache-2.0 BSD-2-Clause BSD-3-Clause 0BSD CC0-1.0 CC-BY-4.0 CC-BY-SA-4.0 BlueOak-1.0.0 Python-2.0 ' +
    'MPL-2.0 EPL-2.0 OFL-1.1 LGPL-3.0-or-later Unlicense Zlib WTFPL MIT-0'
  ).split(' '),
);

/** Old packages that name theirs in another field. */
const ELSEWHERE = { i: 'MIT', 'parse-cache-control': 'BSD-3-Clause' };

/**
 * @returns {{ name: string, version: string, licence: string | undefined, shipped: boolean }[]} in order of names;
 * `shipped`: installed with Postil, not only for work on it
 */
export function packages() {
  const lock = JSON.parse(
    readFileSync(fileURLToPath(new URL('../../package-lock.json', import.meta.url)), 'utf8'),
  );
  return Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .map(([path, { version, license, dev }]) => {
      const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return { name, version, licence: license ?? ELSEWHERE[name], shipped: dev !== true };
    })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Whether a licence, `A OR B` and `A AND B` too, is one that was looked at. */
export function isKnown(licence) {
  if (!licence) return false;
  const parts = licence.replace(/[()]/g, '').split(/ OR /);
  return parts.some((part) => part.split(/ AND /).every((name) => LOOKED_AT.has(name.trim())));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const all = packages();
  for (const { name, version, licence, shipped } of all)
    process.stdout.write(
      `${shipped ? 'ships ' : 'work  '} ${(licence ?? 'none').padEnd(20)} ${name}@${version}\n`,
    );
  const unknown = all.filter((p) => !isKnown(p.licence));
  process.stdout.write(`${all.length} packages, ${all.filter((p) => p.shipped).length} of them shipped\n`);
  for (const { name, licence } of unknown)
    process.stderr.write(`${name}: ${licence ?? 'no licence'} was not looked at\n`);
  process.exitCode = unknown.length > 0 ? 1 : 0;
}
