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
