/**
 * What compile and the store both say of code blocks: which are drawn, and the key of what one becomes. A drawing, and
 * the colours of code, depend on the language and the source alone, never on the note around them.
 */

import { hash } from './hash.ts';

const DRAWING_KINDS = ['dot', 'mermaid', 'vega-lite', 'plot'] as const;
export type DrawingKind = (typeof DRAWING_KINDS)[number];

const ALIASES = new Map<string, DrawingKind>([
  ['graphviz', 'dot'],
  ['gv', 'dot'],
  ['vegalite', 'vega-lite'],
]);

/** A source that was drawn, or why it cannot be. Plain JSON: it is kept in the store. */
export type Drawn =
  | {
      /** `<svg>` element; ids in it stand between NUL characters as `\0i<name>\0`, for the page to make unique. */
      svg: string;
      /** Width of the whole in CSS pixels. */
      width: number;
      /** What was drawn, but perhaps not as meant. */
      warnings: string[];
    }
  | {
      /** `error`: the source is wrong. `unsupported`: it may be right, but is not drawn here. */
      fault: 'error' | 'unsupported';
      message: string;
      /** In the source of the drawing, 1-based; absent when unknown. */
      line?: number;
      column?: number;
      length?: number;
    };

/** Coloured code: of each line its pieces, a class (empty for none) and a text. */
export type CodeLines = [name: string, text: string][][];

/** Drawings and coloured code by key. */
export type Drawings = Record<string, Drawn | CodeLines>;

/** @returns the kind of drawing that a code block's language names, if any */
export function drawingKind(language: string): DrawingKind | undefined {
  const name = language.toLowerCase();
  return DRAWING_KINDS.find((k) => k === name) ?? ALIASES.get(name);
}

/** @returns under which key the store has a drawing: the same source is drawn alike in every note */
export function drawingKey(kind: DrawingKind, source: string): string {
  return hash(kind, source);
}

/** @param language as the author names it */
export function codeKey(language: string, text: string): string {
  return hash('code', language, text);
}

/** What draws a kind, when it is large: plots are drawn by a few kilobytes, which every thread may load. */
const LIBRARIES: Partial<Record<DrawingKind, string>> = {
  dot: 'graphviz',
  mermaid: 'mermaid',
  'vega-lite': 'vega',
};

const OPENING = new RegExp(
  `^[ \\t>]*(?:\`{3,}|~{3,})[ \\t]*(${[...DRAWING_KINDS, ...ALIASES.keys()].join('|')})\\b`,
  'im',
);

/**
 * The large library that the first drawing in a note's text needs, by a rough reading.
 *
 * @returns a name; `undefined` when the note seems to need none
 */
export function drawnBy(text: string): string | undefined {
  const kind = drawingKind(OPENING.exec(text)?.[1] ?? '');
  return kind && LIBRARIES[kind];
}

/** Patterns of one line each. */
const OPENS = /^([ \t>]*)(`{3,}|~{3,})[ \t]*([\w+#.-]+)/;
const CLOSES = /^[ \t>]*(?=[`~]+[ \t]*$)(`{3,}|~{3,})/;

/**
 * The keys of the drawings and of the code in a note's text, so that the store can be asked before the note is parsed. A
 * rough reading: what it misses is made again, one too many costs a look into the store. No limit watches over it, so it
 * takes time with the length of the text alone.
 */
export function drawingKeys(text: string): string[] {
  const keys: string[] = [];
  if (!text.includes('```') && !text.includes('~~~')) return keys;
  const lines = text.split('\n');
  const closings = lines.map((line) => CLOSES.exec(line)?.[1] ?? '');
  // How long a fence may be at each line and still be closed there or further down, so that none looks in vain.
  const closable = { '`': [0], '~': [0] };
  for (const [sign, lengths] of Object.entries(closable)) {
    for (let i = lines.length - 1; i >= 0; i--)
      lengths[i] = Math.max(lengths[i + 1] ?? 0, closings[i]!.startsWith(sign) ? closings[i]!.length : 0);
  }
  for (let i = 0; i < lines.length; i++) {
    const [, indent = '', fence = '', language = ''] = OPENS.exec(lines[i]!) ?? [];
    if (fence === '' || fence.length > (closable[fence[0] as '`' | '~'][i + 1] ?? 0)) continue;
    const first = i + 1;
    do i++;
    while (!closings[i]!.startsWith(fence));
    const source = lines
      .slice(first, i)
      .map((line) => {
        if (line.startsWith(indent)) return line.slice(indent.length);
        // Lines of a quotation may leave out the blank after `>`.
        return indent.trimEnd() !== '' && line.startsWith(indent.trimEnd()) ? '' : line.trimStart();
      })
      .join('\n');
    const kind = drawingKind(language);
    keys.push(kind ? drawingKey(kind, source) : codeKey(language, source));
  }
  return keys;
}
