import { formulaAsked } from './asked-formula.ts';
import { foldText, looksLikeTex } from './search-words.ts';

/** Marks what a search was for, its formulas or its words, and goes to the first of them; Esc takes the marks away. */
export function markFound(query: string): void {
  const article = document.querySelector('article') ?? document.querySelector('main');
  if (!article) return;
  const section = location.hash ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
  const isTex = looksLikeTex(query);
  const formulas = isTex ? formulasAsked(article, query) : [];
  const words = foldText(query).match(/\p{Script=Han}+|[\p{L}\p{N}.-]+/gu) ?? [];
  // A formula's letters mean nothing in a text.
  const loose = isTex && words.length > 1 ? words.filter((w) => w.length > 1) : words;
  const typed = rangesOf(article, [foldText(query)]);
  const ranges = formulas.length > 0 ? formulas : typed.length > 0 ? typed : rangesOf(article, loose);
  const after = (r: Range) =>
    !section || section.compareDocumentPosition(r.startContainer) & 4 || section.contains(r.startContainer);
  const first = (ranges.find(after) ?? ranges[0])?.startContainer.parentElement;
  for (let box = first?.closest('details'); box; box = box.parentElement?.closest('details')) box.open = true;
  // Whoever comes back goes on where they were.
  const [arrival] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (arrival?.type !== 'reload' && arrival?.type !== 'back_forward')
    first?.scrollIntoView({ block: 'center' });
  if (!('highlights' in CSS)) return;
  CSS.highlights.set('found', new Highlight(...ranges));
  addEventListener('keydown', (event) => {
    if (event.key === 'Escape') CSS.highlights.delete('found');
  });
}

function formulasAsked(article: Element, query: string): Range[] {
  const isAsked = formulaAsked(query);
  return [...article.querySelectorAll<HTMLElement>('.katex[data-tex]:not(nav *)')]
    .filter(({ dataset }) => isAsked(dataset.tex!))
    .map((formula) => {
      const range = new Range();
      range.selectNodeContents(formula);
      range.setStart(formula.firstChild!, 0);
      return range;
    });
}

function rangesOf(article: Element, words: string[]): Range[] {
  const ranges: Range[] = [];
  const walker = document.createTreeWalker(article, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement?.closest('.katex, nav')) continue;
    // A drawer, and on a phone a note, is not shown until it is asked for.
    if (node.parentElement?.closest('.sidenote, .drawer')?.getClientRects().length === 0) continue;
    const text = foldText(node.nodeValue ?? '');
    for (const word of words) {
      for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
        const range = new Range();
        range.setStart(node, at);
        range.setEnd(node, at + word.length);
        ranges.push(range);
      }
    }
  }
  return ranges;
}
