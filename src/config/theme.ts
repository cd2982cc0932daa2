/** `theme:` of postil.yml: a few CSS variables of `templates/style/tokens.css`. */

import { COLOUR_NAMES } from '../colour-names.ts';
import { group, type Kind, text } from '../schema.ts';

const COLOURS = [
  'bg',
  'surface',
  'ink',
  'ink-2',
  'ink-3',
  'edge',
  'line',
  'link',
  'visited',
  'zhu',
  'mark',
  'target',
] as const;
const FACES = ['sans', 'song', 'title', 'quote', 'mono', 'measure'] as const;

/** Names of the variables, without `--`. */
export const TOKENS = { colours: COLOURS, faces: FACES };

type Token = (typeof COLOURS)[number] | (typeof FACES)[number];
export type ThemeTokens = { [K in Token]?: string };

/** What a style sheet takes for a colour beside its names, and nothing that could end the rule. */
const COLOUR =
  /^(?:#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})|(?:rgb|hsl|hwb|lab|lch|oklab|oklch)a?\([\d\s.,%/+-]+(?:deg|turn|rad)?[\d\s.,%/+-]*\))$/i;
const FAMILIES = /^[^;{}<>()\\@]+$/;
const LENGTH = /^\d+(?:\.\d+)?(?:rem|em|px|ch)$/;

function matching(expected: string, pattern: RegExp): Kind<string> {
  return {
    expected,
    json: { type: 'string' },
    read: (yaml) => {
      const value = text.read(yaml);
      return value !== undefined && pattern.test(value) ? value : undefined;
    },
  };
}

const colour: Kind<string> = {
  expected: 'a colour such as "#b0321c", rgb(176 50 28) or green',
  words: COLOUR_NAMES,
  json: { type: 'string' },
  read: (yaml) => {
    const value = text.read(yaml);
    if (value === undefined) return undefined;
    return COLOUR.test(value) || COLOUR_NAMES.has(value.toLowerCase()) ? value : undefined;
  },
};
const families = matching('names of fonts, separated by commas', FAMILIES);

const colours = Object.fromEntries(
  COLOURS.map((name) => [name, { kind: colour, doc: `The colour \`--${name}\`.` }]),
) as Record<(typeof COLOURS)[number], { kind: Kind<string>; doc: string }>;

/** The group, told of colours without quotes: to YAML, their `#` begins a comment. */
function withHashes<T>(kind: Kind<T>): Kind<T> {
  return {
    ...kind,
    read: (yaml, report) => {
      for (const { key, value } of yaml.kind === 'map' ? yaml.entries : []) {
        if (value.kind !== 'scalar' || value.value !== null) continue;
        const hex = /^[0-9a-f]{3,8}(?!\S)/i.exec(value.comment ?? '')?.[0];
        const expected = `in quotes, ${key}: "#${hex}", since “ #” begins a comment`;
        if (hex) report?.wrongType(key, expected, 'empty', value.span);
      }
      return kind.read(yaml, report);
    },
  };
}

export const theme: Kind<ThemeTokens & { dark?: ThemeTokens }> = withHashes(
  group({
    ...colours,
    sans: { kind: families, doc: 'Fonts of the text.' },
    song: { kind: families, doc: 'Fonts of print and of hanzi in titles.' },
    title: { kind: families, doc: 'Fonts of titles.' },
    quote: { kind: families, doc: 'Fonts of quotations.' },
    mono: { kind: families, doc: 'Fonts of code.' },
    measure: { kind: matching('a length such as 40rem', LENGTH), doc: 'Width of the text.' },
    dark: { kind: withHashes(group(colours)), doc: 'Colours in the dark.' },
  }),
);
