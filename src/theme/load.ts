/** Compiled templates → a theme whose failures have a place in the site's own file. */

import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { SourceMapPayload } from 'node:module';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Theme } from '../../templates/theme.ts';
import { importModule } from '../bundled.ts';
import { themeError } from '../diagnostics/messages.ts';
import { hash } from '../hash.ts';
import { originalPlaces } from '../stack.ts';
import type { ServerCode } from './compile.ts';
import { TemplateError } from './fault.ts';

/**
 * @param folder where the module is put: Node loads modules from files
 * @param own paths of the site's files below `templates/`: only these are named in messages
 * @throws TemplateError when the templates fail while they are loaded
 */
export async function loadServer(
  { code, map }: ServerCode,
  folder: string,
  own: ReadonlySet<string>,
): Promise<Theme> {
  const file = join(folder, `${hash(code)}.mjs`);
  if (!existsSync(file) || readFileSync(file, 'utf8') !== code) {
    // Those of earlier states are loaded or of no more use.
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(`${file}.${process.pid}`, code);
    renameSync(`${file}.${process.pid}`, file);
  }
  const url = pathToFileURL(file).href;
  const located = (error: unknown, page?: string) => {
    const message = error instanceof Error ? error.message : String(error);
    return new TemplateError(
      themeError(placeOf(error, basename(file), map, own), message.split('\n')[0]!, page),
    );
  };
  let theme: Theme;
  try {
    ({ theme } = await importModule<{ theme: Theme }>(url));
  } catch (error) {
    throw located(error);
  }
  return {
    ...theme,
    render: (kind, view) => {
      try {
        return theme.render(kind, view);
      } catch (error) {
        throw located(error, 'title' in view ? `the page “${view.title}”` : kind);
      }
    },
  };
}

/** Where in the site's files an error came up: the innermost call that stands in one of them. */
function placeOf(error: unknown, name: string, map: string, own: ReadonlySet<string>) {
  for (const place of originalPlaces(error, name, JSON.parse(map) as SourceMapPayload)) {
    const path = place.file.replace(/^.*?templates\//, '');
    if (own.has(path)) return { ...place, file: `templates/${path}` };
  }
  return {};
}
