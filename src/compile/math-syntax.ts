/**
 * Where formulas begin and end, beyond what remark-math reads. A plain `$…$` in a line is left to remark-math; what
 * only looks like a formula (money) is kept from it. The rest is read here: `\(…\)`, and display mathematics as
 * `$$…$$`, `\[…\]` and AMS environments (`\begin{align} … \end{align}`) with or without dollars around them.
 */

import type { CompileContext, Extension as FromMarkdown, Token } from 'mdast-util-from-markdown';
import type { InlineMath, Math as MathNode } from 'mdast-util-math';
import type {
  Code,
  Construct,
  Effects,
  Point,
  State,
  Extension as Syntax,
  TokenizeContext,
} from 'micromark-util-types';
import type { Plugin, Processor } from 'unified';
import { isFormula, isTex } from '../dollars.ts';
import { addSyntax, missingEnds, nextLine, paragraphBefore } from './syntax.ts';

declare module 'mdast-util-math' {
  interface Math {
    /** The end of the note came before the end of the formula. */
    unclosed?: true;
  }
  interface InlineMath {
    /** Written as display mathematics in the middle of a line. */
    display?: true;
  }
}
declare module 'micromark-util-types' {
  interface TokenTypeMap {
    formulaFlow: 'formulaFlow';
    formulaText: 'formulaText';
    formulaMarker: 'formulaMarker';
    formulaValue: 'formulaValue';
    formulaEnd: 'formulaEnd';
  }
}

/** Environments that are display mathematics by themselves. */
export const ENVIRONMENT = /^(?:align|alignat|equation|gather|multline|eqnarray|flalign|CD)\*?$/;

