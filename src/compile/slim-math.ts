/**
 * KaTeX's MathML without what says nothing to a browser, and its TeX taken out, which a page keeps as an attribute:
 *
 *     <math xmlns="…"><semantics><mrow><mi>x</mi></mrow><annotation encoding="application/x-tex">x</annotation></semantics></math>
 *     →  <math><mi>x</mi></math>  and  x
 */

const OPEN = '<math xmlns="http://www.w3.org/1998/Math/MathML"';
/** A row of one element is that element (MathML Core, §3.3.1). */
const SINGLE = /<mrow>(<(m[ion]|mtext)(?: [^>]*)?>[^<]*<\/\2>)<\/mrow>/g;

/**
 * @param math from `<math` to `</math>`, as KaTeX prints it
 * @returns also the TeX, escaped as in an attribute; nothing when it is none of KaTeX's known form
 */
export function slimMath(math: string): { math: string; tex: string } | undefined {
  const from = math.indexOf('<semantics>');
  const to = math.indexOf('<annotation');
  const end = math.lastIndexOf('</annotation></semantics></math>');
  if (!math.startsWith(OPEN) || from === -1 || to === -1 || end === -1) return;
  // KaTeX escapes both quotes, in text as in attributes.
  const tex = math.slice(math.indexOf('>', to) + 1, end).replaceAll('&#x27;', "'");
  let inner = math.slice(from + 11, to);
  // `math` is a row itself.
  if (inner.startsWith('<mrow>') && inner.endsWith('</mrow>') && isOneRow(inner)) inner = inner.slice(6, -7);
  return {
    math: `<math${math.slice(OPEN.length, from)}${inner.replaceAll(' separator="true"', '').replace(SINGLE, '$1')}</math>`,
    tex,
  };
}

/** Whether the row that begins the text is the one that ends it. */
function isOneRow(inner: string): boolean {
  let depth = 0;
  for (let at = 0; ; ) {
    const close = inner.indexOf('</mrow>', at);
    const open = inner.indexOf('<mrow', at);
    if (open !== -1 && open < close) {
      depth++;
      at = open + 5;
    } else {
      depth--;
      at = close + 7;
      if (depth === 0) return at === inner.length;
    }
  }
}
