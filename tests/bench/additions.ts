/** What the constructs that Postil adds to the stock packages cost a note of the corpus. */

import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';
import { aliases, katexTrees } from '../../vite.config.ts';
import type { Cost } from './stock.ts';

/** A note's HTML may take this much longer than by the stock packages. */
const MOST = 1.3;

/**
 * @param folder a folder for the bundle that is measured
 * @returns the table
 */
export async function additionsReport(folder: string, count = 40, rounds = 30): Promise<string> {
  const outDir = join(folder, 'additions');
  await build({
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    plugins: [katexTrees],
    resolve: { alias: aliases },
    ssr: { noExternal: true, external: ['sharp', 'tinypool', 'vite'] },
    build: {
      ssr: fileURLToPath(new URL('./stock.ts', import.meta.url)),
      target: 'node20.19',
      outDir,
      emptyOutDir: true,
    },
  });
  // In a process of its own: nothing else of the bench has warmed or filled its memory.
  const bundle = pathToFileURL(join(outDir, 'stock.js')).href;
  const script = `const { costs } = await import(${JSON.stringify(bundle)});
process.stdout.write(JSON.stringify(await costs(${count}, ${rounds})));`;
  const { stock, html, all } = JSON.parse(
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], { encoding: 'utf8' }),
  ) as Cost;
  const ratio = html / stock;
  return [
    `| compile, CPU ms a note (${count} notes, least of ${rounds} rounds) | ms | ÷ stock | bar | |`,
    '|---|---:|---:|---:|---|',
    `| to HTML, stock packages | ${stock.toFixed(2)} | 1 | | |`,
    `| to HTML, with every construct of Postil | ${html.toFixed(2)} | ${ratio.toFixed(2)} | ${MOST} | ${ratio <= MOST ? 'holds' : 'MISSED'} |`,
    `| all of compile: index, excerpt, contexts, words | ${all.toFixed(2)} | ${(all / stock).toFixed(2)} | | |`,
    '',
  ].join('\n');
}
