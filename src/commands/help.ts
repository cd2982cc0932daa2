/** `postil --help`: every command in a line or two, from their definitions. */

import { type Command, optionLines } from './command.ts';
import { commands } from './commands.ts';

const EXIT_CODES =
  'Exit codes: 0 fine, 1 errors in content, 2 usage or configuration, 3 a bug of Postil, 4 disk or permission.';

/** All definitions, in the order of the help. */
export async function allCommands(): Promise<Command[]> {
  return Promise.all(Object.values(commands).map(async (load) => (await load()).command));
}

/** What `postil --help` prints: each command with its options, and the exit codes. */
export async function overview(): Promise<string> {
  const out = ['postil: turns a folder of Markdown notes into a site', ''];
  for (const command of await allCommands()) {
    out.push(`  postil ${command.name} ${command.usage}`.trimEnd());
    out.push(`      ${command.summary}`);
    for (const [flag, doc] of optionLines(command)) out.push(`      ${flag.padEnd(16)} ${doc}`);
  }
  out.push('', '  postil COMMAND --help', '  postil --version', '', EXIT_CODES, '');
  return out.join('\n');
}
