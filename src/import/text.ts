/** Walking a Markdown text by its parts, so that a change in formulas leaves code alone and the other way round. */

/** Fenced code, code spans, formulas, everything else; in the order of the text. */
const PARTS =
  /(?<code>^(?<fence> {0,3}(?:`{3,}|~{3,}))[^\n]*\n[\s\S]*?(?:^\k<fence>[`~]*[ \t]*$|(?![\s\S]))|(?<tick>`+)(?!`)[\s\S]*?(?<!`)\k<tick>(?!`))|(?<math>\$\$[\s\S]+?\$\$|(?<![\\$])\$(?!\s)(?:\\.|[^\\$\n])+?(?<!\s)\$(?!\d))/gm;

/** Replaces parts of a text: each function gets one part and gives what stands in its place. */
export function mapParts(
  text: string,
  map: { math?: (tex: string) => string; prose?: (prose: string) => string },
): string {
  const prose = map.prose ?? ((t: string) => t);
  const math = map.math ?? ((t: string) => t);
  let out = '';
  let from = 0;
  for (const m of text.matchAll(PARTS)) {
    out += prose(text.slice(from, m.index));
    out += m.groups?.math === undefined ? m[0] : math(m[0]);
    from = m.index + m[0].length;
  }
  return out + prose(text.slice(from));
}

/** Takes code and formulas out of a text, so that what spans them can be replaced as a whole. */
export function protect(text: string): { text: string; restore(text: string): string } {
  const kept: string[] = [];
  let out = '';
  let from = 0;
  for (const m of text.matchAll(PARTS)) {
    out += `${text.slice(from, m.index)}\u0002${kept.length}\u0003`;
    kept.push(m[0]);
    from = m.index + m[0].length;
  }
  out += text.slice(from);
  return { text: out, restore: (t) => t.replace(/\u0002(\d+)\u0003/g, (_, n: string) => kept[Number(n)]!) };
}