/** GitHub's way to keep Markdown out of a formula: dollars around backticks. */
const TICKED = /^`([^`]+)`$/;

const isEol = (code: Code) => code !== null && code < -2;
const isBlank = (code: Code) => code === 32 || code === -1 || code === -2;
const letter = (code: Code) =>
  code === null || code < 0 ? (code === null ? '' : ' ') : String.fromCodePoint(code);

/** The closing marker; leaves the value when it is one. */
function end(closer: () => string, inValue: () => boolean): Construct {
  return {
    partial: true,
    tokenize(effects: Effects, ok: State, nok: State): State {
      let at = 0;
      return (code) => {
        if (inValue()) effects.exit('formulaValue');
        effects.enter('formulaEnd');
        return next(code);
      };
      function next(code: Code): State | undefined {
        if (code !== closer().charCodeAt(at)) return nok(code);
        effects.consume(code);
        if (++at < closer().length) return next;
        effects.exit('formulaEnd');
        return ok;
      }
    },
  };
}

/** Code in a line, escapes, and dollars in a paragraph. */
const DOLLARS = /\\[\s\S]|(`+)(?!`)[\s\S]*?[^`]\1(?!`)|`+|\$+/g;

/** No longer text is looked through: each line that is just `$$` has its paragraph looked through. */
const LONGEST = 10_000;

/**
 * Whether the paragraph that asks has opened a `$$` after other text, which its next lines go on with; or one above has,
 * whose formula a blank line has torn, and dollars here would end it. Were these to open a formula instead, prose and
 * formulas would change places in the rest of the note.
 *
 * @param dollars whether dollars stand here, which close a formula only when there is something in it
 */
function inFormula(context: TokenizeContext, dollars: boolean): boolean {
  const { events } = context;
  const i = events.findLastIndex(([, token]) => token.type === 'content');
  if (events[i]?.[0] !== 'enter') return false;
  const source = textOf(context, events[i]![1].start, context.now());
  if (openFormula(source, dollars) !== undefined) return true;
  if (!dollars || source.includes('$$') || !isTex(source, false)) return false;
  // Above it, as far as there is TeX.
  let above = paragraphBefore(events, i);
  for (; above; above = paragraphBefore(events, above.first)) {
    const text = textOf(context, above.token.start, above.token.end);
    if (text.includes('$$')) return openFormula(text, false) !== undefined;
    if (!isTex(text, false)) return false;
  }
  return false;
}

function textOf(context: TokenizeContext, start: Point, end: Point): string {
  return end.offset - start.offset < LONGEST ? context.sliceSerialize({ start, end }) : '';
}

/**
 * Where a `$$` stands that is open at the end of a text: one that ends its line, or has TeX behind it.
 *
 * @param filled whether more than blanks must stand behind it
 */
export function openFormula(source: string, filled: boolean): number | undefined {
  if (!source.includes('$$')) return undefined;
  DOLLARS.lastIndex = 0;
  for (let m = DOLLARS.exec(source); m; m = DOLLARS.exec(source)) {
    const from = DOLLARS.lastIndex;
    if (m[0] === '$$') {
      const closer = /^(?:\\[\s\S]|[^\\$]|\$(?!\$))*?\$\$/.exec(source.slice(from))?.[0];
      if (closer === undefined) {
        const rest = source.slice(from);
        const endsLine = /^[ \t]*(?:[\r\n]|$)/.test(rest) && (!filled || rest.trim() !== '');
        return endsLine || isTex(rest, false) ? m.index : undefined;
      }
      DOLLARS.lastIndex = from + closer.length;
    } else if (m[0] === '$') {
      const value = /^(?:\\[\s\S]|[^\\$])+(?=\$)/.exec(source.slice(from))?.[0];
      const to = from + (value?.length ?? 0);
      if (value !== undefined && isFormula(source[m.index - 1] ?? '', value, source[to + 1] ?? ''))
        DOLLARS.lastIndex = to + 1;
    }
  }
  return undefined;
}

/**
 * A display formula that begins a line and ends one.
 *
 *     $$            $$ x = 1 $$      \[        \begin{align}
 *     x = 1                          x = 1     x &= 1
 *     $$                             \]        \end{align}
 */
const flow: Construct = {
  name: 'formulaFlow',
  concrete: true,
  tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
    const self = this;
    const missing = missingEnds(this);
    /** What ends the formula. */
    let closer = '';
    let environment = '';
    /** Nothing but the opener on its line. */
    let alone = true;
    let blankLine = false;
    let value = '';
    let inValue = false;
    const closing = end(
      () => closer,
      () => inValue,
    );
    return start;

    function start(code: Code): State | undefined {
      if (self.interrupt && inFormula(self, code === 36)) return nok(code);
      effects.enter('formulaFlow');
      effects.enter('formulaMarker');
      effects.consume(code);
      return code === 36 ? dollar : command;
    }
    function dollar(code: Code) {
      if (code !== 36) return nok(code);
      effects.consume(code);
      closer = '$$';
      return opened;
    }
    function command(code: Code) {
      if (code === 91) {
        effects.consume(code);
        closer = '\\]';
        return opened;
      }
      return begin(code);
    }
    /** > | \begin{align}
     *       ^^^^^^^^^^^^  */
    function begin(code: Code): State | undefined {
      if (code === null || code < 0 || environment.length > 20) return nok(code);
      if (code === 125) {
        const name = environment.slice('begin{'.length);
        if (!environment.startsWith('begin{') || !ENVIRONMENT.test(name)) return nok(code);
        effects.consume(code);
        closer = `\\end{${name}}`;
        return opened;
      }
      environment += String.fromCodePoint(code);
      effects.consume(code);
      return begin;
    }
    function opened(code: Code): State | undefined {
      if (code === 36 && closer === '$$') return nok(code);
      if (closer !== '$$' && missing.has(closer)) return nok(code);
      effects.exit('formulaMarker');
      return inside(code);
    }
    function leave() {
      if (inValue) effects.exit('formulaValue');
      inValue = false;
    }
    function inside(code: Code): State | undefined {
      if (code === null) {
        missing.add(closer);
        return unclosed(code);
      }
      if (isEol(code)) {
        leave();
        // While a paragraph asks whether it is interrupted, later lines are not known yet.
        if (self.interrupt) return alone || environment !== '' ? ok(code) : nok(code);
        if (blankLine && !(alone && closer === '$$')) return nok(code);
        value += '\n';
        blankLine = true;
        return effects.attempt(nextLine, inside, unclosed)(code);
      }
      if (!isBlank(code)) {
        blankLine = false;
        if (!value.includes('\n')) alone = false;
      }
      return code === closer.charCodeAt(0)
        ? effects.attempt(closing, closed, ordinary)(code)
        : ordinary(code);
    }
    function enter() {
      if (!inValue) effects.enter('formulaValue');
      inValue = true;
    }
    function ordinary(code: Code): State | undefined {
      enter();
      value += letter(code);
      effects.consume(code);
      return code === 92 ? escaped : inside;
    }
    function escaped(code: Code): State | undefined {
      if (code === null || isEol(code)) return inside(code);
      value += letter(code);
      effects.consume(code);
      return inside;
    }
    function closed(code: Code): State | undefined {
      inValue = false;
      if (isBlank(code)) {
        effects.enter('whitespace');
        effects.consume(code);
        effects.exit('whitespace');
        return closed;
      }
      if (code !== null && !isEol(code)) return nok(code);
      if (closer === '\\]' && !isTex(value, alone)) return nok(code);
      if (value.trim() === '') return nok(code);
      effects.exit('formulaFlow');
      return ok(code);
    }
    function unclosed(code: Code): State | undefined {
      leave();
      if (!alone || closer !== '$$') return nok(code);
      effects.exit('formulaFlow');
      return ok(code);
    }
  },
};

/** `$…$`, `$$…$$`, `\(…\)` and `\[…\]` inside running text. */
const text: Construct = {
  name: 'formulaText',
  previous(code) {
    // A dollar right after a dollar opens only when that one closed a formula: `$a$$b$`.
    const before = this.events.at(-1)?.[1].type as string | undefined;
    return code !== 36 || before === 'formulaText' || before === 'mathText';
  },
  tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
    let plain = false;
    const formula = formulaText(() => {
      plain = true;
    });
    return (code) => effects.attempt(formula, ok, code === 36 ? other : nok)(code);

    /** A plain formula is remark-math's; a dollar that opens none is a character, also for remark-math. */
    function other(code: Code): State | undefined {
      if (plain) return nok(code);
      effects.enter('data');
      effects.consume(code);
      effects.exit('data');
      return ok;
    }
  },
};

