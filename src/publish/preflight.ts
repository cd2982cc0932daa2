/** What would go wrong on GitHub Pages, found before anything is sent there. */

import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import {
  deployBase,
  deployCase,
  deployEmpty,
  deployLarge,
  deployLink,
  deployLost,
} from '../diagnostics/messages.ts';
import type { Diagnostic } from '../model.ts';
import { collisionKey, compare } from '../paths.ts';

/** Limits of GitHub Pages (https://docs.github.com/pages, "GitHub Pages limits"). */
const MAX_FILE = 100_000_000;
/** Bytes of a whole site. */
export const MAX_SITE = 1_000_000_000;
/** Losing more of the pages than this is hardly meant. */
const MAX_LOSS = 0.2;

export interface PreflightOptions {
  out: string;
  config: Pick<Config, 'origin' | 'base'>;
  /** Contents of `public/CNAME`, if any. */
  cname: string | undefined;
  /** Pages that are published now, if known. */
  pagesBefore: number | undefined;
}

/** @returns what keeps the site from being published; empty when nothing does */
export function preflight({ out, config, cname, pagesBefore }: PreflightOptions): Diagnostic[] {
  const found: Diagnostic[] = [];
  const seen = new Map<string, string>();
  let pages = 0;
  let bytes = 0;
  const visit = (folder: string, prefix: string): void => {
    for (const name of readdirSync(folder).sort(compare)) {
      const path = prefix + name;
      const stats = lstatSync(join(folder, name));
      if (stats.isSymbolicLink()) {
        found.push(deployLink({ file: path }));
        continue;
      }
      const key = collisionKey(path);
      const other = seen.get(key);
      if (other !== undefined) found.push(deployCase({}, other, path));
      seen.set(key, path);
      if (stats.isDirectory()) visit(join(folder, name), `${path}/`);
      else {
        bytes += stats.size;
        if (stats.size > MAX_FILE)
          found.push(
            deployLarge({ file: path }, `the file has ${megabytes(stats.size)}`, megabytes(MAX_FILE)),
          );
        if (path.endsWith('.html')) pages++;
      }
    }
  };
  visit(out, '');
  for (const needed of ['index.html', '404.html']) if (!seen.has(needed)) found.push(deployEmpty({}, needed));
  if (bytes > MAX_SITE) found.push(deployLarge({}, `the site has ${megabytes(bytes)}`, megabytes(MAX_SITE)));
  if (pagesBefore !== undefined && pages < pagesBefore * (1 - MAX_LOSS))
    found.push(deployLost({}, pagesBefore, pages));
  if (cname && config.base !== '/') {
    found.push(
      deployBase(
        {},
        `a custom domain (${cname.trim()}) serves the site at its root, but the base path is ${config.base}`,
      ),
    );
  }
  const github = /^https:\/\/[\w-]+\.github\.io$/.test(config.origin ?? '');
  if (github && !cname && config.base.split('/').length > 3) {
    found.push(
      deployBase(
        {},
        `GitHub serves a project one folder below its host, but the base path is ${config.base}`,
      ),
    );
  }
  return found;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
