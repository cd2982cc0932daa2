/** Names of people, in the forms in which bibliographies write them. */

export interface Person {
  /** Family name with its particles, or the whole name when it has no parts. */
  family: string;
  given: string;
  /** `Jr`, `III`. */
  suffix: string;
  /** A group, or a Chinese name: it stands as it is. */
  whole: boolean;
}

const PARTICLE = /^(?:van|von|der|den|del|della|di|da|dos|la|le|ten|ter)$|^de$/i;

/** Whether an entry in a list of authors says that there are more. */
export function isOthers(name: string): boolean {
  return /^(?:others|et al\.?|等)$/i.test(name.trim());
}

/**
 * @returns a name in Chinese characters as it is said, `王小明`; nothing where one part is of words or Latin letters
 */
export function chineseName(family: string, given: string): string | undefined {
  const name = family + given;
  return /\p{Script=Han}/u.test(name) && !/[\s\p{Script=Latin}]/u.test(name) ? name : undefined;
}

/** @returns the name of a group as `parsePerson` reads it back: whole */
export function groupName(name: string): string {
  const text = name.replace(/[{}]/g, '').trim();
  return text && `{${text}}`;
}

/** @returns a name of which the parts are known, so that `parsePerson` finds them again; `王小明` is one */
export function writtenPerson(family: string, given: string, suffix = ''): string {
  const parts = [family, suffix, given].filter((part) => part !== '');
  if (!family || !given) return /\s/.test(family) ? groupName(family) : parts.join(' ');
  const plain = !suffix && !/\s/.test(family);
  return chineseName(family, given) ?? (plain ? `${given} ${family}` : parts.join(', '));
}

/**
 * Takes a name apart: `Last, First`, `Last, Jr, First`, `First Last` with particles, `{A Group}`.
 * Names in Chinese characters are whole; `王, 小明` is one, `王小明, 李四` are more than one.
 */
export function parsePerson(name: string): Person {
  const text = name.trim().replace(/\s+/g, ' ');
  if (/^\{.*\}$/.test(text)) return { family: text.slice(1, -1), given: '', suffix: '', whole: true };
  if (/\p{Script=Han}/u.test(text)) {
    const [, last = '', first = ''] = /^(.), ?([^,]{1,2})$/u.exec(text) ?? [];
    return { family: chineseName(last, first) ?? text, given: '', suffix: '', whole: true };
  }
  const commas = text.split(',').map((p) => p.trim());
  if (commas.length === 2) return { family: commas[0]!, given: commas[1]!, suffix: '', whole: false };
  if (commas.length > 2) {
    const [family = '', suffix = '', ...given] = commas;
    return { family, given: given.join(' '), suffix, whole: false };
  }
  const parts = text.split(' ');
  const particle = parts.findIndex((p, i) => i > 0 && i < parts.length - 1 && PARTICLE.test(p));
  const cut = particle === -1 ? parts.length - 1 : particle;
  return {
    family: parts.slice(cut).join(' '),
    given: parts.slice(0, cut).join(' '),
    suffix: '',
    whole: false,
  };
}

/** As people say it: `Laurens van der Maaten`. */
export function displayName(name: string): string {
  if (isOthers(name)) return 'et al.';
  const { given, family, suffix } = parsePerson(name);
  return [given, family, suffix].filter((p) => p !== '').join(' ');
}

/**
 * @param name as a bibliography writes it: `Nicolas Carion`, `Carion, Nicolas`
 * @returns what a citation calls the author
 */
export function familyName(name: string): string {
  return parsePerson(name).family;
}

/** `Carion et al. 2020`; the title's first words when the authors are not known. */
export function citationText(paper: { title: string; authors: string[]; year?: number | undefined }): string {
  const others = paper.authors.some(isOthers);
  const names = paper.authors.filter((a) => !isOthers(a)).map(familyName);
  const who =
    names.length === 0
      ? paper.title.split(/\s+/).slice(0, 4).join(' ')
      : names.length > 2 || others
        ? `${names[0]} et al.`
        : names.join(' & ');
  return paper.year === undefined ? who : `${who} ${paper.year}`;
}

/** The key of a paper that was given none: author, year and the title's first long word, as in `carion2020object`. */
export function citationKey(paper: {
  key?: string;
  title: string;
  authors: string[];
  year?: number;
}): string {
  const word = paper.title.match(/[\p{L}\p{N}]{4,}/u)?.[0] ?? 'paper';
  const who = paper.authors[0] ? familyName(paper.authors[0]) : '';
  const key = paper.key ?? `${who}${paper.year ?? ''}${word}`.toLowerCase();
  return key.replace(/[^\p{L}\p{N}:_.+/-]/gu, '') || 'paper';
}

/**
 * @param taken keys in small letters: keys that differ only in case are one
 * @returns the key, or where it is taken the key with the first letter behind it that makes it free: `wang2020largea`
 */
export function freeKey(key: string, taken: Set<string>): string {
  const letters = (n: number): string =>
    n === 0 ? '' : letters(Math.floor((n - 1) / 26)) + String.fromCharCode(97 + ((n - 1) % 26));
  for (let n = 0; ; n++) {
    const free = key + letters(n);
    if (!taken.has(free.toLowerCase())) return free;
  }
}
