/** What a command is: one shape from which the parser, `--help`, shell completion and `docs/commands.md` are made. */

import { type ParseArgsConfig, parseArgs } from 'node:util';
import { suggest } from '../diagnostics/suggest.ts';
import { Usage } from './usage.ts';

export interface Option {
  type: 'string' | 'boolean';
  short?: string;
  /** Name of the value in help: `DIR`. */
  value?: string;
  doc: string;
}

type Options = Record<string, Option>;
type Values<O extends Options> = { [K in keyof O]?: O[K]['type'] extends 'boolean' ? boolean : string };

export interface Command<O extends Options = Options> {
  name: string;
  /** Other names that hands know. */
  aliases?: string[];
  /** What stands after the name: `[site]`. */
  usage: string;
  /** One line. */
  summary: string;
  options: O;
  /** Positional arguments at most. Default: 1. */
  positionals?: number;
  /** @returns the exit code */
  run(values: Values<O>, positionals: string[]): Promise<number>;
}

/** Keeps the types of the options for `run`. */
export function defineCommand<const O extends Options>(command: Command<O>): Command<O> {
  return command;
}

/**
 * Parses arguments and runs a command.
 *
 * @throws Usage when the arguments are wrong
 */
export async function runCommand(command: Command, args: string[]): Promise<number> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(helpOf(command));
    return 0;
  }
  const { values, positionals } = parseArguments(command, args);
  return command.run(values, positionals);
}

/** @throws Usage when the arguments are not those of the command */
export function parseArguments(
  command: Command,
  args: string[],
): { values: Values<Options>; positionals: string[] } {
  const options: NonNullable<ParseArgsConfig['options']> = {};
  for (const [name, { type, short }] of Object.entries(command.options)) {
    options[name] = { type, ...(short && { short }) };
  }
  let parsed: { values: Record<string, unknown>; positionals: string[] };
  try {
    parsed = parseArgs({ args, options, allowPositionals: true, strict: true });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const unknown = /'(-[^']*)'/.exec(message)?.[1];
    if (code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' && unknown) {
      const [near] = suggest(unknown.replace(/^-+/, ''), Object.keys(options));
      throw new Usage(`unknown option ${unknown}${near ? `; did you mean --${near}?` : ''}`, command.name);
    }
    const [, flag] = /^Option '(?:-\w, )?(-\w|--[\w-]+)/.exec(message) ?? [];
    const name = Object.keys(options).find((n) => `--${n}` === flag || `-${options[n]!.short}` === flag);
    if (code === 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE' && name !== undefined) {
      const { type, value } = command.options[name]!;
      const option = `--${name}`;
      // Node takes what begins with a dash for another option.
      const dashed = /ambiguous/.test(message) ? `; if it begins with “-”, ${option}=${value}` : '';
      throw new Usage(
        type === 'string'
          ? `${option} needs a value: ${option} ${value}${dashed}`
          : `${option} takes no value`,
        command.name,
      );
    }
    throw new Usage(message.split('\n')[0]!.replace(/\. .*$/, ''), command.name);
  }
  const most = command.positionals ?? 1;
  const extra = parsed.positionals[most];
  if (extra !== undefined) throw new Usage(`“${extra}” is one argument too many`, command.name);
  return { values: parsed.values as Values<Options>, positionals: parsed.positionals };
}

/** @throws Usage when the text is no whole number from `least` on */
export function wholeNumber(name: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < least) {
    throw new Usage(`--${name} must be a whole number from ${least} on, not “${text}”`);
  }
  return value;
}

/** @throws Usage when the text is no number that a port can have; 0 stands for any free one */
export function portNumber(text: string | undefined, otherwise: number): number {
  const port = wholeNumber('port', text, 0) ?? otherwise;
  if (port > 65_535) throw new Usage(`--port must be at most 65535, not “${text}”`);
  return port;
}

/** The options as lines of help. */
export function optionLines(command: Command): [flag: string, doc: string][] {
  return Object.entries(command.options).map(([name, { short, value, doc }]) => [
    `${short ? `-${short}, ` : ''}--${name}${value ? ` ${value}` : ''}`,
    doc,
  ]);
}

function helpOf(command: Command): string {
  const lines = optionLines(command);
  const column = Math.max(0, ...lines.map(([flag]) => flag.length)) + 2;
  const also = command.aliases?.length ? ` (also ${command.aliases.join(', ')})` : '';
  return [
    `postil ${command.name} ${command.usage}`.trimEnd() + also,
    '',
    `  ${command.summary}`,
    ...(lines.length > 0 ? ['', ...lines.map(([flag, doc]) => `  ${flag.padEnd(column)}${doc}`)] : []),
    '',
  ].join('\n');
}
