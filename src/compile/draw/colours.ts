/**
 * The theme's colours as drawings use them: variables of `templates/style/`, each with its light value behind it
 * for places without our style sheet (feeds).
 */

export const INK = 'var(--ink, #211f1c)';
export const INK_2 = 'var(--ink-2, #57524a)';
export const EDGE = 'var(--edge, #8f887b)';
export const LINE = 'var(--line, #e3dfd5)';
export const SURFACE = 'var(--surface, #f5f3ed)';
export const GROUND = 'var(--bg, #fcfbf8)';

/** For series of data: told apart in both themes, and by the strokes' dashes without any colour. */
export const SERIES = [
  'var(--link, #1d4f7c)',
  'var(--zhu, #b0321c)',
  'var(--code-string, #2c6a45)',
  'var(--code-number, #8a4b08)',
  'var(--code-keyword, #8a2f6b)',
  'var(--visited, #5b4a7a)',
];

const COLOUR = /^(?:#[0-9a-f]{3,8}|[a-z]{3,24}|(?:rgba?|hsla?)\([\d\s.,%/-]+\))$/i;

/**
 * A colour that the author chose. In the dark a fill goes towards the page's ground, a line or a letter towards
 * its ink (`--fill-keep`, `--line-keep` in the style sheet), so that what was readable stays so.
 *
 * @returns `undefined` for what is no colour
 */
export function ownColour(value: string, isFill: boolean): string | undefined {
  if (value === 'none' || value === 'transparent') return 'none';
  if (!COLOUR.test(value)) return undefined;
  return isFill
    ? `color-mix(in srgb, ${value} var(--fill-keep, 100%), ${GROUND})`
    : `color-mix(in srgb, ${value} var(--line-keep, 100%), ${INK})`;
}
