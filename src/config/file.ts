/**
 * `postil.yml` as the last build read it: while it says the same, neither the table of its fields nor a reader of YAML
 * is loaded, which would take a tenth of the time of a build in which nothing changed.
 */

import type { BuildOptions } from '../build-options.ts';
import type { At } from '../diagnostics/messages/define.ts';
import { hash } from '../hash.ts';
import type { Diagnostic } from '../model.ts';
import { engine } from '../package.ts';
import type { Inputs } from '../read/scan.ts';
import type { Config } from './config.ts';

/** How messages name the file. */
export const CONFIG_FILE = 'postil.yml';

/**
 * @param yml the file's text, if there is one
 * @param text what a message is about
 * @param key the line from which on it is looked for begins with this
 * @returns where that stands first; the file alone when it is not there as it is
 */
export function placeInConfig(yml: string | undefined, text: string, key = ''): At {
  const lines = yml?.split('\n') ?? [];
  const first = lines.findIndex((l) => l.startsWith(key));
  const line = lines.findIndex((l, i) => i >= first && l.includes(text));
  if (line === -1) return { file: CONFIG_FILE };
  return { file: CONFIG_FILE, line: line + 1, column: lines[line]!.indexOf(text) + 1, length: text.length };
}

export interface Configured {
  /** Hash of all that it was read from, the code included. */
  key: string;
  config: Config;
  diagnostics: Diagnostic[];
}

/**
 * @param inputs with the texts of `postil.yml` and `public/CNAME`
 * @param over what the command line says
 * @param known as the last build read it; another key, and it is read again
 * @returns the configuration, and what is wrong with it
 */
export async function configOf(
  { config: yml, cname }: Inputs,
  { url, base }: Pick<BuildOptions, 'url' | 'base'>,
  known?: Configured,
): Promise<Configured> {
  const key = hash(engine().hash, JSON.stringify([yml, cname, url, base]));
  // A plugin's options may be what JSON has no word for.
  if (known?.key === key && known.config.plugins.length === 0) return known;
  const { readConfig } = await import('./config.ts');
  return { key, ...readConfig(yml, cname, { url, base }) };
}
