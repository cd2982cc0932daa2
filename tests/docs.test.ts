/**
 * The reference pages in docs/ are made from the tables that Postil itself reads, and are compared here: a page
 * that is behind fails. `npm run docs:generate` writes them anew.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { optionLines, parseArguments } from '../src/commands/command.ts';
import { allCommands } from '../src/commands/help.ts';
import { META_FIELDS, PAPER_FIELDS, RESULT_FIELDS } from '../src/compile/meta.ts';
import { CONFIG_FIELDS } from '../src/config/config.ts';
import { definitions } from '../src/diagnostics/messages/define.ts';
import '../src/diagnostics/messages.ts';
import { root } from '../src/package.ts';
import type { Field } from '../src/schema.ts';

const MADE = '<!-- Made by `npm run docs:generate` from the source; edit the source. -->';
const page = (...parts: string[]) => `${MADE}\n\n${parts.join('\n\n')}\n`;

const cell = (text: string) => text.replaceAll('|', '\\|');
const code = (name: string) => `\`${name}\``;

/** One row for each field: name, other names, what it must be, what it is for. */
function table(fields: Record<string, Field<unknown>>): string {
  const aliases = Object.values(fields).some((f) => f.aliases);
  const head = ['Field', ...(aliases ? ['also read as'] : []), 'must be', 'what it does'];
  const rows = Object.entries(fields).map(([name, f]) => [
    code(name),
    ...(aliases ? [(f.aliases ?? []).map(code).join(', ')] : []),
    cell(f.kind.expected),
    cell(f.doc),
  ]);
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const pages: Record<string, () => string | Promise<string>> = {
  'configuration.md': () =>
    page(
      '# Configuration: `postil.yml`',
      'The file lies in the site’s folder, beside `posts/`. It may be absent: every key has a default. An unknown key or a wrong value ends the build with exit code 2 and says where it stands.',
      table(CONFIG_FIELDS),
      'A file `public/CNAME` (as GitHub Pages uses it) gives the address too, and wins over `url`; it holds one bare name, and anything else in it ends the build as a wrong value does; the command line’s `--url` and `--base` win over both. Without any address there is no `sitemap.xml` and no canonical link, and Postil warns.',
    ),
  'front-matter.md': () =>
    page(
      '# Front matter',
      'YAML between two lines of `---` at the start of a note. Every field may be absent. The second column lists names that other tools use for the same thing; where two of them say different things, the first counts and a warning names both. Names are read in any case: `Draft` is `draft`; of two spellings of one name in a note, the first counts. Fields that Postil does not know are left alone, unless they look like a misspelling of one that it does.',
      'An empty value, and an empty item of a list, is as if it were not there. What is plainly another tool’s value is passed over: a link where true or false, a number, a group, a language or one of a few words is wanted, and what is none of these in `type`, `toc`, `comments`, `weight` and `language`. What may be a slip (`toc: no`, `type: pgae`) is an error; so is anything but true and false in `draft` and `publish`, which decide whether a note is seen.',
      table(META_FIELDS),
      '## `paper`',
      'One group of fields, or a list of them. `title` is required.',
      table(PAPER_FIELDS),
      '## `results`',
      'A list. `dataset`, `metric` and `value` are required.',
      table(RESULT_FIELDS),
    ),
  'diagnostics.md': () =>
    page(
      '# Messages',
      'Everything that Postil can find wrong. An error keeps the site from being published; a warning costs one spot of one page, and `--strict` turns it into an error. `postil explain ID` prints these texts too.',
      ...[...definitions]
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map(({ id, severity, explanation }) => `## ${id}\n\n*${severity}.* ${explanation}`),
    ),
  'commands.md': async () =>
    page(
      '# Commands',
      '`postil COMMAND --help`, or `postil help COMMAND`, prints what is here of one command.',
      ...(await allCommands()).map((command) =>
        [
          `## ${`postil ${command.name} ${command.usage}`.trim()}`,
          `${command.summary[0]!.toUpperCase()}${command.summary.slice(1)}.${
            command.aliases
              ? ` Also ${command.aliases.map((name) => code(`postil ${name}`)).join(', ')}.`
              : ''
          }`,
          ...(optionLines(command).length > 0
            ? [
                ['| Option | what it does |', '| --- | --- |']
                  .concat(
                    optionLines(command).map(
                      ([flag, doc]) => `| ${cell(code(flag.trim()))} | ${cell(doc)} |`,
                    ),
                  )
                  .join('\n'),
              ]
            : []),
        ].join('\n\n'),
      ),
      '## Exit codes',
      '| Code | meaning |\n| --- | --- |\n| 0 | fine |\n| 1 | errors in content |\n| 2 | usage or configuration |\n| 3 | a bug of Postil |\n| 4 | the environment: disk, permission |',
    ),
};

describe('docs/', () => {
  it.each(Object.keys(pages))('%s says what the source says', async (name) => {
    await expect(await pages[name]!()).toMatchFileSnapshot(join(root, 'docs', name));
  });

  it('is named in full in the README', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    for (const name of Object.keys(pages)) expect(readme).toContain(`docs/${name}`);
  });
});

describe('README.md', () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');

  it('begins with two commands, one to build and one to test', () => {
    const commands = [...readme.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(([, text]) => text!.trim());
    expect(commands.slice(0, 2)).toEqual(['npm ci && npm run build', 'npm ci && npm test']);
  });

  it('points to files that are there', () => {
    const prose = readme.replace(/^(`{3,})[\s\S]*?^\1$|`[^`\n]*`/gm, '');
    const links = [...prose.matchAll(/(?:\]\(|src="|srcset=")([^)"#\s]+)/g)].map(([, to]) => to!);
    expect(links.length).toBeGreaterThan(8);
    for (const to of links.filter((link) => !/^https?:/.test(link)))
      expect(() => readFileSync(join(root, to)), to).not.toThrow();
  });
});

test('every command that a page names in a sentence is one, with its options and as many arguments as it takes', async () => {
  const known = await allCommands();
  const files = [...readdirSync(join(root, 'docs')).filter((n) => n.endsWith('.md')), '../README.md'];
  let count = 0;
  for (const file of files) {
    const text = readFileSync(join(root, 'docs', file), 'utf8');
    for (const [, line = ''] of text.matchAll(/`(?:(?:npx )?postil|node \S+cli\.js) ([a-z][^`\n]*)`/g)) {
      const [name = '', ...args] = line.split(/\s+/).filter((word) => word !== '…');
      // Not a command: what is asked of one.
      if (name === 'help') continue;
      const command = known.find((c) => c.name === name || c.aliases?.includes(name));
      expect(command, `${file}: postil ${line}`).toBeDefined();
      expect(() => parseArguments(command!, args), `${file}: postil ${line}`).not.toThrow();
      count++;
    }
  }
  expect(count).toBeGreaterThan(20);
});
