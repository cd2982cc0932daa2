/**
 * The class names of an element of KaTeX's, as one object for each list that occurs: KaTeX has a few hundred, and what is
 * to be done with an element is read off its list once.
 */

/** Names that no style speaks of. */
const BARE = new Set(
  'mord mbin mrel mopen mclose mpunct minner mop mtight text enclosing leftmost rightmost'.split(' '),
);
/** Names that say what is anyway, unless another face is around. */
const UPRIGHT = new Set(['mathrm', 'textrm']);
/** Faces and what only places its text: parts of such a row may lie in it directly. */
const ROW = /^(?:math|text|katex-base$|boldsymbol$|amsrm$|mainrm$|kk$)/;
/** Other faces and sizes, and boxes with lines of their own. */
const OTHER =
  /^(?:math(?!rm$)|text(?!rm$|$)|boldsymbol|amsrm|op-symbol|delimsizing|katex-sizing|mspace|vlist-t|nulldelimiter|katex-rule)/;
/** What stands around a table alone, and how that is said of the table. */
const FOLDED = new Map([
  ['msupsub', 'ks'],
  ['fraction', 'kf'],
  ['op-limits', 'kc'],
  ['col-align-l', 'ks'],
  ['col-align-c', 'kc'],
  ['col-align-r', 'ke'],
]);
/** Sizes of KaTeX's, from `\tiny` to `\HUGE` (its `Options.ts`). */
const SIZES = [0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.2, 1.44, 1.728, 2.074, 2.488];
const SIZE = /^(?:reset-)?size(\d+)$/;
const SIZED = /^(?:katex-sizing|fontsize-ensurer)$/;

/** A list of class names, and what follows from it. */
export class Names {
  /** As it is printed, with a blank before it. */
  readonly attribute: string;
  readonly first: string;
  /** Whether parts of a row may lie in such an element directly. */
  readonly isRow: boolean;
  /** Whether it has a face, size, or lines of its own. */
  readonly isOther: boolean;
  /** Whether it has lines of its own, or is a rule. */
  readonly isTable: boolean;
  /** Whether KaTeX's main face holds in it as it does around it. */
  readonly staysUpright: boolean;
  /** A delimiter that may be shifted. */
  readonly isCentered: boolean;
  /** A delimiter that is not seen. */
  readonly isUnseen: boolean;
  /** What is said of the table that is all there is in such an element. */
  readonly fold: string | undefined;
  /** Without names that no style speaks of. */
  readonly bare: Names;
  /** Without those either that say what is anyway, where KaTeX's main face is around. */
  readonly upright: Names;
  /** Where it is of another size: how many times that around it. */
  readonly size: number | undefined;
  readonly #more = new Map<string, Names>();
  #unsized: Names | undefined;

  /** @param list see `namesOf` */
  constructor(readonly list: readonly string[]) {
    this.attribute = list.length > 0 ? ` class="${list.join(' ')}"` : '';
    this.first = list[0] ?? '';
    this.isRow = list.every((name) => BARE.has(name) || ROW.test(name));
    this.isOther = list.some((name) => OTHER.test(name));
    this.isTable = list.some((name) => name === 'vlist-t' || name === 'katex-rule');
    this.staysUpright = list.every((name) => name === 'kk' || !ROW.test(name));
    this.isCentered = list.includes('delimcenter');
    this.isUnseen = list.length === 2 && list[1] === 'nulldelimiter';
    const bare = list.filter((name) => !BARE.has(name));
    this.bare = bare.length === list.length ? this : namesOf(bare);
    const upright = bare.filter((name) => !UPRIGHT.has(name));
    this.upright = upright.length === list.length ? this : namesOf(upright);
    this.fold = FOLDED.get(bare[0] ?? '');
    if (!list.some((name) => SIZED.test(name))) return;
    const [from = 1, to = 1] = list.flatMap((name) => SIZES[Number(SIZE.exec(name)?.[1]) - 1] ?? []);
    this.size = Number((to / from).toFixed(10));
  }

  /** The list with a name at its end. */
  with(name: string): Names {
    let more = this.#more.get(name);
    if (!more) {
      more = new Names([...this.list, name]);
      this.#more.set(name, more);
    }
    return more;
  }

  /** Without what says its size: instead with the one name that stands for nearly all. */
  get unsized(): Names {
    this.#unsized ??= namesOf([
      ...(this.size === 0.7 ? ['kk'] : []),
      ...this.list.filter((name) => !SIZE.test(name) && !SIZED.test(name)),
    ]);
    return this.#unsized;
  }
}

/** No class at all. */
export const NONE: Names = new Names([]);

/**
 * @param classes of an element; empty ones say nothing
 * @returns the same object for the same list
 */
export function namesOf(classes: readonly string[]): Names {
  let names = NONE;
  for (const name of classes) if (name !== '') names = names.with(name);
  return names;
}

/** A letter of a formula, in its own face, as KaTeX names it; in a line of letters we do. */
export const LETTER: Names = namesOf(['mathnormal']);
export const IN_LINE: Names = namesOf(['kl']);
