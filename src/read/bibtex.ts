/**
 * BibTeX and BibLaTeX → entries. The parser keeps what is good and says what is not; places are found again in
 * the text, because it names them relative to what it was reading.
 */

import { type Entry, type Library, type Options, parse } from '@retorquere/bibtex-parser';
import { bibliographyCommand, bibliographyEntry, bibliographyTitle } from '../diagnostics/messages.ts';
import { arxivId, bareDoi } from '../identifiers.ts';
import type { BibEntry, Diagnostic, Paper, PaperKind, Place } from '../model.ts';
import { chineseName } from '../people.ts';
import { shorten } from '../shorten.ts';
import { table } from '../table.ts';
import { blanked, boundStrings, type Span } from './bibtex-strings.ts';

export interface AnnotatedEntry extends BibEntry {
  /** Its fields for notes, in which the markup is HTML: the parser's, and that of Zotero. */
  annotations: string[];
}

/**
 * @param text the file
 * @param file how messages name it
 * @returns the entries that have a key and a title, in the order of the file, and what is wrong with the others
 */
export function parseBibtex(text: string, file: string): { entries: BibEntry[]; diagnostics: Diagnostic[] } {
  const { entries, diagnostics } = parseAnnotated(text, file);
  return { entries: entries.map(({ annotations, ...entry }) => entry), diagnostics };
}

/** The same, with what somebody noted in the entries. */
export function parseAnnotated(
  text: string,
  file: string,
): { entries: AnnotatedEntry[]; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const entries: AnnotatedEntry[] = [];
  const hidden = hide(text);
  const { text: input, strings, tooLong } = boundStrings(hidden);
  const all = new Places(hidden);
  const places = new Places(input);
  const commands = new Places(input);
  const unknown = new Map<string, Place[]>();
  for (const span of tooLong)
    diagnostics.push(
      bibliographyEntry({ file, ...all.ofSpan(span) }, 'what its @strings stand for is too long'),
    );
  const { library, broken } = parseWithout(input, strings, {
    sentenceCase: false,
    caseProtection: false,
    unsupported: (node, tex, entry?: Entry) => {
      if (node.type !== 'macro') return '';
      const { content: name } = node;
      const known = textOfCommand(name, tex);
      if (known !== undefined) return known;
      // The field that is being read is the last with a mode.
      const field = entry && Object.keys(entry.mode).at(-1);
      if (entry && field && PRINTED.test(field)) {
        const found = unknown.get(name) ?? [];
        unknown.set(name, found);
        found.push(commands.ofCommand(name, field, entry.input));
      }
      return argumentOf(tex);
    },
  });
  for (const [span, error] of broken)
    diagnostics.push(bibliographyEntry({ file, ...all.ofSpan(span) }, reason(error)));
  if (!library) return { entries, diagnostics };
  for (const [name, [first, ...others]] of unknown) {
    const lines = [...new Set(others.map(({ line }) => line))].filter((line) => line !== first!.line);
    diagnostics.push(bibliographyCommand({ file, ...first }, name, lines));
  }
  for (const { error, input } of library.errors) {
    const place = input ? places.of(input) : places.ofWord(/reference "([^"]+)"/.exec(error)?.[1]);
    diagnostics.push(bibliographyEntry({ file, ...place }, reason(error)));
  }
  for (const entry of library.entries) {
    // A broken entry comes back empty; its error is reported already.
    if (entry.input === '') continue;
    const place = places.of(entry.input);
    const paper = paperOf(entry);
    if (paper) entries.push({ key: show(entry.key), paper, file, place, annotations: annotations(entry) });
    else diagnostics.push(bibliographyTitle({ file, ...place }, show(entry.key)));
  }
  return { entries, diagnostics };
}

/**
 * The parser reports what it cannot read of an entry, but throws at a TeX command in an `@string`.
 *
 * @param strings where the `@string`s are
 * @returns the library without those at which it throws, and these with its words; without all of them when none does
 *   alone; no library when that is no help either
 */
function parseWithout(
  input: string,
  strings: Span[],
  options: Options,
): { library: Library | undefined; broken: [Span, string][] } {
  const attempt = (text: string): Library | string => {
    try {
      return parse(text, options);
    } catch (error) {
      return (error as Error).message;
    }
  };
  const whole = attempt(input);
  if (typeof whole !== 'string') return { library: whole, broken: [] };
  const broken = strings.flatMap((span): [Span, string][] => {
    const alone = attempt(input.slice(span.start, span.end));
    return typeof alone === 'string' ? [[span, alone]] : [];
  });
  for (const left of [broken, strings.map((span): [Span, string] => [span, whole])]) {
    const spans = left.map(([span]) => span);
    const rest = spans.length === 0 ? whole : attempt(boundStrings(blanked(input, spans)).text);
    if (typeof rest !== 'string') return { library: rest, broken: left };
  }
  return { library: undefined, broken: [[{ start: 0, end: 1 }, whole]] };
}

