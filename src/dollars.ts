/**
 * Which dollars are money. `$` opens a formula in Pandoc, Obsidian and Typora, and stands before an amount in
 * everybody's prose. Pandoc's rule (no blank inside the dollars, no digit after the last) would lose
 * `3$\times$3` and `$ x $`, which Chinese notes are full of, so ours asks what stands between the dollars:
 *
 * 1. Nothing, or only blanks, is no formula.
 * 2. A dollar right after a figure and before a blank or a Chinese character belongs to the figure: `5$和6$`.
 * 3. A dollar that follows a blank or one of `/ : = ( , ; -` and comes right before a letter, a digit or a
 *    backslash opens and does not close: `$HOME/$USER`, `$a and $b`.
 * 4. After an amount (`$50`, `$3.5`), the formula must end without a blank and not right before a digit, and hold
 *    a sign of TeX (`\ ^ _ {`), or else no words, no Chinese and no code: `$50M–$80M` and `$5 and 6$` are money,
 *    `$2\times 3$`, `$10^5个$`, `$0.5$` and `$512$` formulas.
 *
 * What the rule cannot see is written `\$`.
 */

const HAN = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u;
const OPENS = /[\p{L}\p{N}\\{]/u;
/** Words of a sentence; names of functions are none. */
const WORDS =
  /(?:^|\s)(?!(?:sin|cos|tan|log|exp|max|min|mod|lim|arg|det|dim|and\\)\b)[A-Za-z]{3,}(?=[\s.,:;!?]|$)/;

/**
 * @param before the character before the opening dollar, or empty
 * @param content what stands between the dollars
 * @param after the character after the closing dollar, or empty
 * @returns whether `$content$` is a formula
 */
export function isFormula(before: string, content: string, after: string): boolean {
  if (content.trim() === '') return false;
  if (/\d/.test(before) && (HAN.test(content[0]!) || /^\s/.test(content))) return false;
  if (/[\s/:=(,;-]$/.test(content) && !/^\s/.test(content) && OPENS.test(after) && !HAN.test(after))
    return false;
  if (!/^[-+~≈]?\.?\d/.test(content)) return true;
  if (/\s$/.test(content) || /\d/.test(after)) return false;
  if (/[\\^_{]/.test(content)) return true;
  return !HAN.test(content) && !content.includes('`') && !WORDS.test(content);
}

/**
 * The formulas in a line of text that is no Markdown: a title, a description, the metric of a result.
 *
 * @param line of front matter or a bibliography
 * @returns their TeX, and where they stand with their dollars
 */
export function* formulasInLine(line: string): Generator<{ from: number; to: number; tex: string }> {
  for (const { index: from, 0: all, 1: tex = '' } of line.matchAll(/(?<![\\$])\$((?:\\.|[^$\\])+)\$/g)) {
    const to = from + all.length;
    // A control character is a lost backslash, which front matter has reported.
    if (/[\u0000-\u001f]/.test(tex) || !isFormula(line[from - 1] ?? '', tex, line[to] ?? '')) continue;
    yield { from, to, tex };
  }
}

/**
 * `\(…\)` and `\[…\]` are also how Markdown escapes brackets: `\[1\]`, `\[\[x\]\]`, `\(see below\)`.
 *
 * @param plain whether a letter or two without any sign of TeX are a formula: `\(n\)` is, `\[n\]` is not
 * @returns whether what stands between them is TeX
 */
export function isTex(content: string, plain: boolean): boolean {
  // `\_` and its like are escapes of Markdown here, not commands.
  const bare = content.trim().replace(/\\[_*`#<>.()[\]!~+-]/g, '');
  if (bare.replaceAll('\\\\', '').trim() === '' || /^[\d,，、;\s–-]+$/.test(bare)) return false;
  if (/\\[A-Za-z,;:!|{}\\ ]|[\^_=<>{}]/.test(bare)) return true;
  return plain && bare === content.trim() && !HAN.test(bare) && !/[A-Za-z]{3,}/.test(bare);
}
