/** What the plugins of one note share. Made by `compile` for each note, gone when it returns. */

import type { Element, ElementContent, Root } from 'hast';
import type { Position } from 'unist';
import type { VFile } from 'vfile';
import type { At } from '../diagnostics/messages/define.ts';
import type { DrawingKind } from '../drawings.ts';
import type { Diagnostic, Dialect, Label, MathOutput, Place, Ref } from '../model.ts';
import type { NotePath } from '../paths.ts';
import type { Colour } from './colour.ts';
import type { Draw } from './draw/draw.ts';

export interface NoteContext {
  path: NotePath;
  /** How messages name the note: `posts/detr.md`. */
  file: string;
  /** The whole file; `body` is the part after the front matter, `bodyLine` the lines before it. */
  text: string;
  body: string;
  bodyLine: number;
  lang: string;
  dialects: Dialect[];
  /** Macros of the site and of this note; formulas of this note may add to it (`\newcommand`). */
  macros: Record<string, string>;
  /** The macros as text while no formula has changed them: part of the key of printed formulas. */
  macroKey: string | undefined;
  /** What formulas are printed as. */
  mathOutput: MathOutput;
  diagnostics: Diagnostic[];
  refs: Ref[];
  labels: Label[];
  /** Printed formulas; the same formula has one number. */
  math: string[];
  /** Named blocks (`^name`). */
  blocks: string[];
  /** Title in front matter, if any; the first `# heading` otherwise. */
  title: string | undefined;
  /** Tags in front matter and in the text. */
  tags: string[];
  marks: Mark[];
  markTag: string;
  footnotes: { number: number; name: string; refs: string[] }[];
  /** Terms that the text defines. */
  glossary: { id: string; names: string[]; place: Place }[];
  /** Draws diagrams and plots, or knows what they became before. */
  draw: Draw;
  /** Colours code, or knows its colours. */
  colour: Colour;
}

export interface Formula {
  /** What KaTeX gets. */
  tex: string;
  /** What the author wrote. */
  written: string;
  /** Offset in `written` for one in `tex`. */
  origin: (offset: number) => number;
  display: boolean;
  position: Position | undefined;
  /** It stands inside a link, which can hold no other: its references are numbers alone. */
  inLink?: true;
}

/** Turns the sanitised children of a placeholder into the nodes that stand in its place. */
export type Mark = (
  children: ElementContent[],
  element: Element,
) => (ElementContent | Root['children'][number])[];

declare module 'vfile' {
  interface DataMap {
    note: NoteContext;
  }
}

declare module 'hast' {
  interface ElementData {
    /** Number of the reference that this element is. */
    ref?: number;
    /** The reference prints its own text; else the element's children are its text. */
    whole?: boolean;
    /** A formula that is still to be printed. */
    tex?: Formula;
    /** A code block that is still to be highlighted. */
    code?: { value: string; language: string; meta: string; position: Position | undefined };
    /** The mark of a footnote, which the page prints. */
    footnote?: { number: number; use: number };
    /** Text of a heading, TeX between dollars. */
    heading?: string;
    /** A source that is still to be drawn. */
    drawing?: {
      kind: DrawingKind;
      value: string;
      position: Position | undefined;
      /** As the author asked: `60%` or pixels. */
      width: string | undefined;
      /** What to say instead of the picture: given by the author, or the caption's plain text; may be empty. */
      alt: string;
      title: string;
      /** Drawings of a note are counted to keep their ids apart. */
      number: number;
      /** `图 3`, or empty. */
      label: string;
    };
    /** `href` is `#` and an id of this page. */
    local?: boolean;
    /** It defines this term of the note; its first children are the names. */
    term?: { number: number; lead: number };
    /** It can be embedded under this id. */
    block?: string;
    /** Kept out of excerpts and contexts: footnote marks, permalinks. */
    apparatus?: boolean;
  }
}

/** @returns the note that a file is being compiled for */
export function noteOf(file: VFile): NoteContext {
  return file.data.note!;
}

/** The place of a node of the body, in the file as the author sees it. */
export function placeOf(note: NoteContext, position: Position | undefined): Place {
  if (!position) return { line: note.bodyLine + 1, column: 1, length: 1 };
  const { start } = position;
  // An element of HTML that is not closed has no end, whatever the type says.
  const end = position.end ?? start;
  const oneLine = end.line === start.line;
  const lineLength = () => {
    const from = note.body.indexOf('\n', start.offset ?? 0);
    return (from === -1 ? note.body.length : from) - (start.offset ?? 0);
  };
  return {
    line: start.line + note.bodyLine,
    column: start.column,
    length: Math.max(1, oneLine ? end.column - start.column : lineLength()),
  };
}

/** The same, for a message. */
export function atOf(note: NoteContext, position: Position | undefined): At {
  return { file: note.file, text: note.text, ...placeOf(note, position) };
}

/**
 * Registers what shall stand in place of an mdast node after sanitising, and returns the node's `data`.
 * remark-rehype turns that into a placeholder element with the node's children.
 */
export function mark(note: NoteContext, build: Mark): { hName: string; hProperties: { dataI: string } } {
  note.marks.push(build);
  return { hName: note.markTag, hProperties: { dataI: String(note.marks.length - 1) } };
}

/** @returns the property by which an element is known after sanitising; no author can write its attribute */
export function markProperty({ markTag }: NoteContext): string {
  return `data${markTag[0]!.toUpperCase()}${markTag.slice(1)}`;
}

/**
 * Registers what shall be done to the element that an mdast node becomes, once it was sanitised.
 *
 * @returns its `hProperties`
 */
export function markElement(note: NoteContext, change: (made: Element) => void): Record<string, string> {
  note.marks.push((_, made) => {
    change(made);
    return [made];
  });
  return { [markProperty(note)]: String(note.marks.length - 1) };
}

/** Shorthand for an element of our own. */
export function element(
  tagName: string,
  properties: Element['properties'],
  children: ElementContent[] = [],
  data?: Element['data'],
): Element {
  return { type: 'element', tagName, properties, children, ...(data && { data }) };
}

/** Adds a reference and returns its number. */
export function addRef(note: NoteContext, ref: Omit<Ref, 'context'>): number {
  note.refs.push({ ...ref, context: -1 });
  return note.refs.length - 1;
}