/** Fields of which something is printed. */
const PRINTED =
  /^(?:(?:sub)?title|author|editor|translator|holder|journal(?:title)?|booktitle|series|volume|number|issue|pages|edition|publisher|school|institution|organization|address|location|type)$/;

/** Commands that say how their argument looks, which stands behind them as a group. */
const LOOKS =
  /^(?:math(?:bb|bf|cal|frak|it|ring|scr|sf|tt)|text(?:normal|md|sf|sl)?|operatorname|bm|boldsymbol|pmb|(?:un)?boldmath|bf(?:series)?|sf(?:family)?|(?:rm|tt)family|(?:it|sc|sl|up)shape|normalfont|selectfont|protect|string|(?:display|text|script)style|(?:no)?limits|[bB]igg?[lmr]?|(?:upper|lower)case|Make(?:Upper|Lower)case|natexlab)$/;
const OPERATORS =
  /^(?:arc(?:cos|sin|tan)|arg|cosh?|coth?|csc|deg|det|dim|exp|gcd|hom|inf|ker|lg|lim|liminf|limsup|ln|log|max|min|Pr|sec|sinh?|sup|tanh?)$/;
const ACCENTS: Record<string, string> = table({
  hat: '\u0302',
  widehat: '\u0302',
  tilde: '\u0303',
  widetilde: '\u0303',
});

/**
 * What a command prints of which the parser knows nothing.
 *
 * @param tex the command, with the argument if the parser knows that it has one
 * @returns nothing of one that is not known here either
 */
function textOfCommand(name: string, tex: string): string | undefined {
  if (/^[A-Za-z]*TeX$|^ConTeXt$/.test(name)) return name;
  if (name === 'LaTeXe') return 'LaTeX2e';
  if (name === 'textquotesingle') return "'";
  if (OPERATORS.test(name)) return `${OPERATOR}${name}${OPERATED}`;
  if (/^\s$/.test(name)) return ' ';
  if (name === '|') return '‖';
  const accent = ACCENTS[name];
  if (accent !== undefined) return argumentOf(tex) + accent;
  return LOOKS.test(name) || !/^[A-Za-z]/.test(name) ? argumentOf(tex) : undefined;
}

function argumentOf(tex: string): string {
  return tex.replace(/^\\(?:[A-Za-z@]+|.)/s, '').replace(/[{}]/g, '');
}

