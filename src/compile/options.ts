import type { Dialect, MathOutput } from '../model.ts';

/** The options that compile reads; they are part of the store's key, so nothing else may be read. */
export interface CompileOptions {
  /** KaTeX macros of the site: `{'\\R': '\\mathbb{R}'}`. */
  macros: Record<string, string>;
  /** What formulas are printed as. Default: `htmlAndMathml`. */
  mathOutput?: MathOutput;
  /** Language of notes that say nothing: decides the words of numbered labels. */
  lang: string;
  /** Other tools whose syntax is read. */
  dialects: Dialect[];
  /** `false`: nothing is made for the search index. */
  search?: boolean;
  /** Plugins that the site brings; absent when there are none. */
  plugins?: LoadedPlugins;
}

/** Plugins of the site, bundled. */
export interface LoadedPlugins {
  /** The bundle; it exports `p0`, `p1`, … in the order of `list`. */
  file: string;
  /** Of the bundle: what stands for it in the store's key. */
  hash: string;
  list: { use: string; at: 'remark' | 'rehype'; trusted: boolean; options: unknown }[];
}
