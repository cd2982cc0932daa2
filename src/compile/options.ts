import type { Dialect } from '../model.ts';

/** The options that compile reads; they are part of the store's key, so nothing else may be read. */
export interface CompileOptions {
  /** KaTeX macros of the site: `{'\\R': '\\mathbb{R}'}`. */
  macros: Record<string, string>;
  /** Language of notes that say nothing: decides the words of numbered labels. */
  lang: string;
  /** Other tools whose syntax is read. */
  dialects: Dialect[];
}
