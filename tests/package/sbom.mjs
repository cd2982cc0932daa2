/**
 * `npm run sbom`: everything that a version consists of, as CycloneDX 1.5, from the lock file. `npm sbom` refuses a tree
 * in which some package asks for another's “latest”; and what is bundled is a devDependency, which it would leave out.
 */

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const read = (path) =>
  JSON.parse(readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8'));

/** @returns the bill of materials: each package of the lock file with version, licence, hash and whether it ships */
export function sbom() {
  const { name, version, license } = read('package.json');
  const components = Object.entries(read('package-lock.json').packages)
    .filter(([path]) => path !== '')
    .map(([path, p]) => {
      const own = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
      const purl = `pkg:npm/${own.replace('@', '%40')}@${p.version}`;
      const [algorithm, hash] = (p.integrity ?? '').split('-');
      return {
        type: 'library',
        'bom-ref': path,
        name: own,
        version: p.version,
        // What is not required is bundled, or for work on Postil.
        ...(!p.dev && { scope: 'required' }),
        purl,
        ...(p.license && { licenses: [{ expression: p.license }] }),
        ...(algorithm === 'sha512' && {
          hashes: [{ alg: 'SHA-512', content: Buffer.from(hash, 'base64').toString('hex') }],
        }),
      };
    });
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: { type: 'application', name, version, licenses: [{ license: { id: license } }] } },
    components,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url))
  process.stdout.write(`${JSON.stringify(sbom(), null, 1)}\n`);
