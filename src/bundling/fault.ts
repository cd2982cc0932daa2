/** What Vite says of files of the site that it cannot bundle, templates and plugins, as a place and a cause. */

import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { isAbsolute, relative, resolve } from 'node:path';
import { literal } from '../literal.ts';

/** Why it could not be bundled, and where. */
export interface Fault {
  message: string;
  /** Path below the first of the folders in which it lies; the name of a module that is no file. */
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
 * @param folders where the files lie, the site's last
 * @returns what it says, about which of them; about a file that lies elsewhere, in the message
 */
export function faultOf(error: unknown, folders: string[]): Fault {
  const whole = error as BuildError;
  const { message: said = String(error), id, loc } = whole.errors?.[0] ?? whole;
  const plain = said.replace(/\u001b\[[\d;]*m/g, '');
  // The compiler names the file in its drawing of the place only: `╭─[ path:3:27 ]`, from where the process stands.
  const drawn = /─\[ (.+?):(\d+):(\d+) \]/.exec(plain);
  const importer = /failed to resolve import "[^"]+" from "([^"]+)"/.exec(plain)?.[1];
  const named = (loc?.file ?? id ?? importer)?.replace(/[?#].*$/, '').replace(/^\0/, '');
  const file = named ?? (drawn ? fileOrName(drawn[1]!) : undefined);
  const isFile = file !== undefined && isAbsolute(file);
  const roots = folders.flatMap((folder) => [folder, realpathSync(folder)]);
  const path = isFile ? roots.map((root) => pathFrom(root, file)).find(isBelow) : file;
  const specifier = /resolve (?:import )?['"]([^'"]+)['"]/.exec(plain)?.[1]?.replace(below(roots), '');
  // Messages name files whole, or from where the process stands; “..” may as well begin what a file imports.
  const near = roots.map((root) => pathFrom(process.cwd(), root)).filter((root) => /[^./]/.test(root));
  const text = plain.replace(below([...roots, ...near]), '');
  // The place tells it, unless it is far away.
  const where = ` in ${path ?? (isFile ? pathFrom(roots.at(-1)!, file) : '')}`;
  const message = (text.split('\n').find((l) => l.trim() !== '') ?? text)
    .replace(/^\[[\w:-]+\]:? /, '')
    .replace(/^postcss-import: \S+ /, '');
  const alone = message.endsWith(where) ? message.slice(0, -where.length) : message;
  const fault: Fault = {
    message: isFile && path === undefined ? alone + where : alone,
    ...(path && { path }),
    ...(specifier && { specifier }),
  };
  // The place of an import is that in the code after its types were taken out: look for it where it was written.
  const place = (isFile && path !== undefined && specifier && find(file, specifier)) || undefined;
  if (place) return { ...fault, ...place };
  if (drawn) return { ...fault, line: Number(drawn[2]), column: Number(drawn[3]) };
  return loc?.line === undefined ? fault : { ...fault, line: loc.line, column: (loc.column ?? 0) + 1 };
}

const pathFrom = (folder: string, file: string) => relative(folder, file).replaceAll('\\', '/');
const isBelow = (path: string) => !path.startsWith('..') && !isAbsolute(path);

/** A file by its whole path; what is no file, by its name. */
function fileOrName(drawn: string): string {
  const file = resolve(drawn);
  return existsSync(file) ? file : drawn;
}

/** Finds where paths of files in the folders begin; of folders in each other, the inner ones come first. */
function below(folders: string[]): RegExp {
  return new RegExp(`(?<![^\\s"'(])(?:${folders.map(literal).join('|')})/`, 'g');
}

function find(file: string, specifier: string): { line: number; column: number } | undefined {
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, 'utf8').split('\n');
  const line = lines.findIndex((l) => l.includes(`'${specifier}'`) || l.includes(`"${specifier}"`));
  return line === -1 ? undefined : { line: line + 1, column: lines[line]!.indexOf(specifier) + 1 };
}
