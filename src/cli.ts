/** The door: finds the command, prints what it says, sets the exit code. Loads nothing that a command does not need. */

import { exitCodeOf, Usage } from './commands/usage.ts';

const COMMANDS: Record<string, () => Promise<{ run(args: string[]): Promise<number> }>> = {
  build: () => import('./commands/build.ts'),
  preview: () => import('./commands/preview.ts'),
};
/** Names that hands know from Hexo and others. */
const ALIASES: Record<string, string> = { b: 'build', g: 'build', generate: 'build' };

const HELP = `postil: turns a folder of Markdown notes into a site

  postil build [site]      build the site in a folder (default: this one) into its dist/
      --out DIR            output folder
      --base /x/           path below which the site will lie
      --drafts             publish drafts too
      --strict             warnings are errors
      --jobs N             worker threads (default: one a core)
      --json               messages as JSON lines
      --quiet              errors only
  postil preview [site]    serve the built site on this machine
      --port N             port (default: 4173)
      --out DIR            folder to serve (default: dist)
  postil --version
  postil --help

Exit codes: 0 fine, 1 errors in content, 2 usage or configuration, 3 a bug of Postil, 4 disk or permission.
`;

async function main(args: string[]): Promise<number> {
  const [name = '', ...rest] = args;
  if (name === '--version' || name === '-v') {
    const { version } = await import('./package.ts');
    process.stdout.write(`${version}\n`);
    return 0;
  }
  if (name === '' || name === '--help' || name === '-h' || name === 'help' || rest.includes('--help')) {
    process.stdout.write(HELP);
    return name === '' ? 2 : 0;
  }
  const load = COMMANDS[ALIASES[name] ?? name];
  if (!load) {
    const { suggest } = await import('./diagnostics/suggest.ts');
    const [near] = suggest(name, Object.keys(COMMANDS));
    throw new Usage(`unknown command “${name}”${near ? `; did you mean “${near}”?` : ''}`);
  }
  return (await load()).run(rest);
}

// A reader that stops reading (`| head`) is no fault of ours and no reason for a stack trace.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 4));

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const { code, message } = exitCodeOf(error);
  process.stderr.write(`${message}\n`);
  process.exitCode = code;
}
