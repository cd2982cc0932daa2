/**
 * Shows what a link leads to, before it is followed: on resting the pointer on it, or the keyboard's focus. What
 * stands on this page is shown itself (an equation, a figure), a note or paper by the small file beside its page; the
 * meaning of a term is in its link.
 * The card can be entered and is closed by Esc (WCAG 1.4.13). Touch has none: a tap goes there.
 */

import { type PreviewFile, previewAddress } from './preview-file.ts';

const LINKS = 'main a:is(.internal, .ref, .term, .cite, .backlink, .reference)[href]';
const REST = 350;
const FOCUS = 600;
const FETCH = 80;
const GRACE = 150;

const files = new Map<string, Promise<PreviewFile | undefined>>();

function fetchPreview(link: HTMLAnchorElement): Promise<PreviewFile | undefined> {
  const address = previewAddress(link.origin + link.pathname);
  let file = files.get(address);
  if (!file) {
    file = fetch(address)
      .then((answer) => (answer.ok ? (answer.json() as Promise<PreviewFile>) : undefined))
      .catch(() => undefined);
    files.set(address, file);
  }
  return file;
}

/** Of a term; other links have none. */
const meaningOf = (link: Element) => link.getAttribute('aria-description');

/** The numbered thing on this page that a link leads to. */
function targetHere(link: HTMLAnchorElement): Element | null {
  if (link.pathname !== location.pathname || link.hash.length < 2) return null;
  const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  return target?.closest('.equation, figure, .theorem, .callout, li, tr') ?? null;
}

async function content(link: HTMLAnchorElement): Promise<Node[]> {
  const here = targetHere(link);
  if (here) {
    const copy = here.cloneNode(true) as Element;
    for (const element of [copy, ...copy.querySelectorAll('[id]')]) element.removeAttribute('id');
    for (const button of copy.querySelectorAll('button')) button.remove();
    return [copy];
  }
  const text = meaningOf(link);
  if (link.pathname === location.pathname && !text) return [];
  const lang = link.closest<HTMLElement>('[lang]')?.lang ?? '';
  const preview = text ? { facts: '', title: '', text, lang } : await fetchPreview(link);
  if (!preview) return [];
  return (['facts', 'title', 'text'] as const)
    .filter((part) => preview[part])
    .map((part) => {
      const line = document.createElement('p');
      line.className = `preview-${part}`;
      line.lang = preview.lang;
      line.textContent = preview[part];
      return line;
    });
}

export function previews(): void {
  if (!('showPopover' in HTMLElement.prototype)) return;
  const card = document.createElement('div');
  card.className = 'preview prose';
  card.id = '_preview';
  card.popover = 'manual';
  card.setAttribute('role', 'tooltip');
  document.body.append(card);
  let timer = 0;
  let current: HTMLAnchorElement | undefined;

  const close = () => {
    clearTimeout(timer);
    current?.removeAttribute('aria-describedby');
    current = undefined;
    if (card.matches(':popover-open')) card.hidePopover();
  };
  const open = async (link: HTMLAnchorElement) => {
    const nodes = await content(link);
    if (current !== link || nodes.length === 0) return;
    card.replaceChildren(...nodes);
    card.showPopover();
    // A term says its meaning itself.
    if (!meaningOf(link)) link.setAttribute('aria-describedby', card.id);
    card.style.maxHeight = '';
    const { left, top, bottom } = link.getBoundingClientRect();
    const { width, height: wanted } = card.getBoundingClientRect();
    // Where all of it has room, else where most of it has: the rest is scrolled to.
    const [above, below] = [top - 16, innerHeight - bottom - 16];
    const isBelow = wanted <= below || below >= above;
    const height = Math.min(wanted, isBelow ? below : above);
    if (height < wanted) card.style.maxHeight = `${height}px`;
    card.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
    card.style.top = `${isBelow ? bottom + 8 : top - height - 8}px`;
  };
  const rest = (link: HTMLAnchorElement, wait: number) => {
    if (current === link) {
      clearTimeout(timer);
      if (card.matches(':popover-open')) return;
    } else close();
    current = link;
    timer = window.setTimeout(() => {
      if (!meaningOf(link) && !targetHere(link) && link.pathname !== location.pathname)
        void fetchPreview(link);
      timer = window.setTimeout(() => void open(link), wait - FETCH);
    }, FETCH);
  };
  const leave = () => {
    clearTimeout(timer);
    timer = window.setTimeout(close, GRACE);
  };
  const linkOf = (event: Event) => (event.target as Element).closest?.<HTMLAnchorElement>(LINKS);

  document.addEventListener('pointerover', (event) => {
    if (event.pointerType === 'touch') return;
    const link = linkOf(event);
    if (link && !card.contains(link)) rest(link, REST);
    else if (card.contains(event.target as Node)) clearTimeout(timer);
    else if (current) leave();
  });
  document.addEventListener('focusin', (event) => {
    const link = linkOf(event);
    if (link?.matches(':focus-visible')) rest(link, FOCUS);
    else if (current) leave();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
  });
  const closeAtScroll = () => {
    // To focus a link may scroll to it: that is no reason to give up the card that it is to have.
    if (current !== document.activeElement || card.matches(':popover-open')) close();
  };
  addEventListener('scroll', closeAtScroll, { passive: true });
}
