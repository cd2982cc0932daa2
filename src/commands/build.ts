/** `postil build [site]`. */

import { statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { build } from '../build.ts';
import { checkAddress } from '../build-options.ts';
import { counted } from '../counted.ts';
import { jsonDiagnostic, printDiagnostic } from '../diagnostics/print.ts';
import type { Diagnostic } from '../model.ts';
import { defineCommand, wholeNumber } from './command.ts';
import { exitCodeOf } from './exit-code.ts';
import { interruptible } from './interrupt.ts';
import { progressLine } from './progress.ts';
import { shellWord } from './shell-word.ts';
import { Usage } from './usage.ts';

export const command = defineCommand({
  name: 'build',
  aliases: ['b', 'g', 'generate'],
  usage: '[site]',
  summary: 'build the site in a folder (default: this one)',
  options: {
    out: { type: 'string', value: 'DIR', doc: 'output folder (default: dist in the site)' },
    url: { type: 'string', value: 'URL', doc: 'address of the site, instead of the configured one' },
    base: { type: 'string', value: '/x/', doc: 'path below which the site will lie' },
    drafts: { type: 'boolean', short: 'D', doc: 'publish drafts too' },
    strict: { type: 'boolean', doc: 'warnings are errors' },
    shard: { type: 'string', value: 'I/N', doc: 'only compile part I of N of the notes into the store' },
    report: { type: 'boolean', doc: 'say what the site is made of, in bytes, and draw it' },
    jobs: { type: 'string', value: 'N', doc: 'worker threads (default: one a core)' },
    json: { type: 'boolean', doc: 'messages as JSON lines' },
    quiet: { type: 'boolean', doc: 'errors only' },
  },
  run: async (values, [site = '.']) => {
    checkSite(site);
    const { base } = await checkAddress(values);
    const jobs = wholeNumber('jobs', values.jobs, 1);
    const started = performance.now();
    const line = progressLine(process.stderr, !values.json && !values.quiet);
    if (values.shard !== undefined) {
      const { compileShard, parseShard } = await import('../shard.ts');
      const shard = parseShard(values.shard);
      if (!shard) throw new Usage(`--shard must be a part such as 1/4, not “${values.shard}”`);
      if (values.report) throw new Usage('--report needs a whole site; --shard makes a part of its store');
      const part = await compileShard(shard, {
        site,
        ...(jobs !== undefined && { jobs }),
        progress: line.show,
        signal: interruptible(),
      }).finally(line.clear);
      printAll(part.diagnostics, values.json ?? false);
      if (!values.json && !values.quiet)
        process.stdout.write(`${part.notes} of ${counted(part.total, 'note')} compiled into ${part.store}\n`);
      // What is wrong with notes is the joined build's to judge: a draft may hold it.
      return exitCodeOf(part.diagnostics) === 2 ? 2 : 0;
    }
    const result = await build({
      site,
      ...(values.out !== undefined && { out: values.out }),
      ...(values.url !== undefined && { url: values.url }),
      ...(base !== undefined && { base }),
      ...(jobs !== undefined && { jobs }),
      drafts: values.drafts ?? false,
      strict: values.strict ?? false,
      last: true,
      progress: line.show,
      signal: interruptible(),
    }).finally(line.clear);

    const errors = result.diagnostics.filter((d) => d.severity === 'error');
    printAll(values.quiet ? errors : result.diagnostics, values.json ?? false);
    if (!values.quiet && result.work !== join(resolve(site), '.postil'))
      process.stderr.write(`.postil cannot be written; what saves time next time is in ${result.work}\n`);
    if (!values.json && !(values.quiet && result.published)) {
      const seconds = ((performance.now() - started) / 1000).toFixed(2);
      process.stdout.write(
        `${summary(result, errors.length, seconds)}${result.published ? ` Look at it: ${previewOf(site, values)}` : ''}\n`,
      );
    }
    if (result.published && values.report) {
      const { reportSite } = await import('../report/report.ts');
      const said = await reportSite(result.out, result.work, resolve(site), values.json ?? false);
      if (values.json || !values.quiet) process.stdout.write(said);
    }
    if (result.published) return 0;
    return exitCodeOf(errors);
  },
});

/** @throws Usage when the folder is no site */
export function checkSite(site: string): void {
  const is = isFolder(site);
  if (is === undefined) throw new Usage(`“${resolve(site)}” is not there`);
  if (!is)
    throw new Usage(`“${resolve(site)}” is a file; name the folder of a site, the one with posts/ in it`);
  if (!isFolder(join(site, 'posts')))
    throw new Usage(`“${resolve(site)}” is no site: it has no posts/ folder; “postil init” makes one`);
}

/** Whether a path is a folder; nothing when there is none, or a part of it is a file. */
export function isFolder(path: string): boolean | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Messages go to standard error, as wide as the terminal there; JSON lines to standard output. */
export function printAll(diagnostics: Diagnostic[], json = false): void {
  const { isTTY, columns } = process.stderr;
  const how = {
    color: isTTY === true && process.env.NO_COLOR === undefined,
    columns: isTTY ? columns : undefined,
  };
  if (diagnostics.length === 0) return;
  // At once: there may be thousands.
  const said = diagnostics.map((d) => `${json ? jsonDiagnostic(d) : printDiagnostic(d, how)}\n`).join('');
  (json ? process.stdout : process.stderr).write(said);
}

function summary(result: Awaited<ReturnType<typeof build>>, errors: number, seconds: string): string {
  const warnings = result.diagnostics.length - errors;
  const found = [errors > 0 ? counted(errors, 'error') : '', warnings > 0 ? counted(warnings, 'warning') : '']
    .filter(Boolean)
    .join(', ');
  const out = relative(process.cwd(), result.out) || '.';
  if (!result.published) return `${found}. Nothing was published; ${out} is as it was.`;
  const changed =
    result.unchanged && result.written === 0
      ? 'nothing changed'
      : `${counted(result.written, 'file')} written${result.deleted > 0 ? `, ${result.deleted} deleted` : ''}`;
  const head = `${counted(result.notes, 'note')}, ${counted(result.pages, 'page')} in ${seconds} s (${changed})`;
  return `${head}${found ? `; ${found}` : ''}.`;
}

/** The command that serves what was built just now, for the same folder to be typed in. */
function previewOf(site: string, { out, base, url }: { out?: string; base?: string; url?: string }): string {
  const below = base ?? (url && new URL(url).pathname);
  return [
    'npx postil preview',
    ...(site === '.' ? [] : [shellWord(site)]),
    ...(out === undefined ? [] : ['--out', shellWord(out)]),
    ...(below === undefined ? [] : ['--base', below]),
  ].join(' ');
}
