/** Where an error came up, in the files from which a bundle was made. */

import { SourceMap, type SourceMapPayload } from 'node:module';

/**
 * @param error what was thrown; of what has no stack, nothing is known
 * @param name of the bundle's file, as the stack has it
 * @param map of the bundle
 * @returns the calls in the bundle, innermost first: files as the map names them
 */
export function originalPlaces(
  error: unknown,
  name: string,
  map: SourceMapPayload,
): { file: string; line: number; column: number }[] {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const sources = new SourceMap(map);
  return stack.split('\n').flatMap((line) => {
    const at = line.lastIndexOf(name);
    const place = at === -1 ? undefined : /^:(\d+):(\d+)/.exec(line.slice(at + name.length));
    const found = place && sources.findEntry(Number(place[1]) - 1, Number(place[2]) - 1);
    return found && 'originalSource' in found
      ? [{ file: found.originalSource, line: found.originalLine + 1, column: found.originalColumn + 1 }]
      : [];
  });
}
