/** Case 41: what is installed to work on Postil and to use it. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../../src/package.ts';
import { isKnown, packages } from './licences.mjs';
import { sbom } from './sbom.mjs';

interface Locked {
  resolved?: string;
  integrity?: string;
  hasInstallScript?: boolean;
  link?: boolean;
}
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
  string,
  Record<string, string>
>;
const direct = Object.keys({ ...dependencies, ...devDependencies });
const lock = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };

describe('case 41: supply chain', () => {
  it('every direct dependency has an exact version and one line in docs/dependencies.md, and no other has', () => {
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
      expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+(?:-[\w.]+)?$/)]);
    const named = read('docs/dependencies.md')
      .split('\n')
      .filter((line) => /^\| [^-|]/.test(line) && !line.startsWith('| package |'))
      .flatMap((line) =>
        line
          .split('|')[1]!
          .split(',')
          .map((name) => name.trim()),
      );
    expect(named.sort()).toEqual([...direct].sort());
  });

  it('no package has to run a script to be installed', () => {
    const scripts = Object.entries(lock.packages).filter(([path, p]) => path !== '' && p.hasInstallScript);
    expect(scripts.map(([path]) => path)).toEqual([]);
  });

  it('every package comes from the registry, by https', () => {
    for (const [path, { resolved, link }] of Object.entries(lock.packages)) {
      if (path === '' || resolved === undefined) continue;
      expect([path, link, resolved]).toEqual([
        path,
        undefined,
        expect.stringMatching(/^https:\/\/registry\.npmjs\.org\//),
      ]);
    }
  });

  it('every licence was looked at, and few packages are shipped', () => {
    const all = packages();
    expect(all.length).toBeGreaterThan(direct.length);
    expect(all.filter((p) => !isKnown(p.licence))).toEqual([]);
    expect(isKnown('GPL-3.0-only') || isKnown(undefined) || isKnown('MIT AND GPL-2.0')).toBe(false);
    expect(isKnown('(MIT OR GPL-2.0)')).toBe(true);
    expect(all.filter((p) => p.shipped).length).toBeLessThanOrEqual(200);
  });

  it('the bill of materials names every package of the lock file', () => {
    const { bomFormat, components } = sbom();
    expect(bomFormat).toBe('CycloneDX');
    expect(components.length).toBe(Object.keys(lock.packages).length - 1);
    for (const { name, version, purl } of components)
      expect(purl).toBe(`pkg:npm/${name.replace('@', '%40')}@${version}`);
    expect(components.map((c) => c.name)).toEqual(expect.arrayContaining(direct));
  });
});
