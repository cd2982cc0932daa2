/**
 * Finds many names in much text, in one pass.
 *
 * Not an Aho–Corasick automaton: that pays, at every character, for the chance that a name begins anywhere. Names begin
 * at few places: Latin ones only where a word begins, and of the pairs of characters in a text few begin any name. So a
 * bit map of first pairs rules out nearly every place with one look; at the others a walk down a trie finds the longest
 * name. A walk is never longer than the longest name (60), so the time is linear in the text whatever the names are.
 * Measured on 10,000 notes this is most of the reason why all of link stays below its budget; the libraries at hand
 * build an object for every node and an array for every match.
 */

export interface FoundName<T> {
  start: number;
  end: number;
  value: T;
}

interface Node<T> {
  next: Map<number, Node<T>>;
  /** Of the name that ends here. */
  values: { exact: string | undefined; value: T }[];
}

const WORD = /[\p{L}\p{N}_]/u;
const HAN = /\p{Script=Han}/u;

/**
 * What is known of UTF-16 units: lower case in the low 16 bits (where it has another length, the unit itself), the kind
 * above: 1, part of a Latin (or other alphabetic) word; 2, Chinese; 0, anything else. A site uses few of the 65,536:
 * each is looked at when it is first met.
 */
const UNITS = new Int32Array(0x10000).fill(-1);

function learn(unit: number): number {
  const c = String.fromCharCode(unit);
  const lower = c.toLowerCase();
  // Halves of surrogate pairs are rare characters of Chinese.
  const kind = (unit >= 0xd800 && unit < 0xe000) || HAN.test(c) ? 2 : WORD.test(c) ? 1 : 0;
  UNITS[unit] = (kind << 16) | (lower.length === 1 ? lower.charCodeAt(0) : unit);
  return UNITS[unit];
}

/** @param unit `NaN`, behind the end of a text, is like 0 */
function known(unit: number): number {
  const entry = UNITS[unit | 0]!;
  return entry === -1 ? learn(unit | 0) : entry;
}

const lowerOf = (unit: number): number => known(unit) & 0xffff;
const kindOf = (unit: number): number => known(unit) >> 16;

/** The names to be found, each with what it stands for. */
export class NameTrie<T> {
  readonly #root: Node<T> = { next: new Map(), values: [] };
  readonly #firsts = new Uint8Array(1 << 17);

  /**
   * Adds a name. A single Latin word counts only as it is written, for `clip` is not CLIP; whatever else, in any case.
   */
  add(name: string, value: T): void {
    const exact = /^[\p{Script=Latin}\p{N}_+.-]+$/u.test(name) ? name : undefined;
    let node = this.#root;
    for (let i = 0; i < name.length; i++) {
      const unit = lowerOf(name.charCodeAt(i));
      let next = node.next.get(unit);
      if (!next) {
        next = { next: new Map(), values: [] };
        node.next.set(unit, next);
      }
      node = next;
    }
    node.values.push({ exact, value });
    const bit = pair(lowerOf(name.charCodeAt(0)), lowerOf(name.charCodeAt(1)));
    this.#firsts[bit >> 3]! |= 1 << (bit & 7);
  }

  /** The longest names, from left to right, none inside another. */
  find(text: string): FoundName<T>[] {
    const out: FoundName<T>[] = [];
    const firsts = this.#firsts;
    let before = 0;
    let unit = lowerOf(text.charCodeAt(0));
    for (let i = 0; i + 1 < text.length; i++) {
      const next = lowerOf(text.charCodeAt(i + 1));
      const kind = kindOf(unit);
      const bit = pair(unit, next);
      // A Latin name begins where a word does; `-` joins words to one.
      const starts = kind === 2 || (kind === 1 && before !== 1);
      before = kind === 0 && unit === 45 ? before : kind;
      unit = next;
      if (!starts || (firsts[bit >> 3]! & (1 << (bit & 7))) === 0) continue;
      const found = this.#longest(text, i);
      if (!found) continue;
      out.push(found);
      i = found.end - 1;
      before = kindOf(lowerOf(text.charCodeAt(i)));
      unit = lowerOf(text.charCodeAt(i + 1));
    }
    return out;
  }

  #longest(text: string, start: number): FoundName<T> | undefined {
    let node = this.#root;
    let found: FoundName<T> | undefined;
    for (let i = start; i < text.length; i++) {
      const next = node.next.get(lowerOf(text.charCodeAt(i)));
      if (!next) break;
      node = next;
      if (node.values.length === 0 || !endsWord(text, i)) continue;
      const fitting = node.values.find((v) => v.exact === undefined || text.startsWith(v.exact, start));
      if (fitting) found = { start, end: i + 1, value: fitting.value };
    }
    return found;
  }
}

/** A hash of two characters, 20 bits. */
function pair(a: number, b: number): number {
  return (Math.imul(a, 0x9e3b) ^ Math.imul(b, 0x85eb)) & 0xfffff;
}

/** Whether a name may end at a place: not inside a Latin word, nor before a hyphen that goes on with one. */
function endsWord(text: string, last: number): boolean {
  if (kindOf(text.charCodeAt(last)) !== 1) return true;
  const next = text.charCodeAt(last + 1);
  if (kindOf(next) === 1) return false;
  return next !== 45 || kindOf(text.charCodeAt(last + 2)) !== 1;
}
