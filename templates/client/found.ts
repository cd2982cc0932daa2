/** Marks the words that a search was for, and goes to the first of them; Esc takes the marks away. */
export function markFound(query: string): void {
  const article = document.querySelector('article') ?? document.querySelector('main');
  if (!article) return;
  const words = query.toLowerCase().match(/\p{Script=Han}+|[\p{L}\p{N}.-]+/gu) ?? [];
  const section = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  const ranges: Range[] = [];
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement?.closest('.katex, nav')) continue;
    // On a phone a note is not shown until it is asked for.
    if (node.parentElement?.closest('.sidenote')?.getClientRects().length === 0) continue;
    const text = (node.nodeValue ?? '').toLowerCase();
    for (const word of words) {
      for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
        const range = new Range();
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        ranges.push(range);
      }
    }
  }
  const after = (r: Range) =>
    !section || section.compareDocumentPosition(r.startContainer) & 4 || section.contains(r.startContainer);
  const first = ranges.find(after) ?? ranges[0];
  first?.startContainer.parentElement?.scrollIntoView({ block: 'center' });
  if (!('highlights' in CSS)) return;
  CSS.highlights.set('found', new Highlight(...ranges));
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape') CSS.highlights.delete('found');
  });
}
