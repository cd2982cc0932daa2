/**
 * TeX as a line of letters, for places where a formula is told of rather than set: `\frac{QK^\top}{\sqrt{d_k}}` is
 * `QKᵀ/√dₖ`. What has no letter keeps its name, so nothing that a reader could look for is lost.
 */
import { ABOVE, ASIDE, BINOMIAL, BLANK, FRACTION, FUNCTION, PLAIN, SIGNS } from './tex-names.ts';

const UP = pairs(
  '0123456789+-=()abcdefghijklmnoprstuvwxyzTABDEGHIJKLMNOPRUVW′',
  '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵁⱽᵂ′',
);
const DOWN = pairs('0123456789+-=()aehijklmnoprstuvxβγρφχ', '₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ');

function pairs(plain: string, raised: string): Map<string, string> {
  const signs = Array.from(raised);
  return new Map(Array.from(plain).map((letter, i) => [letter, signs[i]!]));
}

/** @returns one line; empty when the formula shows nothing */
export function readableTex(tex: string): string {
  const tokens: string[] = tex.match(/\\(?:[a-zA-Z]+\*?|[\s\S])|\s+|[\s\S]/gu) ?? [];
  let at = 0;

  /** Everything up to the brace that closes, which is read too. */
  const row = (): string => {
    let out = '';
    while (at < tokens.length) {
      if (tokens[at] === '}') {
        at++;
        break;
      }
      out += one();
    }
    return out;
  };
  /** What a command is about: the next group or letter. */
  const argument = (): string => {
    while (/^\s/.test(tokens[at] ?? '')) at++;
    return at < tokens.length && tokens[at] !== '}' ? one().trim() : '';
  };
  const one = (): string => {
    const token = tokens[at++]!;
    if (token === '{') return row();
    if (token === '^') return script(argument(), UP, '^');
    if (token === '_') return script(argument(), DOWN, '_');
    if (token === '&' || token === '~' || /^\s/.test(token)) return ' ';
    return token[0] === '\\' ? command(token.slice(1)) : token;
  };
  const command = (name: string): string => {
    const sign = SIGNS.get(name);
    if (sign !== undefined) return sign;
    if (BLANK.test(name)) {
      // How far below the next line is to stand.
      const end = name === '\\' && tokens[at] === '[' ? tokens.indexOf(']', at) : -1;
      if (end > 0 && /^\[\s*-?[\d.]+\s*[a-z]{2}\s*$/.test(tokens.slice(at, end).join(''))) at = end + 1;
      return ' ';
    }
    if (ASIDE.test(name)) {
      argument();
      // Columns of a table.
      if (name === 'begin' && tokens[at] === '{') argument();
      return ' ';
    }
    if (FRACTION.test(name)) return `${grouped(argument())}/${grouped(argument())}`;
    if (BINOMIAL.test(name)) return `(${argument()} ${argument()})`;
    if (name === 'sqrt') {
      let root = '';
      const end = tokens.indexOf(']', at);
      if (tokens[at] === '[' && end > 0) {
        root = tokens.slice(at + 1, end).join('');
        at = end + 1;
      }
      return `${script(root, UP, '')}√${grouped(argument())}`;
    }
    const above = ABOVE.get(name);
    if (above) {
      const letter = argument();
      return Array.from(letter).length === 1 ? letter + above : letter;
    }
    if (name === 'textcolor') argument();
    // A font or a frame: what it is about comes next. Any other name is read as it stands.
    if (!/^[a-zA-Z]/.test(name)) return name === '|' ? '‖' : name;
    if (PLAIN.test(name) || (tokens[at] === '{' && !FUNCTION.test(name))) return '';
    return /^[([^_]/.test(tokens[at] ?? '') ? name : `${name} `;
  };
  let out = '';
  // A brace that closes nothing is passed over.
  while (at < tokens.length) out += row();
  return out
    .replace(/\s+/g, ' ')
    .replace(/ ([)\],;/^_])|([([]) /g, '$1$2')
    .trim()
    .normalize('NFC');
}

/** Something beside the line: with letters made for it, else behind `sign`. */
function script(text: string, letters: Map<string, string>, sign: string): string {
  const all = Array.from(text, (c) => letters.get(c));
  if (all.every((c) => c !== undefined)) return all.join('');
  return sign + (all.length > 1 && /[^\p{L}\p{N}]/u.test(text) ? `(${text})` : text);
}

/** In brackets, unless it is one thing. */
function grouped(text: string): string {
  return /^(?:[\p{L}\p{N}\p{M}′√₀-₎ₐ-ₜ⁰-ⁿ.]+|\([^()]*\))$/u.test(text) ? text : `(${text})`;
}
