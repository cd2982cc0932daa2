/** What a plugin of the site did wrong at a note, told as the plugin's fault, with the place in its file. */

import type { SourceMapPayload } from 'node:module';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import { importModule } from './bundled.ts';
import type { LoadedPlugins } from './compile/options.ts';
import type { At } from './diagnostics/define.ts';
import { pluginFailed } from './diagnostics/messages.ts';
import type { Diagnostic } from './model.ts';
import { originalPlaces } from './stack.ts';

/** A plugin threw, or left something that is no tree. */
export class PluginError extends Error {
  /**
   * @param use the plugin, as postil.yml names it
   * @param thrown what it threw
   */
  constructor(
    readonly use: string,
    readonly thrown: unknown,
  ) {
    super(thrown instanceof Error ? thrown.message : String(thrown));
  }
}

/** @returns the module beside a bundle that holds its source map */
export const mapOf = (bundle: string) => bundle.replace(/\.mjs$/, '.map.mjs');

/**
 * @param at the note
 * @returns the plugin's own message, with the place in its file if the stack tells it
 */
export async function pluginFault(
  at: At,
  { use, thrown, message }: PluginError,
  { file }: LoadedPlugins,
): Promise<Diagnostic> {
  const places = await placesOf(thrown, file);
  const place = places.find((p) => !p.file.includes('node_modules/')) ?? places[0];
  return pluginFailed(
    at,
    use,
    message.split('\n')[0]!,
    place && `${place.file}:${place.line}:${place.column}`,
  );
}

async function placesOf(error: unknown, file: string): Promise<ReturnType<typeof originalPlaces>> {
  try {
    const { default: map } = await importModule<{ default: SourceMapPayload }>(
      pathToFileURL(mapOf(file)).href,
    );
    return originalPlaces(error, basename(file), map);
  } catch {
    // Whoever has no map is told what failed all the same.
    return [];
  }
}
