/** Compiled templates → a theme whose failures have a place in the site's own file. */

import { writeFileSync } from 'node:fs';
import type { SourceMapPayload } from 'node:module';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Theme } from '../../templates/theme.ts';
import { importModule } from '../bundled.ts';
import { originalPlaces } from '../bundling/stack.ts';
import { themeError } from '../diagnostics/messages.ts';
import { discard } from '../disk-error.ts';
import { hash } from '../hash.ts';
import type { ServerCode } from './compile.ts';
import { TemplateError } from './fault.ts';
import { ownPlace } from './own-place.ts';

/**
 * @param work `.postil/theme`, where the module lies while it is loaded: Node loads modules from files
 * @param own paths of the site's files below `templates/`: only these are named in messages
 * @throws TemplateError when the templates fail while they are loaded
 */
export async function loadServer(
  { code, map }: ServerCode,
  work: string,
  own: ReadonlySet<string>,
): Promise<Theme> {
  // By the same name again, as long as it says the same: Node keeps every module that it has loaded.
  const file = ownPlace(work, `${hash(code)}.mjs`);
  writeFileSync(file, code);
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
  } finally {
    discard(file);
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
