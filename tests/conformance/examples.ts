/** The examples of the CommonMark specification, and of GFM's extensions. */

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

export interface Example {
  number: number;
  section: string;
  markdown: string;
  html: string;
}

/** The specification prints tabs as arrows. */
const withTabs = (example: Example): Example => ({
  ...example,
  markdown: example.markdown.replaceAll('→', '\t'),
  html: example.html.replaceAll('→', '\t'),
});

const specification = createRequire(import.meta.url)('commonmark-spec') as { tests: Example[] };
const ours = fileURLToPath(new URL('./gfm.yml', import.meta.url));

export const commonmark: Example[] = specification.tests.map(withTabs);
export const gfm: Example[] = (parse(readFileSync(ours, 'utf8')) as Example[]).map(withTabs);
