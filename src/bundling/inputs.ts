/** Which files went into what Vite bundled, templates and plugins alike, and whether they still say the same. */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { Plugin } from 'vite';
import { hash } from '../hash.ts';

/** Paths from the site's folder, with the hashes of what is there. */
export type BundleInputs = [path: string, hash: string][];

/** @returns whether all files are there, as they were; of no files, at once */
export function areSame(site: string, inputs: BundleInputs): boolean {
  try {
    return inputs.every(([path, content]) => hash(readFileSync(resolve(site, path))) === content);
  } catch {
    return false;
  }
}

/**
 * Writes down what a bundle is made from: modules, also those of which nothing is left but a value, styles and
 * pictures, and of each package the `package.json`, which says where its modules are.
 */
export class InputsSeen {
  readonly #site: string;
  readonly #known: string[];
  readonly #files = new Set<string>();
  /** For Vite. */
  readonly plugin: Plugin;
  /** For PostCSS, whose imports Vite's plugins do not see. */
  readonly postcss = {
    postcssPlugin: 'postil-inputs',
    OnceExit: (_: unknown, { result }: { result: { messages: { type: string; file?: unknown }[] } }) => {
      for (const { type, file } of result.messages) if (type === 'dependency') this.#add(String(file));
    },
  };

  /** @param known folders whose files somebody else looks after */
  constructor(site: string, known: string[] = []) {
    this.#site = site;
    this.#known = known;
    let root = site;
    this.plugin = {
      name: 'postil-inputs',
      enforce: 'pre',
      configResolved: (config) => {
        root = config.root;
      },
      resolveId: (id, importer) => {
        if (importer && isAbsolute(importer)) this.#addPackage(id, dirname(importer));
      },
      moduleParsed: ({ id }) => this.#add(id.replace(/\?.*$/, '')),
      generateBundle: (_, bundle) => {
        for (const made of Object.values(bundle))
          if (made.type === 'asset')
            for (const name of made.originalFileNames) this.#add(resolve(root, name));
      },
    };
  }

  /** @returns all that was seen, sorted */
  list(): BundleInputs {
    return [...this.#files]
      .sort()
      .map((file) => [relative(this.#site, file).replaceAll('\\', '/'), hash(readFileSync(file))]);
  }

  /** A file, and the `package.json` that it is read by. */
  #add(file: string): void {
    if (!isAbsolute(file) || this.#files.has(file) || !existsSync(file)) return;
    if (this.#known.some((folder) => file.startsWith(join(folder, sep)))) return;
    this.#files.add(file);
    const own = above(file, 'package.json');
    if (own) this.#files.add(own);
  }

  /** Where a package is found by its name: there may be a link, which an update lets lead elsewhere. */
  #addPackage(id: string, from: string): void {
    const name = /^(?:@[^/\\]+\/)?[^./\\:#\0][^/\\:]*/.exec(id)?.[0];
    const found = name && above(join(from, 'x'), join('node_modules', name, 'package.json'));
    if (found) this.#files.add(found);
  }
}

/** @returns the nearest file of this name in a folder above a path */
function above(path: string, name: string): string | undefined {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    const file = join(folder, name);
    if (existsSync(file)) return file;
    if (dirname(folder) === folder) return undefined;
  }
}