/** The parser's sentence without the place, which is counted from elsewhere, and without what it quotes of the file. */
function reason(error: string): string {
  const text = show(error)
    .replace(/ at line \d+, column \d+.*$| @ \{"start".*$/s, '')
    .replace(/\s+/g, ' ');
  if (/^Unterminated/.test(text)) return 'a brace or quote is not closed';
  if (/^Unresolved @string/.test(text)) return text.replace(/^U/, 'u');
  return shorten(text, 120);
}

/**
 * What the parser would take for something else, as noncharacters, so that every place stays: `<` and `>` that are not
 * doubled for what they print in TeX's oldest fonts, `¡` and `¿`, and a bare `%` in a value for a comment, which BibTeX
 * knows none of. What a root is of gets brackets for its braces when it is more than one sign; where letters have a style,
 * blanks stand for it when it has an index or is one, which the parser would lose.
 */
function hide(text: string): string {
  return hidePercents(
    text
      .replace(/(?<![<\\])<(?!<)/g, LESS)
      .replace(/(?<![>\\])>(?!>)/g, GREATER)
      .replace(STYLED, (styled, mark: string | undefined, command: string, of: string) => {
        const blanks = ' '.repeat(styled.length - of.length - (mark ? 3 : 0));
        if (mark) return `${mark}{${of}${blanks}}`;
        return !command.startsWith('text') && /[_^]/.test(of) ? blanks + of : styled;
      })
      .replace(/(\\sqrt\s*)\{((?:[^{}]|\{[^{}]*\})*)\}/g, (root, command: string, of: string) =>
        ONE_SIGN.test(of) ? root : `${command}(${of})`,
      ),
  );
}

/** A letter or more in a style of their own, as formulas have them. */
const STYLED = /((?<!\\)[_^])?\\(math[a-z]+|text[a-z]*|boldsymbol|bm|pmb)\{((?:[^{}]|\{[^{}]*\})*)\}/g;
const ONE_SIGN = /^\s*(?:\\[A-Za-z]+|[A-Za-z]|[\d.]+)(?:[_^]\w)?\s*$/;

function hidePercents(text: string): string {
  if (!/(?<!\\)%/.test(text)) return text;
  // Between fields and entries it is a comment for the parser, too.
  const comment = /%.*|[=#]\s*[{"]/g;
  let out = '';
  let from = 0;
  for (let match = comment.exec(text); match; match = comment.exec(text)) {
    if (match[0].startsWith('%')) continue;
    const end = endOfValue(text, comment.lastIndex - 1);
    if (end === undefined) {
      // The parser goes on at the next entry.
      const next = text.indexOf('@', comment.lastIndex);
      if (next === -1) break;
      comment.lastIndex = next;
      continue;
    }
    const value = text.slice(match.index, end);
    out += text.slice(from, match.index) + value.replace(/\\.|%/gs, (m) => (m === '%' ? PERCENT : m));
    from = end;
    comment.lastIndex = end;
  }
  return out + text.slice(from);
}

/** @returns where the value ends that the brace or quote at `start` begins */
function endOfValue(text: string, start: number): number | undefined {
  const quoted = text[start] === '"';
  const sign = /\\.|[{}"]/gs;
  sign.lastIndex = start + 1;
  let open = quoted ? 0 : 1;
  for (let match = sign.exec(text); match; match = sign.exec(text)) {
    if (match[0] === '{') open++;
    else if (match[0] === '}') open--;
    if (quoted ? match[0] === '"' && open <= 0 : open === 0) return sign.lastIndex;
  }
  return undefined;
}

function show(text: string): string {
  return text.replaceAll(LESS, '<').replaceAll(GREATER, '>').replaceAll(PERCENT, '%');
}

const LESS = '\ufdd0';
const GREATER = '\ufdd1';
const PERCENT = '\ufdd2';
/** Before and behind an operator, where a blank is wanted or not. */
const OPERATOR = '\ufdd3';
const OPERATED = '\ufdd4';

/** Finds the parser's pieces in the text; they come in the order of the file. */
class Places {
  readonly #text: string;
  readonly #starts = [0];
  #from = 0;

  constructor(text: string) {
    this.#text = text;
    for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) this.#starts.push(i + 1);
  }

  of(input: string): Place {
    return this.#at(this.#find(input), input.split('\n')[0]!.length);
  }

  /** Of the first line of a span. */
  ofSpan({ start, end }: Span): Place {
    return this.#at(start, this.#text.slice(start, end).split('\n')[0]!.trimEnd().length);
  }

  #find(input: string): number {
    let offset = this.#text.indexOf(input, this.#from);
    if (offset === -1) offset = this.#text.indexOf(input);
    else this.#from = offset;
    return Math.max(0, offset);
  }

  ofWord(word: string | undefined): Place {
    return this.#at(Math.max(0, word ? this.#text.indexOf(word) : 0), word?.length ?? 1);
  }

  /** Of a command in a field of an entry. */
  ofCommand(name: string, field: string, input: string): Place {
    const start = this.#find(input);
    const from = new RegExp(`\\b${field}\\s*=`, 'i').exec(input)?.index ?? 0;
    const found = new RegExp(`\\\\${name.replace(/[^A-Za-z@]/g, '\\$&')}(?![A-Za-z])`).exec(
      input.slice(from),
    );
    return this.#at(start + from + (found?.index ?? 0), name.length + 1);
  }

  #at(offset: number, length: number): Place {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - this.#starts[low]! + 1, length: Math.max(1, length) };
  }
}

const KINDS: Record<string, PaperKind> = table({
  article: 'article',
  inproceedings: 'proceedings',
  conference: 'proceedings',
  book: 'book',
  mvbook: 'book',
  collection: 'book',
  proceedings: 'proceedings',
  mvproceedings: 'proceedings',
  incollection: 'chapter',
  inbook: 'chapter',
  phdthesis: 'thesis',
  mastersthesis: 'thesis',
  thesis: 'thesis',
  techreport: 'report',
  report: 'report',
  manual: 'report',
  standard: 'standard',
  patent: 'patent',
  online: 'online',
  misc: 'online',
  unpublished: 'online',
});

/** Types of entries that are a part of what their editors edited. */
const PART = /^(?:in|article|suppbook|suppcollection)/i;

/** Types of whole volumes: their `booktitle` is what the entries that refer to them say. */
const WHOLE = /^(?:mv)?(?:book|collection|proceedings)$/i;

