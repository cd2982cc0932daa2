/** `postil import hexo|obsidian|hugo|zotero PATH`: brings another site into the site in this folder. */

import { existsSync, statSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { counted } from '../counted.ts';
import { carryOut, type Plan, Refused, report } from '../import/plan.ts';
import { writeWhole } from '../whole-file.ts';
import { printAll } from './build.ts';
import { defineCommand } from './command.ts';
import { Usage } from './usage.ts';

const KINDS: Record<
  string,
  {
    plan: (path: string) => Promise<Plan>;
    wants: 'folder' | 'file';
    /** What must be in the folder. */
    sign?: (path: string) => Promise<string>;
  }
> = {
  hexo: {
    plan: async (p) => (await import('../import/hexo.ts')).planHexo(p),
    wants: 'folder',
    sign: async (p) => (await import('../import/hexo-config.ts')).sourceFolder(p),
  },
  obsidian: { plan: async (p) => (await import('../import/obsidian.ts')).planObsidian(p), wants: 'folder' },
  hugo: {
    plan: async (p) => (await import('../import/hugo.ts')).planHugo(p),
    wants: 'folder',
    sign: async () => 'content',
  },
  zotero: { plan: async (p) => (await import('../import/zotero.ts')).planZotero(p), wants: 'file' },
};

const REPORT = 'import-report.md';

export const command = defineCommand({
  name: 'import',
  usage: 'hexo|obsidian|hugo|zotero PATH',
  summary: 'bring another site into the site in this folder; the source is never touched',
  options: {
    site: {
      type: 'string',
      value: 'DIR',
      doc: 'the site (default: this folder; it is made when it is empty)',
    },
    'dry-run': { type: 'boolean', doc: 'print the plan and do nothing' },
  },
  positionals: 2,
  run: async (values, [kind = '', path]) => {
    const importer = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
    if (!importer) throw new Usage(`import what? one of ${Object.keys(KINDS).join(', ')}`, 'import');
    if (!path) throw new Usage(`import ${kind} from where?`, 'import');
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!(importer.wants === 'file' ? stats?.isFile() : stats?.isDirectory()))
      throw new Usage(`“${path}” is no ${importer.wants}`, 'import');
    const site = resolve(values.site ?? '.');
    const source = resolve(path);
    if (`${site}${sep}`.startsWith(`${source}${sep}`))
      throw new Usage('the site cannot lie in what is imported', 'import');
    let plan: Plan;
    try {
      const sign = await importer.sign?.(path);
      if (sign !== undefined && !existsSync(join(path, sign)))
        throw new Usage(`“${path}” has no ${sign}/ folder: it is no ${kind} site`, 'import');
      plan = await importer.plan(path);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      printAll(error.diagnostics);
      return 2;
    }
    printAll(plan.errors);
    const code = plan.errors.length > 0 ? 1 : 0;
    const done = carryOut(plan, site, values['dry-run'] ?? false);
    const text = report(plan, done, kind);
    if (values['dry-run']) {
      process.stdout.write(text);
      return code;
    }
    if (done.made.length > 0) writeWhole(join(site, REPORT), text);
    const moved = plan.addresses.filter((a) => a.old !== a.now).length;
    process.stdout.write(
      `${counted(done.made.length, 'file')} made, ${done.same.length} there already, ${done.kept.length} left alone; ` +
        `${counted(plan.addresses.length, 'address', 'addresses')}, ${moved} of them new; ` +
        `${counted(plan.lost.length, 'thing')} could not be carried over.\n` +
        (done.made.length > 0 ? `The report is in ${REPORT}. Next: npx postil build\n` : ''),
    );
    return code;
  },
});
