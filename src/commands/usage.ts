/** Errors of the command line, and the exit code of every kind of error. */

import { OptionError } from '../build-options.ts';
import { Interrupted } from './interrupt.ts';

/** The command line is wrong: exit 2. */
export class Usage extends Error {
  /** The command whose help says more, if it is one's. */
  readonly command: string | undefined;
  constructor(message: string, command?: string) {
    super(message);
    this.command = command;
  }
}

/** Codes of system calls that fail for reasons outside Postil. */
const ENVIRONMENT =
  /^E(?:NOSPC|DQUOT|ACCES|PERM|ROFS|IO|NOTDIR|ISDIR|MFILE|NFILE|BUSY|LOOP|NAMETOOLONG|NOENT|EXIST|NOTEMPTY|ADDRINUSE|ADDRNOTAVAIL|NOTFOUND|AI_AGAIN|XDEV)$/;

/** What to print and with which code to end, for an error that nobody caught. */
export function exitCodeOf(error: unknown): { code: number; message: string } {
  if (error instanceof Usage) {
    const help = error.command ? `postil ${error.command} --help` : 'postil --help';
    return { code: 2, message: `error[usage] ${error.message}\n  hint: ${help}` };
  }
  // The options of a command are those of the library.
  if (error instanceof OptionError) return exitCodeOf(new Usage(`--${error.message}`));
  // Who ended it knows.
  if (error instanceof Interrupted) return { code: error.code, message: '' };
  const { code = '', message = String(error), name = '', stack = '' } = error as NodeJS.ErrnoException;
  if (name === 'Locked') return { code: 4, message: `error[environment] ${message}` };
  if (ENVIRONMENT.test(code)) return { code: 4, message: `error[environment] ${message}` };
  return { code: 3, message: `error[bug] this is a fault of Postil, please report it: ${message}\n${stack}` };
}
