/**
 * What Mermaid lets people write inside labels and the library does not read. Signs that it would take for its own
 * language go through it as characters for private use, and are put back into what it drew.
 */

/** Of a sign's code, its stand-in. */
const BASE = 0xf700;
const HIDDEN = /[\uF721-\uF77E\uF7A0-\uF7FF]/g;

/** Signs by name; Mermaid knows all of HTML's, of which few are written. */
const NAMED = new Map(Object.entries({ quot: '"', amp: '&', lt: '<', gt: '>', apos: "'", nbsp: '\u00A0' }));
/** `#quot;`, `#35;`, and as HTML has it; the digits of a colour before a `;` are none. */
const ENTITY = /(?<!(?:fill|stroke|color|background)[ \t]*:[ \t]*)(?:&?#(\w+)|&(quot|amp|lt|gt|apos|nbsp));/g;
/** `` "`…`" `` on one line. */
const MARKDOWN = /"`([^`"\n]*)`"/g;
/** What the library takes for emphasis everywhere, as Mermaid does only in Markdown. */
const EMPHASIS = /(?<!\*)(\*{1,2})(?=[^\s*])[^*\n]*[^\s*]\1(?!\*)|~~[^~\n]+~~/g;
/** Kinds in whose labels it looks for emphasis, with what stands before the label in a line. */
const EMPHASISED = /^\s*(?:(?:graph|flowchart)|(stateDiagram|sequenceDiagram))\b/m;

/** Formulas, icons, and emphasis by `_` in Markdown. */
const UNREAD = /\$\$.+?\$\$|\bfa[bklrs]?:fa-[\w-]+|"`(?:[^`"\n]*[^\p{L}\p{N}`"\n])?_[^`"\n]*`"/u;

/** @returns a sign's stand-in, which means nothing to the library; signs beyond Latin-1 are nowhere part of the language, and stand for themselves */
export function hide(sign: string): string {
  const code = sign.codePointAt(0)!;
  return code > 0xff ? sign : String.fromCharCode(BASE + code);
}

/**
 * @param print how a sign is written in what was drawn
 * @returns a text with the signs that were hidden
 */
export function reveal(text: string, print: (sign: string) => string): string {
  return text.replace(HIDDEN, (c) => print(String.fromCharCode(c.charCodeAt(0) - BASE)));
}

/** Before the label of a parallelogram, which goes through the library as a trapezoid. */
export const LEANING = '\uF77F';
const TRAPEZOID = new RegExp(
  `(data-label="${LEANING}[^"]*" data-shape="[\\w-]+">\\s*<polygon points="\\S+) ([^,\\s]+),(\\S+) ([^,\\s]+),(\\S+)`,
  'g',
);

/** @returns what was drawn, with parallelograms */
export function lean(svg: string): string {
  return svg.replace(TRAPEZOID, '$1 $4,$3 $2,$5').replaceAll(LEANING, '');
}

/** @returns of a line what Mermaid shows otherwise than as letters, and we cannot */
export function unreadLabel(line: string): string | undefined {
  const found = UNREAD.exec(line)?.[0];
  if (found !== undefined) return found;
  return [...line.matchAll(ENTITY)].find(([, name, plain]) => signOf(name ?? plain!) === undefined)?.[0];
}

/** @returns a diagram whose labels the library reads as Mermaid does */
export function readLabels(source: string): string {
  const read = source.replace(ENTITY, (whole, name: string | undefined, plain: string) => {
    const sign = signOf(name ?? plain);
    return sign === undefined ? whole : hide(sign);
  });
  const kind = EMPHASISED.exec(read);
  if (!kind) return read;
  const isGraph = kind[1] === undefined;
  return read
    .split('\n')
    .map((line) => {
      // Outside labels, `[*]` is a state.
      const from = isGraph ? 0 : line.indexOf(':') + 1 || line.length;
      const texts = line.slice(from).split(MARKDOWN);
      const labels = texts.map((text, i) => (i % 2 === 1 ? `"${text}"` : text.replace(EMPHASIS, hideStars)));
      return line.slice(0, from) + labels.join('');
    })
    .join('\n');
}

const hideStars = (text: string): string => text.replace(/[*~]/g, hide);

/** `undefined` for names that are not known here, and for what is no letter at all. */
function signOf(name: string): string | undefined {
  if (!/^\d/.test(name)) return NAMED.get(name);
  const code = Number(name);
  if (code < 0x21 || (code > 0x7e && code < 0xa0) || code > 0x10ffff) return undefined;
  return /[\p{C}\uFFFE\uFFFF]/u.test(String.fromCodePoint(code)) ? undefined : String.fromCodePoint(code);
}
