/** Where in a text something stands, as editors count. */

/** @returns the line and the column, both from 1, columns in units of a string, of an offset from 0 */
export function placeAt(text: string, offset: number): { line: number; column: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}
