/**
 * Formulas printed ahead of the notes they stand in, in a build that compiles many. One thread prints formulas and the
 * others read notes: V8 has to warm up for KaTeX in one of them only, and each formula is printed once. Formulas are found at
 * a glance, without a parser: nothing but time depends on whether one is found, since whoever compiles a note prints
 * what is not known yet.
 */

import { isFormula } from '../dollars.ts';
import type { Source } from '../model.ts';
import type { NotePath } from '../paths.ts';
import { begin } from './compile.ts';
import { numberEquations } from './equations.ts';
import { DEFINES, printFormula } from './katex.ts';
import type { CompileOptions } from './options.ts';
import { printedFormulas } from './printed-formulas.ts';

export interface FormulasJob {
  sources: Source[];
  options: CompileOptions;
  /** How many notes were looked at; then a number that is not 0 once nobody needs the rest. */
  begun: Int32Array;
}

/** Prints formulas of notes, and tells other threads what they became. */
export function printAhead({ sources, options, begun }: FormulasJob): void {
  const { note: plain } = begin({ path: '' as NotePath, text: '', hash: '' }, options);
  const isOver = () => Atomics.load(begun, 1) !== 0;
  for (const source of sources) {
    if (isOver()) return;
    Atomics.add(begun, 0, 1);
    const note = /^macros:/m.test(source.text) ? begin(source, options).note : plain;
    printedFormulas.hear();
    for (const { tex, display } of formulasIn(source.text)) {
      if (isOver()) return;
      printFormula(note, { tex, written: tex, origin: (offset) => offset, display, position: undefined });
    }
    printedFormulas.tell();
  }
}

/** Escapes, blocks of code and code in a line, which hold no formula; then `$$…$$`, `$…$`. */
const DOLLARS = /\\[\\$`]|^ *```[\s\S]*?^ *```|`[^`\n]*`|\$\$([\s\S]+?)\$\$|\$((?:[^$\\\n]|\\.)+)\$/gm;
/** What such a formula becomes depends on others of its note. */
const DEPENDS = /\\(?:(?:eq)?ref|label)\b/;

/**
 * @param text a note
 * @returns formulas that seem to stand in it, as KaTeX gets them
 */
export function* formulasIn(text: string): Generator<{ tex: string; display: boolean }> {
  for (const m of text.matchAll(DOLLARS)) {
    const [all, displayed, inline] = m;
    const content = displayed ?? inline;
    if (content === undefined || DEPENDS.test(content) || DEFINES.test(content)) continue;
    if (displayed !== undefined) {
      yield { tex: numberEquations(displayed.trim(), () => '').tex, display: true };
      continue;
    }
    const [before = '', after = ''] = [text[m.index - 1], text[m.index + all.length]];
    if (isFormula(before, content, after)) yield { tex: content.trim(), display: false };
  }
}
