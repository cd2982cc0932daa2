/** Shiki, loaded when the first block of code is coloured: most of a one-note build would be loading it. */

import { createCssVariablesTheme, createHighlighterCore, type HighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';
import { languages } from './languages.ts';

/** Lines of coloured pieces; `color` is a CSS variable of the theme. */
export type Tokens = { content: string; color?: string | undefined }[][];

const theme = createCssVariablesTheme({
  name: 'postil',
  variablePrefix: '--',
  variableDefaults: {},
  fontStyle: false,
});

let highlighter: Promise<HighlighterCore> | undefined;

async function load(language: string): Promise<HighlighterCore> {
  highlighter ??= createHighlighterCore({
    themes: [theme],
    langs: [],
    engine: createJavaScriptRegexEngine({ forgiving: true }),
  });
  const core = await highlighter;
  if (!core.getLoadedLanguages().includes(language)) await core.loadLanguage(await languages[language]!());
  return core;
}

/**
 * Colours code, without a time limit: with one, what comes out would depend on the machine's load.
 *
 * @param language one of `languages`
 * @param longest characters of a line that is still coloured
 */
export async function tokenize(text: string, language: string, longest: number): Promise<Tokens> {
  return (await load(language)).codeToTokensBase(text, {
    lang: language,
    theme: 'postil',
    tokenizeTimeLimit: 0,
    tokenizeMaxLineLength: longest,
  });
}
