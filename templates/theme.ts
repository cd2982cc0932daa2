/** A theme: all that emit needs of the templates. A site's own files take the place of those beside this one. */

import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { type Strings, spoken, spokenLanguages, spokenWords, stringsFor } from './strings/strings.ts';
import { type Templates, templates } from './templates.ts';

export interface Theme {
  /** @returns the whole document */
  render<K extends keyof Templates>(kind: K, view: Parameters<Templates[K]>[0]): string;
  stringsFor(lang: string): Strings;
  spoken(lang: string): string | undefined;
  /** The languages that it speaks. */
  languages: string[];
  /** Language → what its file says, which may be anything. */
  words: ReadonlyMap<string, unknown>;
}

export const theme: Theme = {
  render: (kind, view) => {
    const template = templates[kind] as (given: typeof view) => VNode;
    return `<!doctype html>\n${renderToString(template(view))}\n`;
  },
  stringsFor,
  spoken,
  languages: spokenLanguages,
  words: spokenWords,
};