/** @param plain called when the formula is one that remark-math reads alike */
const formulaText = (plain: () => void): Construct => ({
  partial: true,
  tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
    const before = this.previous;
    const missing = missingEnds(this);
    let closer = '';
    let value = '';
    let inValue = false;
    const closing = end(
      () => closer,
      () => inValue,
    );
    return start;

    function start(code: Code): State | undefined {
      effects.enter('formulaText');
      effects.enter('formulaMarker');
      effects.consume(code);
      return code === 36 ? dollar : bracket;
    }
    function dollar(code: Code): State | undefined {
      if (code === 36 && closer !== '') return nok(code);
      if (code === 36) {
        effects.consume(code);
        closer = '$$';
        return dollar;
      }
      closer ||= '$';
      if (missing.has(closer)) return nok(code);
      effects.exit('formulaMarker');
      return inside(code);
    }
    function bracket(code: Code): State | undefined {
      if (code !== 40 && code !== 91) return nok(code);
      effects.consume(code);
      effects.exit('formulaMarker');
      closer = code === 40 ? '\\)' : '\\]';
      return missing.has(closer) ? nok : inside;
    }
    function leave() {
      if (inValue) effects.exit('formulaValue');
      inValue = false;
    }
    function inside(code: Code): State | undefined {
      if (code === null) {
        missing.add(closer);
        return nok(code);
      }
      if (isEol(code)) {
        leave();
        value += '\n';
        effects.enter('lineEnding');
        effects.consume(code);
        effects.exit('lineEnding');
        return inside;
      }
      return code === closer.charCodeAt(0)
        ? effects.attempt(closing, closed, ordinary)(code)
        : ordinary(code);
    }
    function ordinary(code: Code): State | undefined {
      if (!inValue) effects.enter('formulaValue');
      inValue = true;
      value += letter(code);
      effects.consume(code);
      return code === 92 ? escaped : inside;
    }
    function escaped(code: Code): State | undefined {
      if (code === null || isEol(code)) return inside(code);
      value += letter(code);
      effects.consume(code);
      return inside;
    }
    function closed(code: Code): State | undefined {
      const dollars = closer[0] === '$';
      const money = closer === '$' && !isFormula(letter(before), value, letter(code));
      if (money || (dollars ? value.trim() === '' : !isTex(value, closer === '\\)'))) return nok(code);
      const own = value.includes('$') || value !== value.trim() || TICKED.test(value);
      if (closer === '$' && before !== 36 && code !== 36 && !own) {
        plain();
        return nok(code);
      }
      effects.exit('formulaText');
      return ok(code);
    }
  },
});

const syntax: Syntax = {
  // A line such as `$$x = 1` or `$$$ 很贵` would open a block of remark-math's that swallows the note.
  disable: { null: ['mathFlow'] },
  flow: { 36: flow, 92: flow },
  text: { 36: text, 92: text },
};

function value(this: CompileContext, token: Token): void {
  this.config.enter.data!.call(this, token);
  this.config.exit.data!.call(this, token);
}

/** TeX of the formula that ends here: an environment keeps its own first and last words. */
function finish(this: CompileContext, token: Token): { tex: string; source: string } {
  const tex = this.resume();
  this.exit(token);
  return { tex, source: this.sliceSerialize(token) };
}

const fromMarkdown: FromMarkdown = {
  enter: {
    formulaFlow(token) {
      this.enter({ type: 'math', value: '' }, token);
      this.buffer();
    },
    formulaText(token) {
      this.enter({ type: 'inlineMath', value: '' }, token);
      this.buffer();
    },
  },
  exit: {
    formulaValue: value,
    formulaFlow(token) {
      const node = this.stack.at(-2) as MathNode;
      const { tex, source } = finish.call(this, token);
      const environment = /^\\begin\{[^}]*\}/.exec(source)?.[0];
      node.value = environment
        ? `${environment}${tex}\\end${environment.slice('\\begin'.length)}`
        : tex.trim();
      if (source.startsWith('$$') && !/[^$]\$\$\s*$/.test(source)) node.unclosed = true;
    },
    formulaText(token) {
      const node = this.stack.at(-2) as InlineMath;
      const { tex, source } = finish.call(this, token);
      const inDollars = source[0] === '$' && source[1] !== '$';
      node.value = (inDollars ? tex.replace(TICKED, '$1') : tex).trim();
      if (source.startsWith('$$') || source.startsWith('\\[')) node.display = true;
    },
  },
};

export const remarkMathSyntax: Plugin<[]> = function (this: Processor) {
  addSyntax(this.data(), syntax, fromMarkdown);
};
