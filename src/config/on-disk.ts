/** The configuration of a site on disk, for commands that build nothing. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from './config.ts';
import { CONFIG_FILE } from './file.ts';

/**
 * @param site the site's folder
 * @param over what the command line says
 * @returns the configuration, what is wrong with it, and the text of `public/CNAME`
 * @throws where a file is there and cannot be read
 */
export function readConfigOf(
  site: string,
  over?: Parameters<typeof readConfig>[2],
): ReturnType<typeof readConfig> & { cname: string | undefined } {
  const text = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
  const cname = text(join(site, 'public', 'CNAME'));
  return { ...readConfig(text(join(site, CONFIG_FILE)), cname, over), cname };
}
