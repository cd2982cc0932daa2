/** `postil check [site]`: everything that build would say, and more, without writing the site. */

import { build } from '../build.ts';
import { checkSite, printAll } from './build.ts';
import { defineCommand } from './command.ts';
import { progressLine } from './progress.ts';

export const command = defineCommand({
  name: 'check',
  usage: '[site]',
  summary: 'say what build would say, and what else an author may want to know; nothing is written',
  options: {
    mentions: { type: 'boolean', doc: 'offer links where a note is named without one' },
    drafts: { type: 'boolean', short: 'D', doc: 'check drafts too' },
    strict: { type: 'boolean', doc: 'warnings are errors' },
    json: { type: 'boolean', doc: 'messages as JSON lines' },
  },
  run: async (values, [site = '.']) => {
    checkSite(site);
    const line = progressLine(process.stderr, !values.json);
    const { diagnostics, notes } = await build({
      site,
      drafts: values.drafts ?? false,
      strict: values.strict ?? false,
      check: { mentions: values.mentions ?? false },
      progress: line.show,
    }).finally(line.clear);
    printAll(diagnostics, values.json ?? false);
    const errors = diagnostics.filter((d) => d.severity === 'error');
    if (!values.json) {
      const warnings = diagnostics.length - errors.length;
      process.stdout.write(
        diagnostics.length === 0
          ? `${notes} notes, nothing to say.\n`
          : `${notes} notes, ${errors.length} errors, ${warnings} warnings.\n`,
      );
    }
    return errors.length === 0 ? 0 : errors.some((d) => d.id.startsWith('config/')) ? 2 : 1;
  },
});
