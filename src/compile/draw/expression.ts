/**
 * Formulas of ```` ```plot ````: `-(1-x)^g * log(x)`. Read into a tree and computed by walking it; no code is made
 * from text. Grammar, loosest first:
 *
 *     choice  := sum [("<" | "<=" | ">" | ">=") sum] ["?" choice ":" choice]
 *     sum     := product {("+" | "-") product}
 *     product := unary {("*" | "·" | "/") unary | power}       a number before a name or bracket multiplies: 2x
 *     unary   := "-" unary | power
 *     power   := atom ["^" unary]                               so -x^2 is -(x^2), and 2^-x works
 *     atom    := number | name | name "(" choice {"," choice} ")" | "(" choice ")"
 */

/** Wrong at an offset of the text. */
export class FormulaError extends Error {
  readonly offset: number;
  readonly length: number;
  constructor(message: string, offset: number, length = 1) {
    super(message);
    this.offset = offset;
    this.length = length;
  }
}

export interface Formula {
  /** Free names, in the order met; whether a bracket follows, as it does a function's name. */
  names: Map<string, { offset: number; called: boolean }>;
  /** @param values a number for each free name */
  compute(values: Record<string, number>): number;
}

type Node = (values: Record<string, number>) => number;

const CONSTANTS: Record<string, number> = { pi: Math.PI, π: Math.PI, e: Math.E };

const FUNCTIONS: Record<string, { arity: [number, number]; run: (...args: number[]) => number }> = {
  ...Object.fromEntries(
    (
      'sin cos tan asin acos atan sinh cosh tanh exp log2 log10 sqrt cbrt abs floor ceil round sign'.split(
        ' ',
      ) as ('sin' | 'sign')[]
    ).map((name) => [name, { arity: [1, 1], run: Math[name] }]),
  ),
  log: { arity: [1, 1], run: Math.log },
  ln: { arity: [1, 1], run: Math.log },
  min: { arity: [1, 8], run: Math.min },
  max: { arity: [1, 8], run: Math.max },
  atan2: { arity: [2, 2], run: Math.atan2 },
  sigmoid: { arity: [1, 1], run: (x) => 1 / (1 + Math.exp(-x)) },
  relu: { arity: [1, 1], run: (x) => Math.max(0, x) },
  softplus: { arity: [1, 1], run: (x) => Math.max(0, x) + Math.log1p(Math.exp(-Math.abs(x))) },
  erf: { arity: [1, 1], run: erf },
  gelu: { arity: [1, 1], run: (x) => (x * (1 + erf(x / Math.SQRT2))) / 2 },
};

/** Names that a formula may call. */
export const FUNCTION_NAMES: readonly string[] = Object.keys(FUNCTIONS);

