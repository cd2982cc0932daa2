/** What Vite says of files of the site that it cannot bundle, templates and plugins, as a place and a cause. */

import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';

/** Why it could not be bundled, and where. */
export interface Fault {
  message: string;
  /** Path below the folder of the files; the name of a module that is no file. */
  path?: string;
  line?: number;
  column?: number;
  /** The import that leads nowhere. */
  specifier?: string;
}

interface BuildError {
  message?: string;
  id?: string;
  loc?: { file?: string; line?: number; column?: number };
  errors?: BuildError[];
  stack?: string;
}

/**
 * @param error what Vite threw
 * @param base the folder of the files
 * @returns what it says, about which of them
 */
export function faultOf(error: unknown, base: string): Fault {
  const whole = error as BuildError;
  const { message = String(error), id, loc } = whole.errors?.[0] ?? whole;
  const plain = message.replace(/\u001b\[[\d;]*m/g, '');
  // The compiler names the file in its drawing of the place only: `╭─[ path:3:27 ]`.
  const drawn = /─\[ (?:.*[/\\]templates[/\\])?(.+?):(\d+):(\d+) \]/.exec(plain);
  const importer = /failed to resolve import "[^"]+" from "([^"]+)"/.exec(plain)?.[1];
  const text = plain.replaceAll(`${base}/`, '');
  const file = (loc?.file ?? id ?? importer)?.replace(/[?#].*$/, '').replace(/^\0/, '');
  const path = file && isAbsolute(file) ? relative(base, file).replaceAll('\\', '/') : (file ?? drawn?.[1]);
  const specifier = /resolve (?:import )?['"]([^'"]+)['"]/.exec(text)?.[1];
  const fault: Fault = {
    message: (text.split('\n').find((l) => l.trim() !== '') ?? text)
      .replace(/^\[[\w:-]+\] /, '')
      .replace(/^postcss-import: \S+ /, '')
      .replace(/ in (?:\S*[/\\])?templates[/\\]\S+$/, ''),
    ...(path && !path.startsWith('..') && { path }),
    ...(specifier && { specifier }),
  };
  // The place of an import is that in the code after its types were taken out: look for it where it was written.
  const place = (fault.path && specifier && find(join(base, fault.path), specifier)) || undefined;
  if (place) return { ...fault, ...place };
  if (drawn) return { ...fault, line: Number(drawn[2]), column: Number(drawn[3]) };
  return loc?.line === undefined ? fault : { ...fault, line: loc.line, column: (loc.column ?? 0) + 1 };
}

function find(file: string, specifier: string): { line: number; column: number } | undefined {
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const line = lines.findIndex((l) => l.includes(`'${specifier}'`) || l.includes(`"${specifier}"`));
  return line === -1 ? undefined : { line: line + 1, column: lines[line]!.indexOf(specifier) + 1 };
}