const ARXIV = /(?:arxiv[:.\s]*|abs\/|^|\s)((?:\d{4}\.\d{4,5}|[a-z-]+(?:\.[A-Z]{2})?\/\d{7})(?:v\d+)?)/i;

/** @returns the paper, or `undefined` when the entry has no title */
function paperOf({ type, key, fields, input }: Entry): Paper | undefined {
  const get = (...names: string[]): string | undefined => {
    for (const name of names) {
      const value = (fields as Record<string, unknown>)[name];
      // `Health and Human Services` is read as a list of two publishers.
      const text = Array.isArray(value) ? value.join(' and ') : value;
      if (typeof text === 'string' && text.trim() !== '') return plain(text);
    }
    return undefined;
  };
  const title = get('title');
  if (title === undefined) return undefined;
  const subtitle = get('subtitle');
  const journal = get('journal', 'journaltitle', ...(WHOLE.test(type) ? [] : ['booktitle']));
  const volume = get('volume');
  const doi = get('doi');
  const scheme = get('archiveprefix', 'eprinttype');
  const eprint = get('eprint');
  const preprint = journal !== undefined && /^(?:arxiv|corr\b)/i.test(journal);
  const arxiv =
    (eprint && (scheme === undefined || /arxiv/i.test(scheme))
      ? ARXIV.exec(arxivId(eprint))?.[1]
      : undefined) ?? (preprint ? ARXIV.exec(`${journal} ${volume ?? ''}`)?.[1] : undefined);
  const venue = preprint ? undefined : journal;
  const given = KINDS[type.toLowerCase()];
  const kind = arxiv && venue === undefined && given !== 'book' && given !== 'thesis' ? 'preprint' : given;
  const year = /\d{4}/.exec(get('year', 'date') ?? '')?.[0];
  const authors = people(fields.author ?? (kind === 'patent' ? fields.holder : undefined), input);
  const editors = people(fields.editor, input);
  // The editors of a whole book stand in the authors' place; those of a part are the book's.
  const edited = authors.length === 0 && editors.length > 0 && !PART.test(type);
  const rest: Omit<Paper, 'title' | 'authors'> = Object.fromEntries(
    Object.entries({
      key: show(key),
      kind,
      edited: edited || undefined,
      editors: edited || editors.length === 0 ? undefined : editors,
      translators: fields.translator && people(fields.translator, input),
      venue,
      series: kind === 'article' ? undefined : get('series'),
      year: year === undefined ? undefined : Number(year),
      volume: preprint ? undefined : volume,
      issue: get('number', 'issue'),
      pages: get('pages'),
      edition: get('edition'),
      publisher: get('publisher', 'school', 'institution', 'organization'),
      place: get('address', 'location'),
      degree: kind === 'thesis' ? degree(type, get('type') ?? '') : undefined,
      day: day(get('date')),
      accessed: day(get('urldate')),
      arxiv,
      doi: doi && bareDoi(verbatim(doi)),
      url: address(verbatim(get('url') ?? '')) ?? addressIn(fields.howpublished),
    }).filter(([, v]) => v !== undefined),
  );
  return { ...rest, title: subtitle ? `${title}: ${subtitle}` : title, authors: edited ? editors : authors };
}

/**
 * Names as `Paper` has them; a name of more than one word for the family is written `Last, First`.
 *
 * @param input the entry: the parser does not tell `王, 小明` from `小明 王`
 */
function people(creators: Entry['fields']['author'], input: string): string[] {
  return (creators ?? []).map((p) => {
    if (p.name) return `{${plain(p.name)}}`;
    const family = plain([p.prefix, p.lastName].filter(Boolean).join(' '));
    if (!p.firstName) return /\s/.test(family) && !/\p{Script=Han}/u.test(family) ? `{${family}}` : family;
    const given = plain(p.firstName);
    const whole = chineseName(family, given);
    if (whole && input.replace(/[{}\s]/g, '').includes(`${family},${given}`)) return whole;
    const parts = [family, p.suffix, p.firstName].flatMap((part) => (part ? [plain(part)] : []));
    const simple = !p.suffix && !/\s/.test(family);
    return simple ? `${given} ${family}` : parts.join(', ');
  });
}

function annotations({ fields }: Entry): string[] {
  const { annote, annotation, note } = fields as Record<string, unknown>;
  return [annote, annotation, note].flatMap((text) => (typeof text === 'string' ? [letters(text)] : []));
}

/** A whole day; of a range the first. */
function day(date: string | undefined): string | undefined {
  return /^\d{4}-\d{2}-\d{2}(?=$|[T/])/.exec(date ?? '')?.[0];
}

