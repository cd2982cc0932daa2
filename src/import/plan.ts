/**
 * What an import would do, as data: files to write or copy, and a report. The source is never touched; a file
 * that is already there is never overwritten, so that a second run changes nothing.
 */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Diagnostic } from '../model.ts';
import { collisionKey, compare } from '../paths.ts';
import { decode } from '../read/decode.ts';
import { makeWhole } from '../whole-file.ts';
import { framesOf } from './text.ts';

export type PlannedFile = { to: string } & ({ contents: string } | { from: string });

export interface Plan {
  files: PlannedFile[];
  /** Every address of the old site, and where it leads now; the same address means it was kept. */
  addresses: { old: string; now: string; note?: string }[];
  /** What was changed in texts, by file. */
  changed: { file: string; what: string }[];
  /** What could not be carried over, and why. */
  lost: { file: string; what: string }[];
  /** Errors of the disk, for the command line to tell; they are in `lost` too. */
  errors: Diagnostic[];
  /** File names of notes that are given away, folded as file systems fold them. */
  names: Set<string>;
}

/** A plan to do nothing, for an importer to add to. */
export function emptyPlan(): Plan {
  return { files: [], addresses: [], changed: [], lost: [], errors: [], names: new Set() };
}

/** What decides the old site's addresses cannot be read: nothing is imported. */
export class Refused extends Error {
  readonly diagnostics: Diagnostic[];
  constructor(diagnostics: Diagnostic[]) {
    super('the configuration cannot be read');
    this.diagnostics = diagnostics;
  }
}

/** Puts into the plan what could not be read, or is a link and not followed. */
export function tell(plan: Plan, diagnostics: Diagnostic[]): void {
  for (const d of diagnostics) plan.lost.push({ file: d.file ?? '', what: d.message });
  plan.errors.push(...diagnostics.filter((d) => d.severity === 'error'));
}

/** Puts into the plan which frames a note has, since they vanish from pages. */
export function tellFrames(plan: Plan, file: string, text: string): void {
  for (const host of framesOf(text))
    plan.lost.push({
      file,
      what: `a frame of ${host} is not shown; link to it, or put a film beside the note`,
    });
}

/**
 * Gives a note its file name, and says so in the plan when it is another than the wanted one.
 *
 * @param wanted `posts/about.md`
 * @returns the same, or `posts/about-2.md` where another note of the plan has that name
 */
export function nameNote(plan: Plan, wanted: string): string {
  let to = wanted;
  for (let n = 2; plan.names.has(collisionKey(to)); n++) to = wanted.replace(/\.md$/, `-${n}.md`);
  plan.names.add(collisionKey(to));
  if (to !== wanted) plan.changed.push({ file: to, what: `another note is called ${wanted}` });
  return to;
}

/**
 * Reads a note of the old site.
 *
 * @param file how the report names it
 * @param wanted file name of the note here
 * @returns its text; `undefined` when it has none, and the plan then copies the bytes, of which a build says the same
 */
export function readNote(plan: Plan, file: string, from: string, wanted: string): string | undefined {
  const read = decode(readFileSync(from), file);
  if ('text' in read) return read.text;
  plan.lost.push({ file, what: `${read.problem.message}; copied as it is, so its address may change` });
  plan.files.push({ to: nameNote(plan, wanted), from });
  return undefined;
}

export interface Done {
  made: string[];
  /** There already, with the same contents. */
  same: string[];
  /** There already, with other contents: left alone. */
  kept: string[];
}

/** Carries a plan out, or only says what it would do. @throws DiskError; what was made by then is whole */
export function carryOut(plan: Plan, site: string, dryRun: boolean): Done {
  const done: Done = { made: [], same: [], kept: [] };
  for (const file of plan.files) {
    const target = join(site, file.to);
    if (existsSync(target)) {
      const wanted = 'from' in file ? readFileSync(file.from) : Buffer.from(file.contents);
      (readFileSync(target).equals(wanted) ? done.same : done.kept).push(file.to);
      continue;
    }
    done.made.push(file.to);
    if (dryRun) continue;
    makeWhole(target, 'from' in file ? file : file.contents);
  }
  return done;
}

/** The report, for people: it is printed and kept as `import-report.md`. */
export function report(plan: Plan, done: Done, name: string): string {
  const out = [`# Import of ${name}`, ''];
  const section = (title: string, lines: string[]) => {
    if (lines.length > 0) out.push(`## ${title} (${lines.length})`, '', ...lines.map((l) => `- ${l}`), '');
  };
  section('Carried over', [...done.made, ...done.same].sort(compare));
  section('Left alone: another file is there already', done.kept);
  section(
    'Changed in the texts',
    plan.changed.map((c) => `${c.file}: ${c.what}`),
  );
  section(
    'Could not be carried over',
    plan.lost.map((l) => `${l.file}: ${l.what}`),
  );
  const kept = plan.addresses.filter((a) => a.old === a.now);
  const moved = plan.addresses.filter((a) => a.old !== a.now);
  section(
    'Addresses that stay',
    kept.map((a) => a.old),
  );
  section(
    'Addresses that change',
    moved.map((a) => `${a.old} → ${a.now}${a.note ? ` (${a.note})` : ''}`),
  );
  return `${out.join('\n').trimEnd()}\n`;
}
