/** Single keys for those who read with the keyboard; `?` lists them and can switch them off (WCAG 2.1.4). */

const STORED = 'keys';

export function keysAreOn(): boolean {
  try {
    return localStorage.getItem(STORED) !== 'off';
  } catch {
    return true;
  }
}

export function switchKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(STORED);
    else localStorage.setItem(STORED, 'off');
  } catch {
    // Storage may be forbidden; the keys then stay as they are.
  }
}

const find = (selector: string) => document.querySelector<HTMLElement>(selector);
const press = (selector: string) => find(selector)?.click();

/** Goes to the heading after (1) or before (-1) the line that is being read. */
function step(direction: 1 | -1): void {
  const headings = [...document.querySelectorAll<HTMLElement>('.prose > :is(h2, h3)')];
  const tops = headings.map((h) => h.getBoundingClientRect().top);
  const index = direction === 1 ? tops.findIndex((top) => top > 24) : tops.findLastIndex((top) => top < 8);
  const heading = headings[index];
  if (!heading) return;
  // Tab goes on from here.
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
  heading.scrollIntoView();
}

/** Opens the contents, or closes them; where they stand beside the text there is no button, and nothing to open. */
function contents(): void {
  if (find('.pill')?.getClientRects().length) press('.pill');
  // What has just been closed cannot be focused: the focus is back where it was.
  (find('#_toc a[aria-current]') ?? find('#_toc a'))?.focus();
}

/** Opens or closes the BibTeX of the first paper, which a long list of papers keeps folded away. */
function cite(): void {
  const button = find('button[popovertarget="_bibtex-1"]');
  const list = button?.closest('details');
  if (list) list.open = true;
  button?.click();
  find('#_bibtex-1 pre')?.focus();
}

function go(page: string): void {
  const home = document.querySelector<HTMLAnchorElement>('a.wordmark');
  if (home) location.href = new URL(page, home.href).href;
}

const ACTIONS: Record<string, () => void> = {
  '/': () => press('a.search'),
  j: () => step(1),
  k: () => step(-1),
  n: () => press('a.next'),
  p: () => press('a.previous'),
  t: contents,
  d: () => press('button.theme'),
  c: cite,
  'g h': () => go('.'),
  'g t': () => go('tags/'),
  'g a': () => go('archives/'),
  'g m': () => go('graph/'),
};

export function listenForKeys(): void {
  let before = '';
  addEventListener('keydown', (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
    if ((target as Element).closest?.('input, textarea, select, [contenteditable], dialog')) return;
    if (key === '?') {
      event.preventDefault();
      // Without a network it may not be there.
      import('./keys-help.ts').then(
        ({ showKeys }) => showKeys(),
        () => {},
      );
      return;
    }
    if (!keysAreOn()) return;
    const action = ACTIONS[before === 'g' ? `g ${key}` : key];
    before = key;
    if (!action) return;
    event.preventDefault();
    action();
  });
}
