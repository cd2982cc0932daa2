/** What a note page may weigh and hold. Sizes in bytes, gzipped (fonts as they are), before figures. */

export const LIMITS = {
  html: 40_000,
  css: 10_000,
  mathCss: 5_000,
  script: 8_000,
  search: 110_000,
  textFonts: 24_000,
  mathFonts: 60_000,
  requests: 8,
  faces: 12,
  nodes: 6_000,
  foreign: 0,
} as const;

export type Measure = Record<keyof typeof LIMITS, number>;
