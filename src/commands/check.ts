/** `postil check [site]`: everything that build would say, and more, without writing the site. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../build.ts';
import { CONFIG_FILE } from '../config/file.ts';
import { counted } from '../counted.ts';
import { compareDiagnostics } from '../diagnostics/messages/define.ts';
import { jsonDiagnostic } from '../diagnostics/print.ts';
import type { Diagnostic } from '../model.ts';
import { version } from '../package.ts';
import { checkSite, printAll } from './build.ts';
import { defineCommand } from './command.ts';
import { exitCodeOf } from './exit-code.ts';
import { interruptible } from './interrupt.ts';
import { progressLine } from './progress.ts';
import { Usage } from './usage.ts';

const FORMATS = ['text', 'json', 'sarif'];

export const command = defineCommand({
  name: 'check',
  usage: '[site]',
  summary: 'say what build would say, and what else an author may want to know; no site is written',
  options: {
    mentions: { type: 'boolean', doc: 'offer links where a note is named without one' },
    external: { type: 'boolean', doc: 'ask other hosts whether links to them still lead somewhere' },
    fix: {
      type: 'boolean',
      doc: 'do what is offered: mentions become links, tags are respelt, remote pictures come home',
    },
    drafts: { type: 'boolean', short: 'D', doc: 'check drafts too' },
    strict: { type: 'boolean', doc: 'warnings are errors' },
    format: { type: 'string', value: 'text|json|sarif', doc: 'how it is said (default: text)' },
    json: { type: 'boolean', doc: 'the same as --format json' },
  },
  run: async (values, [site = '.']) => {
    checkSite(site);
    const format = values.format ?? (values.json ? 'json' : 'text');
    if (!FORMATS.includes(format))
      throw new Usage(`--format is one of ${FORMATS.join(', ')}, not “${format}”`, 'check');
    const line = progressLine(process.stderr, format === 'text');
    const { diagnostics: built, notes } = await build({
      site,
      drafts: values.drafts ?? false,
      strict: values.strict ?? false,
      check: { mentions: (values.mentions || values.fix) ?? false },
      progress: line.show,
      signal: interruptible(),
    }).finally(line.clear);
    const more = await aboutNotes(site, values.external ?? false, values.fix ?? false);
    let diagnostics = [...built, ...more.diagnostics].sort(compareDiagnostics);
    if (values.strict) diagnostics = diagnostics.map((d) => ({ ...d, severity: 'error' as const }));
    const errors = diagnostics.filter((d) => d.severity === 'error');
    const done = (await fix(site, diagnostics, values.fix ?? false)).map((line) => `fixed ${line}`);
    const fixed = [...done, ...more.done].map((line) => `${line}\n`).join('');
    // On standard output it would be in the way of whoever reads the format.
    if (format !== 'text') process.stderr.write(fixed);
    if (format === 'sarif') {
      const { sarif } = await import('../check/sarif.ts');
      const first = diagnostics.find((d) => d.file !== undefined)?.file;
      const whole = existsSync(join(site, CONFIG_FILE)) ? CONFIG_FILE : (first ?? CONFIG_FILE);
      process.stdout.write(sarif(diagnostics, version, whole));
    } else if (format === 'json') for (const d of diagnostics) process.stdout.write(`${jsonDiagnostic(d)}\n`);
    else {
      printAll(diagnostics);
      process.stdout.write(fixed);
      const warnings = diagnostics.length - errors.length;
      process.stdout.write(
        diagnostics.length === 0
          ? `${counted(notes, 'note')}, nothing to say.\n`
          : `${counted(notes, 'note')}, ${counted(errors.length, 'error')}, ${counted(warnings, 'warning')}.\n`,
      );
    }
    return exitCodeOf(errors);
  },
});

async function fix(site: string, diagnostics: Diagnostic[], wanted: boolean): Promise<string[]> {
  if (!wanted) return [];
  const { applyFixes } = await import('../check/fix.ts');
  return applyFixes(site, diagnostics);
}

/** Forgotten drafts, dead links, remote pictures: what only the notes' own text and other hosts can tell. */
async function aboutNotes(
  site: string,
  external: boolean,
  fixing: boolean,
): Promise<{ diagnostics: Diagnostic[]; done: string[] }> {
  const { readNotes } = await import('../check/notes.ts');
  const facts = await readNotes(site, new Date().toISOString().slice(0, 10), external || fixing);
  const diagnostics = [...facts.stale];
  if (external) {
    const { checkExternal } = await import('../check/external.ts');
    const line = progressLine(process.stderr, true);
    const cache = join(site, '.postil', 'links.json');
    diagnostics.push(
      ...(await checkExternal(facts.links, {
        cache,
        now: Date.now(),
        progress: (done, total) => line.show('read', done, total),
      }).finally(line.clear)),
    );
  }
  if (!fixing || facts.pictures.length === 0) return { diagnostics, done: [] };
  const { fetchPictures } = await import('../check/fix.ts');
  return { diagnostics, done: await fetchPictures(site, facts.pictures) };
}
