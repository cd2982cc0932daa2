/** The door: finds the command, prints what it says, sets the exit code. Loads nothing that a command does not need. */

import { keepCode } from './bundled.ts';
import { aliases, commands } from './commands/commands.ts';
import { exitCodeOf, Usage } from './commands/usage.ts';
import { optimise } from './optimiser.ts';

async function main(args: string[]): Promise<number> {
  const [name = '', ...rest] = args[0] === 'help' && args[1] ? [args[1], '--help'] : args;
  if (name === '--version' || name === '-v') {
    const { version } = await import('./package.ts');
    process.stdout.write(`${version}\n`);
    return 0;
  }
  if (name === '' || name === '--help' || name === '-h' || name === 'help') {
    const { overview } = await import('./commands/help.ts');
    process.stdout.write(await overview());
    return name === '' ? 2 : 0;
  }
  const load = commands[aliases[name] ?? name];
  if (!load) {
    const { suggest } = await import('./diagnostics/suggest.ts');
    const [near] = suggest(name, Object.keys(commands));
    throw new Usage(`unknown command “${name}”${near ? `; did you mean “${near}”?` : ''}`);
  }
  const [{ command }, { runCommand }] = await Promise.all([load(), import('./commands/command.ts')]);
  const code = await runCommand(command, rest);
  // A build that ends well has run what the next one will.
  if (command.name === 'build' && code === 0) keepAllCode();
  return code;
}

/** Once for each of V8's settings: what was compiled under one is of no use under another. */
function keepAllCode(): void {
  keepCode();
  optimise('late');
  keepCode();
}

/** A reader that stops reading (`| head`) is no fault of ours and no reason for a stack trace; a full disk is told of. */
const isLost = (error: NodeJS.ErrnoException | null | undefined) => error != null && error.code !== 'EPIPE';

/**
 * Ends the process, once all it said has been taken. It does not wait for the end by itself, for which all memory is
 * given back piece by piece: a fifth of the time of a build in which nothing changed.
 */
function leave(code: number): void {
  process.stdout.write('', (out) =>
    process.stderr.write('', (err) => process.exit(isLost(out) || isLost(err) ? 4 : code)),
  );
}

/** Runs the command that the command line names, and ends the process with its exit code. */
export async function run(): Promise<void> {
  optimise('late');
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error) => process.exit(isLost(error) ? 4 : 0));
  try {
    leave(await main(process.argv.slice(2)));
  } catch (error) {
    const { code, message } = exitCodeOf(error);
    if (message) process.stderr.write(`${message}\n`);
    leave(code);
  }
}
