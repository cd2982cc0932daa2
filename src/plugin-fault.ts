/** What a plugin of the site did wrong at a note, told as the plugin's fault, with the place in its file. */

import type { SourceMapPayload } from 'node:module';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Position } from 'unist';
import type { VFile } from 'vfile';
import { importModule } from './bundled.ts';
import { originalPlaces } from './bundling/stack.ts';
import type { LoadedPlugins } from './compile/options.ts';
import type { At } from './diagnostics/messages/define.ts';
import { pluginFailed, pluginMessage } from './diagnostics/messages.ts';
import type { Diagnostic } from './model.ts';

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

/** What `file.message()` and `file.fail()` make; its place is a plugin's, which may leave out anything. */
interface Message {
  reason: string;
  /** `true` for `fail`, `false` for `message`. */
  fatal: boolean | null | undefined;
  line?: number | undefined;
  column?: number | undefined;
  place?: Partial<Position> | undefined;
  source?: string | undefined;
  ruleId?: string | undefined;
}

/** The note as a message names it. */
type Noted = { file: string; text: string; bodyLine: number };

/** @returns the place in the note that `file.message(reason, node)` or `file.fail` names; of other things, none */
export function atOfMessage(note: Noted, message: unknown): At | undefined {
  const { fatal, line, column, place } = (message ?? {}) as Partial<Message>;
  if (fatal === undefined || typeof line !== 'number' || typeof column !== 'number') return undefined;
  const length = place?.end?.line === line ? Math.max(1, place.end.column - column) : 1;
  return { file: note.file, text: note.text, line: line + note.bodyLine, column, length };
}

/** @returns what plugins said of a note with `file.message()`, as warnings; `file.info()` asks for no change */
export function pluginMessages(note: Noted, file: VFile): Diagnostic[] {
  return (file.messages as Message[]).flatMap((m) => {
    if (m.fatal !== false) return [];
    const by = [m.source, m.ruleId].filter(Boolean).join(':');
    return [pluginMessage(atOfMessage(note, m) ?? { file: note.file }, by, m.reason.split('\n')[0]!)];
  });
}

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
    at.line !== undefined
      ? 'mend this place of the note, or the plugin that finds fault with it'
      : place && `look at ${place.file}:${place.line}:${place.column}`,
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
