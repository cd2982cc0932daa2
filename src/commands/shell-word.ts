/** What commands print for somebody to type. */

/** A path as a shell takes it for one word, and for no option. */
export function shellWord(path: string, platform = process.platform): string {
  const word = path.startsWith('-') ? `./${path}` : path;
  if (/^[\p{L}\p{N}_./+@-]+$/u.test(word)) return word;
  // The one kind of quotation mark that both shells of Windows know; no name there holds one.
  return platform === 'win32' ? `"${word}"` : `'${word.replaceAll("'", "'\\''")}'`;
}