const TOKEN =
  /\s*(?:(\d+(?:\.\d*)?(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|([\p{L}_][\p{L}\p{N}_]*)|(<=|>=|[-+*·×/^(),<>?:−]))/uy;
const MAX_DEPTH = 60;
const SAME = new Map([
  ['−', '-'],
  ['·', '*'],
  ['×', '*'],
]);

/**
 * @param text the formula
 * @throws FormulaError
 */
export function parseFormula(text: string): Formula {
  const names: Formula['names'] = new Map();
  let position = 0;
  let depth = 0;
  let token: { kind: 'number' | 'name' | 'sign' | 'end'; text: string; offset: number };

  const advance = () => {
    TOKEN.lastIndex = position;
    const m = TOKEN.exec(text);
    if (!m) {
      const offset = position + /^\s*/.exec(text.slice(position))![0].length;
      if (offset < text.length)
        throw new FormulaError(`“${[...text.slice(offset)][0]}” is not understood`, offset);
      token = { kind: 'end', text: '', offset };
      return;
    }
    position = TOKEN.lastIndex;
    const [, number, name, sign] = m;
    const value = number ?? name ?? sign!;
    const canonical = SAME.get(value) ?? value;
    token = {
      kind: number !== undefined ? 'number' : name !== undefined ? 'name' : 'sign',
      text: canonical,
      offset: position - value.length,
    };
  };
  const is = (...signs: string[]) => token.kind === 'sign' && signs.includes(token.text);
  const expect = (sign: string) => {
    if (!is(sign)) throw wrong(`“${sign}” is missing`);
    advance();
  };
  const wrong = (message: string) =>
    new FormulaError(
      token.kind === 'end' ? `${message} at the end` : `${message} before “${token.text}”`,
      Math.min(token.offset, Math.max(0, text.length - 1)),
      Math.max(1, token.text.length),
    );
  const nested = <T>(read: () => T): T => {
    if (++depth > MAX_DEPTH) throw new FormulaError('the formula is nested too deeply', token.offset);
    const result = read();
    depth--;
    return result;
  };

  const choice = (): Node =>
    nested(() => {
      const left = sum();
      let test = left;
      if (is('<', '<=', '>', '>=')) {
        const sign = token.text;
        advance();
        const right = sum();
        test = (v) => {
          const [a, b] = [left(v), right(v)];
          return (sign === '<' ? a < b : sign === '<=' ? a <= b : sign === '>' ? a > b : a >= b) ? 1 : 0;
        };
      }
      if (!is('?')) return test;
      advance();
      const yes = choice();
      expect(':');
      const no = choice();
      return (v) => (test(v) ? yes(v) : no(v));
    });
  const sum = (): Node => {
    let left = product();
    while (is('+', '-')) {
      const [a, minus] = [left, token.text === '-'];
      advance();
      const b = product();
      left = minus ? (v) => a(v) - b(v) : (v) => a(v) + b(v);
    }
    return left;
  };
  const product = (): Node => {
    let left = unary();
    for (;;) {
      const a = left;
      if (is('*', '/')) {
        const divide = token.text === '/';
        advance();
        const b = unary();
        left = divide ? (v) => a(v) / b(v) : (v) => a(v) * b(v);
      } else if (token.kind === 'name' || token.kind === 'number' || is('(')) {
        const b = power();
        left = (v) => a(v) * b(v);
      } else return left;
    }
  };
  const unary = (): Node => {
    if (is('+')) advance();
    if (!is('-')) return power();
    advance();
    const inner = nested(unary);
    return (v) => -inner(v);
  };
  const power = (): Node => {
    const base = atom();
    if (!is('^')) return base;
    advance();
    const exponent = nested(unary);
    return (v) => base(v) ** exponent(v);
  };
  const atom = (): Node => {
    const { kind, text: value, offset } = token;
    if (kind === 'number') {
      advance();
      const number = Number(value);
      return () => number;
    }
    if (kind === 'name') {
      advance();
      const called = Object.hasOwn(FUNCTIONS, value) ? FUNCTIONS[value]! : undefined;
      if (called) return call(value, called, offset);
      if (Object.hasOwn(CONSTANTS, value)) {
        const constant = CONSTANTS[value]!;
        return () => constant;
      }
      if (!names.has(value)) names.set(value, { offset, called: is('(') });
      return (v) => v[value]!;
    }
    if (is('(')) {
      advance();
      const inner = choice();
      expect(')');
      return inner;
    }
    throw wrong('a number, a name or “(” is missing');
  };
  const call = (name: string, { arity, run }: (typeof FUNCTIONS)[string], offset: number): Node => {
    if (!is('(')) throw new FormulaError(`“${name}” is a function: write ${name}(…)`, offset, name.length);
    advance();
    const args = [choice()];
    while (is(',')) {
      advance();
      args.push(choice());
    }
    expect(')');
    if (args.length < arity[0] || args.length > arity[1])
      throw new FormulaError(
        `${name}(…) takes ${arity[0]} value${arity[0] > 1 ? 's' : ''}`,
        offset,
        name.length,
      );
    return (v) => run(...args.map((a) => a(v)));
  };

  advance();
  const root = choice();
  if (token!.kind !== 'end') throw new FormulaError(`“${token!.text}” is not expected here`, token!.offset);
  return { names, compute: root };
}

/** Abramowitz and Stegun 7.1.26: wrong by at most 1.5e-7, which no plot shows. */
function erf(x: number): number {
  const t = 1 / (1 + 0.3275911 * Math.abs(x));
  const tail =
    t *
    (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) *
    Math.exp(-x * x);
  return Math.sign(x) * (1 - tail);
}
