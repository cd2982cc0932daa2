/** `postil theme`: Postil's own templates and style, to be replaced by files of the site. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { suggest } from '../diagnostics/suggest.ts';
import { marked, markOf, original, replaceable, versionOf } from '../theme/files.ts';
import { makeWhole, writeWhole } from '../whole-file.ts';
import { checkSite } from './build.ts';
import { defineCommand } from './command.ts';
import { Usage } from './usage.ts';

export const command = defineCommand({
  name: 'theme',
  usage: '[list|show|eject|mark] [FILE]',
  summary:
    'replace a template or style of Postil by a file of the site: list them, show, copy (eject), mark as up to date',
  options: {
    site: { type: 'string', value: 'DIR', doc: 'the site (default: this folder)' },
  },
  positionals: 2,
  run: async ({ site = '.' }, [action = 'list', name]) => {
    checkSite(site);
    if (action === 'list') {
      for (const path of replaceable()) process.stdout.write(`${stateOf(site, path)}  ${path}\n`);
      return 0;
    }
    if (!/^(?:show|eject|mark)$/.test(action))
      throw new Usage(`“${action}” is none of list, show, eject, mark`, 'theme');
    if (!name) throw new Usage(`name a file, for example: postil theme ${action} note.tsx`, 'theme');
    const path = name.replace(/^(?:\.\/)?(?:templates\/)?/, '');
    const theirs = original(path);
    if (theirs === undefined) {
      const [near] = suggest(path, replaceable());
      throw new Usage(`Postil has no template “${path}”${near ? `; did you mean “${near}”?` : ''}`, 'theme');
    }
    if (action === 'show') {
      process.stdout.write(theirs);
      return 0;
    }
    const file = join(site, 'templates', path);
    const there = existsSync(file);
    if (action === 'eject' && there) throw new Usage(`templates/${path} is there already`, 'theme');
    if (action === 'mark' && !there)
      throw new Usage(`templates/${path} is not there; “postil theme eject ${path}” makes it`, 'theme');
    const contents = marked(path, there ? readFileSync(file, 'utf8') : theirs, versionOf(theirs));
    if (there) writeWhole(file, contents);
    else makeWhole(file, contents);
    process.stdout.write(`${there ? 'marked' : 'made'}  templates/${path}\n`);
    return 0;
  },
});

/** How a file of the site stands to Postil's. */
function stateOf(site: string, path: string): string {
  const file = join(site, 'templates', path);
  if (!existsSync(file)) return '        ';
  const mark = markOf(readFileSync(file, 'utf8'));
  return mark === versionOf(original(path)!) ? 'replaced' : 'outdated';
}
