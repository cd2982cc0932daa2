/** What a build is asked for. */

import type { InspectOptions } from './link/inspect.ts';

export interface BuildOptions {
  /** The site's folder: the one with `posts/` in it. */
  site: string;
  /** Output folder. Default: `dist` in the site. */
  out?: string;
  /** Address of the site, over the configuration: `https://example.org/notes/`. */
  url?: string;
  /** Base path, over the configuration: `/notes/`. */
  base?: string;
  /** Publish drafts too. */
  drafts?: boolean;
  /** Warnings are errors. */
  strict?: boolean;
  /** Worker threads. Default: one a core. */
  jobs?: number;
  /** No other build follows in this process: threads end while files are moved, not after it. */
  last?: boolean;
  /** Ends the build: it throws the signal's reason, with everything as if it had not begun. */
  signal?: AbortSignal;
  /** Write nothing; say also what is worth knowing though it is not wrong. */
  check?: InspectOptions;
  /** Told what is going on, for a progress line. */
  progress?: (
    stage: 'read' | 'compile' | 'emit' | 'write' | 'wait',
    done: number,
    total: number,
    detail?: string,
  ) => void;
}

/** An option that a program gave is not what it must be. */
export class OptionError extends TypeError {
  override readonly name = 'OptionError';

  /**
   * @param option its name
   * @param expected completes "must be …"
   */
  constructor(option: keyof BuildOptions, expected: string, given: unknown) {
    super(`${option} must be ${expected}, not ${typeof given === 'string' ? `“${given}”` : String(given)}`);
  }
}

/** What is checked by its type alone. */
const TYPES = {
  site: ['the path of a folder', (value) => typeof value === 'string' && value !== ''],
  out: ['the path of a folder', (value) => typeof value === 'string' && value !== ''],
  jobs: ['a whole number from 1 on', (value) => Number.isInteger(value) && Number(value) >= 1],
  drafts: ['true or false', (value) => typeof value === 'boolean'],
  strict: ['true or false', (value) => typeof value === 'boolean'],
} satisfies { [K in keyof BuildOptions]?: [expected: string, is: (value: unknown) => boolean] };

/**
 * Checks options as `postil.yml` and the command line are checked.
 *
 * @returns the options, with `/` at both ends of the base path
 * @throws OptionError
 */
export async function checkOptions(options: BuildOptions): Promise<BuildOptions> {
  for (const [name, [expected, is]] of Object.entries(TYPES)) {
    const given = options[name as keyof typeof TYPES];
    if ((given !== undefined || name === 'site') && !is(given))
      throw new OptionError(name as keyof typeof TYPES, expected, given);
  }
  return { ...options, ...(await checkAddress(options)) };
}

/**
 * Checks the address of a site.
 *
 * @returns the base path, if one is given, with `/` at both ends
 * @throws OptionError
 */
export async function checkAddress({
  url,
  base,
}: {
  url?: string | undefined;
  base?: string | undefined;
}): Promise<{ base?: string }> {
  if (url === undefined && base === undefined) return {};
  const { parseBase, parseOrigin } = await import('./config/config.ts');
  if (url !== undefined && (typeof url !== 'string' || parseOrigin(url) === undefined))
    throw new OptionError('url', 'an address such as https://example.org/', url);
  const parsed = typeof base === 'string' ? parseBase(base) : undefined;
  if (base !== undefined && parsed === undefined)
    throw new OptionError('base', 'a path such as /notes/', base);
  return parsed === undefined ? {} : { base: parsed };
}