function degree(type: string, says: string): Paper['degree'] {
  if (/master/i.test(type) || /master|mathesis|硕士/i.test(says)) return 'master';
  return /phd/i.test(type) || /phd|doctor|博士/i.test(says) ? 'doctor' : undefined;
}

/** The parser prints emphasis and links as HTML, and some bibliographies have it; papers here are plain text. */
function plain(text: string): string {
  return letters(
    text
      .replace(/<\/?(?:i|b|sc|span|a|ol|ul|li|p|em|strong|pre|blockquote|tt|code)\b[^<>]*>/gi, '')
      .replace(/\ufdd0\/?(?:i|b|em|strong|sc|scp)\ufdd1/gi, ''),
  )
    .replace(/\s+/g, ' ')
    .trim();
}

/** What the parser prints, in the letters that are meant. */
function letters(text: string): string {
  return (
    // How the parser prints `\LaTeX`, and `_\infty`.
    show(operators(scripts(text.replaceAll('LᴬT<sub>E</sub>X', 'LaTeX'))))
      .replaceAll(' \u035a', '_∞')
      // An accent takes the place of the dot: `{\'\i}` is í.
      .replace(/[ıȷ](?=\p{M})/gu, (letter) => (letter === 'ı' ? 'i' : 'j'))
      .normalize('NFC')
  );
}

/** Powers and indices, which are elements where the parser knows no signs for them. */
function scripts(text: string): string {
  let now = text.replace(/\ufdd0(\/?su[bp])\ufdd1/gi, '<$1>');
  for (let before = ''; before !== now; ) {
    before = now;
    now = now.replace(
      /<(su[bp])>([^<>]*)<\/\1>/gi,
      (all, kind: string, inner: string, at: number, whole: string) =>
        script(kind.toLowerCase() === 'sup' ? '^' : '_', operators(inner).trim(), [
          whole.slice(0, at),
          whole.slice(at + all.length),
        ]),
    );
  }
  return now.replace(/<\/?su[bp]\b[^<>]*>/gi, '');
}

/** @returns what cannot be read as anything else: `¹²`, `^12.5`, `^{n×d}` */
function script(mark: '^' | '_', text: string, [before, behind]: [string, string]): string {
  const signs = [...text].map((letter) => SIGNS[mark][letter]);
  if (signs.every((sign) => sign !== undefined)) return signs.join('');
  const one = [...text].length === 1 || /^[-−+]?\d+(?:\.\d+)?$/.test(text);
  if (before.endsWith('⁄') || behind.startsWith('⁄')) return one ? text : `(${text})`;
  return one && !/^[\p{L}\p{Nd}]/u.test(behind) ? mark + text : `${mark}{${text}}`;
}

const SIGNS = {
  '^': signsOf('⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᵠᵡ′'),
  _: signsOf('₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ'),
};

/** By the letter that each is a power or index of. */
function signsOf(signs: string): Record<string, string> {
  const known = [...signs].map((sign): [string, string] => [sign.normalize('NFKC'), sign]);
  return table(Object.fromEntries([...known, ['-', known.find(([letter]) => letter === '−')![1]]]));
}

/** A blank where an operator would run into a letter; an index of its own comes first. */
function operators(text: string): string {
  return text
    .replace(/(?<=[\p{L}\p{N})\]}‖])\ufdd3/gu, ' ')
    .replaceAll(OPERATOR, '')
    .replace(
      /\ufdd4((?:[\p{Lm}\p{No}⁺⁻⁼⁽⁾₊₋₌₍₎]|[_^](?:\{[^{}]*\}|[^{}]))*)(?=[\p{Lu}\p{Ll}\p{Lo}\p{Nd}√‖])/gu,
      '$1 ',
    )
    .replaceAll(OPERATED, '');
}

/** A DOI or address without what BibTeX needs around its characters. */
function verbatim(text: string): string {
  return text.replace(/[{}]/g, '').replace(/\\([_&%#~])/g, '$1');
}

/** The first address in a text, in which a tilde is a blank. */
function addressIn(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined;
  const [url] = /https?:\/\/[^\s<>"]+/i.exec(show(text).replaceAll('\u00a0', '~')) ?? [];
  // What closes the sentence or the bracket around it is not the address's.
  const bare =
    url &&
    verbatim(url)
      .replace(/[.,;]+$/, '')
      .replace(/^([^(]*)\)$/, '$1');
  return bare && address(bare);
}

function address(url: string): string | undefined {
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? url : undefined;
}
