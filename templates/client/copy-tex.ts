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
    const passage = range.cloneContents();
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
    for (const block of holder.querySelectorAll('p, li, h2, h3, h4, h5, h6, tr, .equation, figcaption'))
      block.append('\n');
    event.clipboardData.setData('text/plain', (holder.textContent ?? '').trim());
    event.preventDefault();
  });
}

function formulaAround(node: Node): Element | null {
  const element = node instanceof Element ? node : node.parentElement;
  return element?.closest('.katex-display') ?? element?.closest('.katex') ?? null;
}
