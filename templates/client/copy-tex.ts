/** Copying a passage gives its formulas as TeX: `$…$`, or `$$…$$` for a displayed one. */
export function copyTex(): void {
  document.addEventListener('copy', (event) => {
    const selection = getSelection();
    if (!event.clipboardData || !selection || selection.isCollapsed) return;
    const range = selection.getRangeAt(0).cloneRange();
    // Half a formula is not a formula: take the whole of what the selection touches at its ends.
    const start = formulaAround(range.startContainer);
    const end = formulaAround(range.endContainer);
    if (start) range.setStartBefore(start);
    if (end) range.setEndAfter(end);
    const passage = cloneShown(range);
    const formulas = passage.querySelectorAll<HTMLElement>('.katex');
    if (formulas.length === 0) return;

    const holder = document.createElement('div');
    holder.append(passage);
    event.clipboardData.setData('text/html', new XMLSerializer().serializeToString(holder));
    for (const formula of formulas) {
      const tex = formula.dataset.tex ?? '';
      const display = formula.closest('.katex-display') !== null;
      formula.replaceWith(display ? `$$${tex}$$` : `$${tex}$`);
    }
    for (const furniture of holder.querySelectorAll('.permalink, button')) furniture.remove();
    for (const part of holder.querySelectorAll('thead, tbody, tr, th, td'))
      for (const beside of [part.previousSibling, part.nextSibling])
        if (beside instanceof Text && beside.data.trim() === '') beside.remove();
    for (const cell of holder.querySelectorAll(':is(td, th):not(:last-child)')) cell.append('\t');
    for (const block of holder.querySelectorAll('p, li, h2, h3, h4, h5, h6, tr, .equation, figcaption'))
      block.append('\n');
    event.clipboardData.setData('text/plain', (holder.textContent ?? '').trim());
    event.preventDefault();
  });
}

/** What may stand in a passage and not be shown: notes, references and drawers that were not asked for. */
const HIDDEN = '[popover], [hidden], .drawer, details:not([open]) > :not(summary)';

/** The passage as it is seen: a copy has no layout to ask. */
function cloneShown(range: Range): DocumentFragment {
  const hidden = [...document.querySelectorAll(HIDDEN)].filter((e) => e.getClientRects().length === 0);
  for (const element of hidden) element.toggleAttribute('data-unseen', true);
  const passage = range.cloneContents();
  for (const element of hidden) element.removeAttribute('data-unseen');
  for (const element of passage.querySelectorAll('[data-unseen]')) element.remove();
  return passage;
}

function formulaAround(node: Node): Element | null {
  const element = node instanceof Element ? node : node.parentElement;
  return element?.closest('.katex-display') ?? element?.closest('.katex') ?? null;
}
