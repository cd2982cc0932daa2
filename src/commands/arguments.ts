/** Arguments of a command: parsed by Node, with messages of ours. */

import { type ParseArgsConfig, parseArgs } from 'node:util';
import { suggest } from '../diagnostics/suggest.ts';
import { Usage } from './usage.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * @param options as `util.parseArgs` takes them
 * @returns values of the options, and the site's folder (the one positional argument, default `.`)
 * @throws Usage
 */
export function parseArguments<const O extends Options>(args: string[], options: O) {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true, strict: true });
    if (positionals.length > 1) throw new Usage(`one folder is enough: “${positionals[1]}” is too much`);
    return { values, site: positionals[0] ?? '.' };
  } catch (error) {
    if (error instanceof Usage) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    const unknown = /'(-[^']*)'/.exec(message)?.[1];
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' && unknown) {
      const [near] = suggest(unknown.replace(/^-+/, ''), Object.keys(options));
      throw new Usage(`unknown option ${unknown}${near ? `; did you mean --${near}?` : ''}`);
    }
    throw new Usage(message.split('\n')[0]!.replace(/\. .*$/, ''));
  }
}

/** @throws Usage when the text is no whole number from `least` on */
export function wholeNumber(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least)
    throw new Usage(`--${name} must be a whole number from ${least} on, not “${text}”`);
  return value;
}
