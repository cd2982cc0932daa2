/** Lighthouse's score of performance for pages of this repository's own site. It depends on the machine, so it is told, not held. */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../../src/package.ts';
import { serve } from '../../src/serve/preview.ts';
import { launch } from '../browser/chromium.ts';
import { KINDS } from '../browser/kinds.ts';
import { freePort, performanceScore } from '../budgets/lighthouse.ts';

const PAGES = ['index', 'note', 'tag page'] as const;

/**
 * @param folder where the site is built
 * @param bundle the command line
 * @returns a table in Markdown
 * @throws when there is no Chromium, or the site does not build
 */
export async function lighthouseReport(folder: string, bundle: string): Promise<string> {
  const out = join(folder, 'own-site');
  execFileSync(process.execPath, [bundle, 'build', '--out', out, '--base', '/', '--quiet'], { cwd: root });
  const port = await freePort();
  const [browser, server] = await Promise.all([
    launch([`--remote-debugging-port=${port}`]),
    serve(out, '/', 0),
  ]);
  try {
    let table =
      '| page | performance, of 100 (Lighthouse: a phone on a slow network, simulated) |\n| --- | ---: |\n';
    for (const page of PAGES)
      table += `| ${page} | ${await performanceScore(port, new URL(KINDS[page], server.url).href)} |\n`;
    return table;
  } finally {
    await browser.close();
    await server.close();
  }
}
