/** Cutting texts without halving a character: rare letters of names (𠮷) and emoji are two units of a string. */

const halves = (text: string, at: number) =>
  /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(at - 1, at + 1));

/**
 * @param from where to begin, in units of a string
 * @param to where to end
 * @returns what stands between; a character that would be halved at either end is left out
 */
export function slice(text: string, from: number, to: number): string {
  return text.slice(halves(text, from) ? from + 1 : from, halves(text, to) ? to - 1 : to);
}

/** @returns at most so many characters of a text on one line, with an ellipsis where it goes on */
export function shorten(text: string, most: number): string {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length <= most) return line;
  const characters = Array.from(line);
  return characters.length <= most ? line : `${characters.slice(0, most).join('')}…`;
}
