/** Functions that tests run in the page. */

/**
 * Runs in the page: the texts of `main`, without what is drawn (formulas) or pressed, and those that have no box
 * although nothing was folded away on purpose.
 */
export function blocks(): { texts: string[]; hidden: string[] } {
  const texts: string[] = [];
  const hidden: string[] = [];
  for (const block of document.querySelectorAll<HTMLElement>(
    'main :is(h1, h2, h3, h4, p, li, td, th, pre)',
  )) {
    const copy = block.cloneNode(true) as HTMLElement;
    for (const part of copy.querySelectorAll('.katex, button, script, style')) part.remove();
    const text = (copy.textContent ?? '').replace(/\s+/g, '');
    if (text === '' || block.closest('button, [role=tooltip]')) continue;
    texts.push(text);
    if (block.closest('details:not([open]), [popover], [hidden], .katex')) continue;
    const { width, height } = block.getBoundingClientRect();
    if (width === 0 || height === 0) hidden.push(text);
  }
  return { texts, hidden };
}

/** Runs in the page: by how many pixels it is wider than the window. */
export function excessWidth(): number {
  return document.documentElement.scrollWidth - innerWidth;
}

/**
 * Runs in the page: how many formulas in a line are followed by what may not begin one (closing punctuation, the mark of
 * a footnote), and those after which it does begin one.
 */
export function afterFormulas(): { followed: number; torn: string[] } {
  const torn: string[] = [];
  let followed = 0;
  for (const formula of document.querySelectorAll('main .katex:not(.katex-display *)')) {
    const next = formula.nextSibling;
    const mark = next instanceof Element && next.matches('.fnref');
    if (!next || !(mark || /^[，。；：、！？）》」』】”’,.;:!?)\]}%]/.test(next.textContent ?? ''))) continue;
    const range = document.createRange();
    range.selectNodeContents(next);
    if (next instanceof Text) range.setEnd(next, 1);
    const sign = [...range.getClientRects()].find((box) => box.width > 0);
    const end = (formula.querySelector('.katex-base:last-child') ?? formula).getBoundingClientRect();
    if (!sign || !end.width) continue;
    followed++;
    if (sign.left < end.right - 2) torn.push(`${formula.getAttribute('data-tex')} | ${next.textContent}`);
  }
  return { followed, torn };
}
