/** What can be read off a printed formula (`src/compile/slim-katex.ts` says what it looks like). */

const TEX = ' data-tex="';
const MATHML = /<math[\s\S]*<\/math>/;

/**
 * @param html a printed formula
 * @returns its TeX, escaped as in an attribute; empty for what is no formula
 */
export function escapedTexOf(html: string): string {
  const start = html.indexOf(TEX);
  return start === -1 ? '' : html.slice(start + TEX.length, html.indexOf('"', start + TEX.length));
}

/**
 * @param html a printed formula
 * @returns its TeX; empty for what is no formula
 */
export function texIn(html: string): string {
  return escapedTexOf(html)
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

/**
 * @param html a printed formula
 * @returns it for readers without a style sheet: its MathML, or its letters
 */
export function withoutStyle(html: string): string {
  const math = MATHML.exec(html);
  if (math) return math[0];
  return html
    .replace(/<!---->/g, '')
    .replace(/<span class="[mr]">([^<]*)<\/span>/g, ' $1 ')
    .replace(/<i\b[^>]*>/g, '<i>')
    .replace(/<\/?span\b[^>]*>/g, '');
}

/**
 * @param html a printed formula
 * @returns its letters and signs, escaped as in HTML
 */
export function lettersOf(html: string): string {
  return (MATHML.exec(html)?.[0] ?? html).replace(/<[^>]*>/g, '');
}
