/**
 * The fonts that pages load, cut when Postil is packaged and never by a build: one new glyph in a note changes no
 * other page, and a build generates no code.
 *
 * Each KaTeX face is split in two by `unicode-range`: a core of the glyphs that formulas really use (chosen from
 * some 5,000 formulas of papers, notes and textbooks), and the rest, which a page fetches only when it needs it.
 * Cores below 8 kB stand inside math.css: as files of their own they would be one request each.
 */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { AtRule, Plugin, Root } from 'postcss';
import subset from 'subset-font';

const require = createRequire(import.meta.url);
/** Below the project's root, so that a style sheet can name it. */
const FOLDER = 'node_modules/.cache/postil-fonts';

const ASCII = String.fromCodePoint(...Array.from({ length: 95 }, (_, i) => 32 + i));
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = UPPER.toLowerCase();
const BIG = '()[]{}⟨⟩⌊⌋⌈⌉|∣∥√';

/** Glyphs of each face's core. A face that is not here is fetched whole, when it is used. */
const CORES: Record<string, string> = {
  'Main-Regular': `${ASCII}\u200b\u00a0−±×⋅∗∘=≠≈≡∼≥≤≪≫∝∈∉∣∥⊂⊆∪∩∅∖∀∃¬∧∨⊕⊙⊤∇∂√∞→←↔⇒⇔⟶⟹⟺↦↑↓′…⋯⋮⋱⌊⌋⌈⌉⟨⟩ˉ˙⃗ℓ“”’–\ue020ΓΔΘΛΠΣΦΨΩ`,
  'Math-Italic': `${UPPER}${LOWER}αβγδϵεζηθικλμνξπρστϕφχψω`,
  'Main-Bold': `${UPPER}${LOWER}01`,
  AMS: 'CEFHNPQRZ∅∤∎⩽⩾',
  Caligraphic: UPPER,
  Size1: `${BIG}∑∏∫⋃⋂⨁⨂`,
  Size2: `${BIG}∑∏∫⋃⋂∬∮⨁⨂⨀`,
  Size3: BIG,
  Size4: `${BIG}⎧⎨⎩⎫⎬⎭⎡⎢⎣⎤⎥⎦⎛⎜⎝⎞⎟⎠⎪`,
};
const INLINE_BELOW = 8192;

/** @returns `U+28-29,U+2b` */
function range(codes: number[]): string {
  const sorted = [...new Set(codes)].sort((a, b) => a - b);
  const out: string[] = [];
  for (let i = 0; i < sorted.length; ) {
    let j = i;
    while (sorted[j + 1] === sorted[j]! + 1) j++;
    const hex = (n: number) => n.toString(16);
    out.push(j === i ? `U+${hex(sorted[i]!)}` : `U+${hex(sorted[i]!)}-${hex(sorted[j]!)}`);
    i = j + 1;
  }
  return out.join(',');
}

const codes = (text: string) => Array.from(text, (c) => c.codePointAt(0)!);

/** Characters of a KaTeX face, from KaTeX's own table. */
function charactersOf(face: string): number[] {
  const table = readFileSync(
    join(dirname(require.resolve('katex/package.json')), 'src/fontMetricsData.js'),
    'utf8',
  );
  const start = table.indexOf(`"${face}": {`);
  const body = table.slice(start, table.indexOf('}', start));
  return [...body.matchAll(/"(\d+)": \[/g)].map((m) => Number(m[1])).filter((n) => n > 0);
}

async function cut(from: string, to: string, text: string): Promise<Uint8Array> {
  mkdirSync(FOLDER, { recursive: true });
  const font = await subset(readFileSync(from), text, {
    targetFormat: 'woff2',
    // Screens no longer need the hints, which are half of such a small font.
    noHinting: true,
    keepFeatures: [],
  });
  writeFileSync(join(FOLDER, to), font);
  return font;
}

/**
 * Rules of KaTeX's for what Postil never prints: its version, equations set or numbered on the left, and what
 * src/compile/slim-katex.ts writes otherwise.
 */
const UNUSED =
  /\.(?:katex-version|leqno|fleqn|katex-sizing|fontsize-ensurer|katex-mathml|katex-strut|vlist|pstrut|msupsub|mathrm|mathnormal)\b/;

/** PostCSS plugin: KaTeX's faces as cores and rests, woff2 only, and none of its rules that nothing uses. */
export function katexFaces(): Plugin {
  return {
    postcssPlugin: 'katex-faces',
    // In `Once`, because Vite's own plugin after this one collects the files in `Once` too.
    async Once(root: Root) {
      root.walkRules(UNUSED, (rule) => {
        rule.remove();
      });
      const faces: { rule: AtRule; face: string; file: string; url: string }[] = [];
      root.walkAtRules('font-face', (rule) => {
        const source = rule.nodes?.find((n) => n.type === 'decl' && n.prop === 'src');
        if (source?.type !== 'decl') return;
        const url = /url\(["']?([^"')]*KaTeX_([\w-]+)\.woff2)["']?\)/.exec(source.value);
        if (url)
          faces.push({
            rule,
            face: url[2]!.replace(/^(AMS|Caligraphic|Size\d)-Regular$/, '$1'),
            file: `KaTeX_${url[2]}.woff2`,
            url: url[1]!,
          });
      });
      for (const { rule, face, file, url } of faces) {
        const whole = `url(${url}) format("woff2")`;
        const set = (target: AtRule, src: string, unicodes?: string) => {
          target.walkDecls('src', (d) => {
            d.value = src;
          });
          if (unicodes) target.append({ prop: 'unicode-range', value: unicodes });
        };
        const core = CORES[face];
        if (core === undefined) {
          set(rule, whole);
          continue;
        }
        const known = charactersOf(/^(?:AMS|Caligraphic|Size\d)$/.test(face) ? `${face}-Regular` : face);
        const inCore = codes(core);
        const rest = known.filter((c) => !inCore.includes(c));
        const name = file.replace('.woff2', '-core.woff2');
        const font = await cut(
          join(dirname(require.resolve('katex/package.json')), 'dist/fonts', file),
          name,
          String.fromCodePoint(...inCore),
        );
        const inside = font.length < INLINE_BELOW;
        const src = inside
          ? `url(data:font/woff2;base64,${Buffer.from(font).toString('base64')}) format("woff2")`
          : `url(/${FOLDER}/${name}) format("woff2")`;
        if (rest.length > 0) {
          const other = rule.clone();
          rule.after(other);
          set(other, whole, range(rest));
        }
        set(rule, src, range(inCore));
      }
    },
  };
}
