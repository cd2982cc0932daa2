/** `theme:` of postil.yml → the rules that stand behind the site's style sheet. */

import { type ThemeTokens, TOKENS } from '../config/theme.ts';

/** `inkSoft` is no CSS name: the variable of `templates/style/tokens.css`, and the value. */
function rules(tokens: ThemeTokens, names: readonly (keyof ThemeTokens)[]): string {
  return names
    .filter((name) => tokens[name] !== undefined)
    .map((name) => `--${name}:${tokens[name]}`)
    .join(';');
}

/**
 * @param tokens what postil.yml sets; `dark` holds the dark's own colours
 * @returns CSS, empty when nothing is set
 */
export function tokenStyle(tokens: ThemeTokens & { dark?: ThemeTokens }): string {
  const day = rules(tokens, TOKENS.colours);
  const night = rules(tokens.dark ?? {}, TOKENS.colours);
  const faces = rules(tokens, TOKENS.faces);
  return (
    // As weak as the defaults that they follow: what is set for the light leaves the dark alone.
    (day && `:root{${day}}`) +
    (night &&
      `@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){${night}}}@media screen{:root[data-theme=dark]{${night}}}`) +
    // Above what tokens.css says for some languages.
    (faces && `:root:root:root{${faces}}`)
  );
}
