/** Citations in Pandoc's form: `[@key]`, `[@key, §3; @other]`, `[@arxiv:2005.12872]`. */

import type { Root } from 'mdast';
import type { CompileContext, Extension as FromMarkdown, Token } from 'mdast-util-from-markdown';
import { normalizeIdentifier } from 'micromark-util-normalize-identifier';
import type {
  Code,
  Construct,
  Effects,
  State,
  Extension as Syntax,
  TokenizeContext,
} from 'micromark-util-types';
import type { Plugin, Processor } from 'unified';
import type { Literal } from 'unist';
import { visit } from 'unist-util-visit';
import type { Ref } from '../model.ts';
import { addRef, element, mark, noteOf, placeOf } from './context.ts';
import { addSyntax } from './syntax.ts';

export interface Citation extends Literal {
  type: 'citation';
  value: string;
}

declare module 'mdast' {
  interface RootContentMap {
    citation: Citation;
  }
  interface PhrasingContentMap {
    citation: Citation;
  }
}
declare module 'micromark-util-types' {
  interface TokenTypeMap {
    citation: 'citation';
    citationMarker: 'citationMarker';
    citationData: 'citationData';
  }
}

/** Pandoc's keys: a letter, digit or `_`, then also inner punctuation, none at the end. A second `@` is a second work. */
const ITEM = /^@([\p{L}\p{N}_](?:[\p{L}\p{N}_:.#$%&\-+?<>~/]*[\p{L}\p{N}_])?)(?:,\s*([^@]*))?$/u;

/**
 * The works of a citation, without its brackets.
 *
 * @returns key, what follows it, and where its `@` stands in `value`; `undefined` when the text is no citation, so that
 * it stays as typed
 */
export function parseCitation(value: string): { key: string; locator: string; offset: number }[] | undefined {
  const items: { key: string; locator: string; offset: number }[] = [];
  let from = 0;
  for (const part of value.split(';')) {
    const m = ITEM.exec(part.trim());
    if (!m) return undefined;
    items.push({ key: m[1]!, locator: m[2]?.trim() ?? '', offset: from + part.indexOf('@') });
    from += part.length + 1;
  }
  return items;
}

const construct: Construct = {
  name: 'citation',
  tokenize(effects: Effects, ok: State, nok: State): State {
    let text = '';
    return start;

    /** > | [@key]
     *    ^      */
    function start(code: Code) {
      effects.enter('citation');
      effects.enter('citationMarker');
      effects.consume(code);
      effects.exit('citationMarker');
      return at;
    }
    function at(code: Code) {
      if (code !== 64) return nok(code);
      effects.enter('citationData');
      return inside(code);
    }
    function inside(code: Code): State | undefined {
      if (code === null || code < 0 || code === 91 || text.length > 500) return nok(code);
      if (code === 93) {
        if (!parseCitation(text)) return nok(code);
        effects.exit('citationData');
        effects.enter('citationMarker');
        effects.consume(code);
        effects.exit('citationMarker');
        effects.exit('citation');
        return after;
      }
      text += String.fromCodePoint(code);
      effects.consume(code);
      return inside;
    }
    /** `[@name](…)` and `[@name][…]` are links. */
    function after(code: Code): State | undefined {
      if (code === 91) return effects.check(noLabel, ok, nok)(code);
      return code === 40 ? nok(code) : ok(code);
    }
  },
};

/** Looks whether `[@` stands here. */
const opens: Construct = {
  partial: true,
  tokenize(effects: Effects, ok: State, nok: State): State {
    return (code) => {
      if (code !== 91) return nok(code);
      effects.enter('citationMarker');
      effects.consume(code);
      effects.exit('citationMarker');
      return (next) => (next === 64 ? ok(next) : nok(next));
    };
  },
};

/** Labels are no longer in CommonMark. */
const LONGEST_LABEL = 999;

/** Looks whether brackets follow that are no label of a link: `[^1]`, `[@other]`, `[[note]]`, or one that nothing defines. */
const noLabel: Construct = {
  partial: true,
  tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
    const { defined } = this.parser;
    let label = '';
    return (code) => {
      effects.enter('citationMarker');
      effects.consume(code);
      return inside;
    };
    function inside(code: Code): State | undefined {
      const ends = code === null || code === 91 || code === 93 || label.length > LONGEST_LABEL;
      if (!ends) {
        label += code < 0 ? ' ' : String.fromCodePoint(code);
        effects.consume(code);
        return inside;
      }
      effects.exit('citationMarker');
      return code === 93 && defined.includes(normalizeIdentifier(label)) ? nok(code) : ok(code);
    }
  },
};

/** In `[@key]: …` a colon follows a citation, as in Pandoc: it defines no link, which would swallow the line. */
const definition: Construct = {
  name: 'definitionOfNoCitation',
  tokenize(this: TokenizeContext, effects: Effects, ok: State, nok: State): State {
    const all = [this.parser.constructs.contentInitial[91] ?? []].flat();
    const markdown = all.find(({ name }) => name === 'definition')!;
    return effects.check(opens, nok, markdown.tokenize.call(this, effects, ok, nok));
  },
};

const syntax: Syntax = {
  disable: { null: ['definition'] },
  contentInitial: { 91: definition },
  text: { 91: construct },
};

const fromMarkdown: FromMarkdown = {
  enter: {
    citation(this: CompileContext, token: Token) {
      this.enter({ type: 'citation', value: '' }, token);
    },
  },
  exit: {
    citationData(this: CompileContext, token: Token) {
      (this.stack.at(-1) as unknown as Citation).value = this.sliceSerialize(token);
    },
    citation(this: CompileContext, token: Token) {
      this.exit(token);
    },
  },
};

export const remarkCitation: Plugin<[], Root> = function (this: Processor) {
  addSyntax(this.data(), syntax, fromMarkdown);
  return (tree, file) => {
    const note = noteOf(file);
    visit(tree, 'citation', (node) => {
      const items = parseCitation(node.value) ?? [];
      const place = placeOf(note, node.position);
      node.data = mark(note, () =>
        items.map(({ key, locator, offset }, i) => {
          const cluster: Ref['cluster'] =
            items.length === 1 ? 'only' : i === 0 ? 'first' : i === items.length - 1 ? 'last' : 'middle';
          const ref = addRef(note, {
            kind: 'cite',
            target: key,
            fragment: '',
            label: locator,
            // A message about one of several works points to its key.
            place:
              items.length === 1
                ? place
                : { ...place, column: place.column + 1 + offset, length: key.length + 1 },
            cluster,
          });
          return element('a', {}, [], { ref, whole: true });
        }),
      );
    });
  };
};
