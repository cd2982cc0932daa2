/**
 * What an import would do, as data: files to write or copy, and a report. The source is never touched; a file
 * that is already there is never overwritten, so that a second run changes nothing.
 */

import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { compare } from '../paths.ts';

export type PlannedFile = { to: string } & ({ contents: string } | { from: string });

export interface Plan {
  files: PlannedFile[];
  /** Every address of the old site, and where it leads now; the same address means it was kept. */
  addresses: { old: string; now: string; note?: string }[];
  /** What was changed in texts, by file. */
  changed: { file: string; what: string }[];
  /** What could not be carried over, and why. */
  lost: { file: string; what: string }[];
}

/** A plan to do nothing, for an importer to add to. */
export function emptyPlan(): Plan {
  return { files: [], addresses: [], changed: [], lost: [] };
}

export interface Done {
  made: string[];
  /** There already, with the same contents. */
  same: string[];
  /** There already, with other contents: left alone. */
  kept: string[];
}

/** Carries a plan out, or only says what it would do. */
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
    mkdirSync(dirname(target), { recursive: true });
    if ('from' in file) copyFileSync(file.from, target);
    else writeFileSync(target, file.contents, { flag: 'wx' });
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

/** Files below a folder, with `/`, sorted; links and hidden ones left out. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: false, withFileTypes: true })
    .filter((e) => !e.name.startsWith('.'))
    .sort((a, b) => compare(a.name, b.name))
    .flatMap((e) => {
      if (e.isDirectory()) return filesBelow(join(folder, e.name)).map((p) => `${e.name}/${p}`);
      return e.isFile() ? [e.name] : [];
    });
}
