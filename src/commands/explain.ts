/** `postil explain ID`: the long form of a message. */

import { definitions } from '../diagnostics/messages/define.ts';
import '../diagnostics/messages.ts';
import { suggest } from '../diagnostics/suggest.ts';
import { defineCommand } from './command.ts';
import { Usage } from './usage.ts';

export const command = defineCommand({
  name: 'explain',
  usage: '[ID]',
  summary: 'say at length what a message means; without ID, list all messages',
  options: {},
  run: async (_values, [id]) => {
    if (id === undefined) {
      for (const d of definitions) process.stdout.write(`${d.severity.padEnd(8)} ${d.id}\n`);
      return 0;
    }
    const found = definitions.find((d) => d.id === id);
    if (!found) {
      const [near] = suggest(
        id,
        definitions.map((d) => d.id),
      );
      throw new Usage(`there is no message “${id}”${near ? `; did you mean “${near}”?` : ''}`, 'explain');
    }
    process.stdout.write(`${found.severity}[${found.id}]\n\n${found.explanation}\n`);
    return 0;
  },
});
